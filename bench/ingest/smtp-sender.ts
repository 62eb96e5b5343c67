// One SMTP connection that sends mail after mail: as little of our own time as possible, so that the server is what is measured.
import { connect, type Socket } from 'node:net';
import type { MadeMail } from './mails';

export class SmtpSender {
  private text = '';
  /** The server ended the connection, as it does with one that has been silent for long. */
  ended = false;
  private waiting: { code: string; done: () => void; fail: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.setNoDelay(true);
    socket.on('data', (part: string) => this.take(part));
    const over = (error?: Error): void => {
      this.ended = true;
      this.waiting?.fail(error ?? new Error('the mail server closed the connection'));
    };
    socket.on('error', over);
    socket.on('close', () => over());
  }

  static async open(port: number): Promise<SmtpSender> {
    const sender = new SmtpSender(connect(port, '127.0.0.1'));
    await sender.expect('220');
    await sender.say('EHLO bench.example', '250');
    return sender;
  }

  /** Sends a mail; answers the milliseconds from its last byte to "250". */
  async send(mail: MadeMail, to = 'support@demo.trunkline.localhost'): Promise<number> {
    await this.say(`MAIL FROM:<${mail.from}>`, '250');
    await this.say(`RCPT TO:<${to}>`, '250');
    await this.say('DATA', '354');
    const begin = performance.now();
    await this.say(`${mail.raw.replace(/^\./gm, '..')}\r\n.`, '250');
    return performance.now() - begin;
  }

  close(): void {
    this.waiting = undefined;
    this.socket.end('QUIT\r\n');
  }

  private say(line: string, code: string): Promise<void> {
    const answer = this.expect(code);
    this.socket.write(`${line}\r\n`);
    return answer;
  }

  private expect(code: string): Promise<void> {
    return new Promise((done, fail) => { this.waiting = { code, done, fail }; });
  }

  private take(part: string): void {
    this.text += part;
    const last = /(?:^|\r\n)(\d{3}) [^\r\n]*\r\n$/.exec(this.text);
    if (!last) return;
    const { waiting, text } = this;
    this.text = '';
    this.waiting = undefined;
    if (waiting && last[1] === waiting.code) waiting.done();
    else waiting?.fail(new Error(`the mail server said ${text.trim()}`));
  }
}
