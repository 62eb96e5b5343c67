// What customers do all day long, noting what was promised to them: mails, chats and call records, sent again until somebody took them.
import { setTimeout as sleep } from 'node:timers/promises';
import { sendMail } from '../support/mail';
import type { ServerNode } from '../support/node';
import type { Session } from '../support/session';
import { Visitor } from '../support/visitor';

/** What got its "250", its acknowledgement or its 2xx, under the words that recognise it. */
export interface Promised {
  mails: string[];
  chats: { text: string; clientId: string }[];
  calls: string[];
}

/** Customers at work on a server that dies now and then. */
export class Load {
  readonly promised: Promised = { mails: [], chats: [], calls: [] };
  private over = false;
  private given = false;
  private readonly loops: Promise<void>[] = [];

  constructor(private readonly node: () => ServerNode, private readonly machine: () => Session) {}

  /** Begins; the visitors' sessions are opened while the server runs. */
  async begin(): Promise<void> {
    const visitors = await Promise.all([1, 2, 3].map((n) => Visitor.open(this.node().baseUrl, { name: `Visitor ${n}`, email: `visitor${n}@kill.example` })));
    this.loops.push(this.mail(1), this.mail(2), this.calls(), ...visitors.map((visitor, n) => this.chat(visitor, n)));
  }

  /** Ends once everything begun was taken. */
  async end(): Promise<void> {
    this.over = true;
    await Promise.all(this.loops);
  }

  /** Gives up at once, for a test that broke off. */
  giveUp(): void {
    this.over = this.given = true;
  }

  private async loop(step: (n: number) => Promise<void>): Promise<void> {
    for (let n = 1; !this.over; n += 1) {
      while (!this.given && !(await step(n).then(() => true, () => false))) await sleep(50);
      await sleep(40);
    }
  }

  private mail(of: number): Promise<void> {
    return this.loop(async (n) => {
      const subject = `kill-mail-${of}-${n}`;
      await sendMail(this.node().smtpPort, { from: `sender${of}-${n}@kill.example`, subject, text: `Text of ${subject}`, messageId: `<${subject}@kill.example>` });
      this.promised.mails.push(subject);
    });
  }

  private calls(): Promise<void> {
    return this.loop(async (n) => {
      const callId = `kill-call-${n}`;
      await this.machine().read('POST', '/calls/records', { source: 'kill', callId, direction: 'in', from: `+49309018${String(1000 + n)}`, to: '+351210000100', startedAt: new Date().toISOString(), seconds: 0, outcome: 'missed', attributes: { callId } });
      this.promised.calls.push(callId);
    });
  }

  private chat(visitor: Visitor, of: number): Promise<void> {
    return this.loop(async (n) => {
      const clientId = `kill-chat-${of}-${n}`;
      await visitor.send('message.send', { clientId, text: clientId }, 3000);
      this.promised.chats.push({ clientId, text: clientId });
    });
  }
}
