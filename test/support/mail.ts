// Mail as other people's programs send and receive it: nodemailer in, a server of smtp-server out.
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SMTPServer, type SMTPServerAuthentication } from 'smtp-server';
import { until } from './session';

/** A mail as it left the house. */
export interface Received {
  to: string[];
  from: string;
  mail: ParsedMail;
  /** As it stood on the wire. */
  raw: Buffer;
}

/** A mail server that keeps everything; `fate` may refuse a mail with an SMTP code. */
export interface MailReceiver {
  /** What SMTP_RELAY_URL would be. */
  url: string;
  port: number;
  all: Received[];
  /** Connections opened so far. */
  connections: number;
  /** The first mail that fits; waits for it. */
  next(fits: (received: Received) => boolean): Promise<Received>;
  stop(): Promise<void>;
}

/** Who may log in, and what a mail waits for before it is taken. */
export interface ReceiverHabits {
  logIn?(auth: SMTPServerAuthentication): boolean;
  hold?: Promise<void>;
}

export async function startMailReceiver(fate: (to: string[]) => number | null = () => null, { logIn, hold }: ReceiverHabits = {}): Promise<MailReceiver> {
  const receiver = { all: [] as Received[], connections: 0 };
  const server = new SMTPServer({
    authOptional: true, disabledCommands: logIn ? ['STARTTLS'] : ['AUTH', 'STARTTLS'], allowInsecureAuth: true, authMethods: ['PLAIN', 'XOAUTH2'], logger: false, closeTimeout: 100,
    onConnect(_session, callback) {
      receiver.connections += 1;
      callback();
    },
    onAuth: (auth, _session, callback) => (logIn?.(auth) ? callback(null, { user: auth.username }) : callback(Object.assign(new Error('wrong log-in'), { responseCode: 535 }))),
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo.map((each) => each.address);
      const read = async (): Promise<void> => {
        const raw = await buffer(stream);
        await hold;
        const code = fate(to);
        if (code !== null) throw Object.assign(new Error('refused by the test'), { responseCode: code });
        receiver.all.push({ to, from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, mail: await simpleParser(raw), raw });
      };
      read().then(() => callback(), callback);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `smtp://127.0.0.1:${port}`, port,
    next: (fits: (received: Received) => boolean) => until('a mail to arrive', () => receiver.all.find(fits)),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
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
