// Mail as other people's programs send and receive it: nodemailer in, a server of smtp-server out.
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { until } from './session';

/** A mail as it left the house. */
export interface Received {
  to: string[];
  from: string;
  mail: ParsedMail;
}

/** A mail server that keeps everything; `fate` may refuse a mail with an SMTP code. */
export interface MailReceiver {
  /** What SMTP_RELAY_URL would be. */
  url: string;
  all: Received[];
  /** The first mail that fits; waits for it. */
  next(fits: (received: Received) => boolean): Promise<Received>;
  stop(): Promise<void>;
}

export async function startMailReceiver(fate: (to: string[]) => number | null = () => null): Promise<MailReceiver> {
  const all: Received[] = [];
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo.map((each) => each.address);
      simpleParser(stream).then((mail) => {
        const code = fate(to);
        if (code !== null) return callback(Object.assign(new Error('refused by the test'), { responseCode: code }));
        all.push({ to, from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, mail });
        callback();
      }, callback);
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    all,
    next: (fits) => until('a mail to arrive', () => all.find(fits)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Sends a mail by SMTP; resolves with its Message-ID once the server said 250, rejects when it did not. */
export async function sendMail(port: number, mail: SendMailOptions): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, tls: { rejectUnauthorized: false } });
  try {
    const { messageId } = await transport.sendMail({ to: 'support@demo.trunkline.localhost', ...mail });
    return messageId;
  } finally {
    transport.close();
  }
}
