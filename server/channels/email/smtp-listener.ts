import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server';
import type { ChannelHost } from '../channel';
import type { Log } from '../../kernel';
import { keepDemoMail, isDemoAddress } from './demo-mailbox';
import { mailboxFor } from './mailbox.model';
import { sourceIdOf } from './source-id';

const largest = 35 * 1024 * 1024;
const mostRecipients = 100;

interface SmtpSettings {
  port: number;
  host: string;
  log: Log;
  hostOf(companyId: string): ChannelHost;
  /** Certificate and key for STARTTLS, PEM; null: not offered, since a certificate nobody can verify makes careful senders give up. */
  tls: { cert: string; key: string } | null;
  /** Whether mail for the demo mailbox is taken. */
  demo: boolean;
}

/** Listens for mail. "250" is said after the raw mail is stored on disk, once per mailbox it is for. */
export async function startSmtp(settings: SmtpSettings): Promise<{ stop(): Promise<void> }> {
  const server = new SMTPServer({
    size: largest, authOptional: true, disabledCommands: settings.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'], ...settings.tls, hideENHANCEDSTATUSCODES: false, logger: false, banner: 'Trunkline', disableReverseLookup: true, socketTimeout: 60_000, maxClients: 500,
    onRcptTo: (address, session, callback) => void checkRecipient(settings, address, session).then(() => callback(), (error: Error) => callback(error)),
    onData: (stream, session, callback) => void take(settings, stream, session).then(() => callback(null), (error: Error) => callback(error)),
  });
  server.on('error', (error) => settings.log.warn({ err: error.message }, 'a mail connection failed'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code === 'EADDRINUSE' ? `Port ${settings.port} for mail is taken: stop what uses it or set SMTP_PORT to another one` : `Port ${settings.port} for mail cannot be opened: ${error.message}`)));
    server.listen(settings.port, settings.host, resolve);
  });
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

async function checkRecipient(settings: SmtpSettings, { address }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
  if (session.envelope.rcptTo.length >= mostRecipients) throw refusal(452, 'Too many recipients');
  if (settings.demo && isDemoAddress(address)) return;
  const found = await mailboxFor(address).catch(() => { throw refusal(451, 'Try again later'); });
  if (!found) throw refusal(550, 'No such mailbox here');
}

async function take(settings: SmtpSettings, stream: Readable & { sizeExceeded?: boolean }, session: SMTPServerSession): Promise<void> {
  const raw = await collect(stream);
  if (stream.sizeExceeded || raw === null) throw refusal(552, 'The mail is too large');
  const envelopeFrom = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
  const done = new Set<string>();
  try {
    for (const { address } of session.envelope.rcptTo) {
      if (settings.demo && isDemoAddress(address)) await keepDemoMail(address, raw);
      const found = await mailboxFor(address);
      if (!found || done.has(found.mailbox._id)) continue;
      done.add(found.mailbox._id);
      const host = settings.hostOf(found.mailbox.companyId);
      await host.accept({ sourceId: sourceIdOf(found.mailbox._id, raw, host.ctx.clock.now()), content: raw, type: 'message/rfc822', meta: { mailboxId: found.mailbox._id, envelopeFrom, recipient: address, via: 'smtp', ip: session.remoteAddress ?? '', helo: typeof session.hostNameAppearsAs === 'string' ? session.hostNameAppearsAs : '' } });
    }
  } catch (error) {
    settings.log.error({ err: error }, 'a mail could not be stored; the sender keeps it and tries again');
    throw refusal(451, 'Could not be stored now; try again later');
  }
}

async function collect(stream: Readable & { sizeExceeded?: boolean }): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= largest) parts.push(part);
  }
  return size > largest ? null : Buffer.concat(parts);
}
