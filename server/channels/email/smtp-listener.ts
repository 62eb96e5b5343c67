import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server';
import type { ChannelHost } from '../channel';
import type { Log } from '../../kernel';
import { keepDemoMail, isDemoAddress } from './demo-mailbox';
import { mailboxFor } from './mailbox.model';
import { sourceIdOf } from './source-id';

const largest = 35 * 1024 * 1024;
const mostRecipients = 100;
// Of all mails on their way in, in bytes: seven of the largest. More than five hundred connections could make of memory otherwise.
const mostHeld = 256 * 1024 * 1024;

interface SmtpSettings {
  port: number;
  host: string;
  log: Log;
  hostOf(companyId: string): ChannelHost;
  /** Certificate and key for STARTTLS, PEM; null: not offered, since a certificate nobody can verify makes careful senders give up. */
  tls: { cert: string; key: string } | null;
  /** Whether mail for the demo mailbox is taken. */
  demo: boolean;
  /** How many bytes all mails that are not stored yet may have together; who would exceed it is told to try again later. */
  mostHeld?: number;
}

/** What all connections hold of mails that are not stored yet, in bytes. */
interface Held { bytes: number; readonly most: number }

/** Listens for mail. "250" is said after the raw mail is stored on disk, once per mailbox it is for. */
export async function startSmtp(settings: SmtpSettings): Promise<{ stop(): Promise<void> }> {
  const held: Held = { bytes: 0, most: settings.mostHeld ?? mostHeld };
  const server = new SMTPServer({
    size: largest, authOptional: true, disabledCommands: settings.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'], ...settings.tls, hideENHANCEDSTATUSCODES: false, logger: false, banner: 'Trunkline', disableReverseLookup: true, socketTimeout: 60_000, maxClients: 500, maxRecipients: mostRecipients,
    onRcptTo: (address, _session, callback) => void checkRecipient(settings, address).then(() => callback(), (error: Error) => callback(error)),
    onData: (stream, session, callback) => void arriving(settings, { stream, session, held }).then(() => callback(null), (error: Error) => callback(error)),
  });
  server.on('error', (error) => settings.log.warn({ err: error.message }, 'a mail connection failed'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code === 'EADDRINUSE' ? `Port ${settings.port} for mail is taken: stop what uses it or set SMTP_PORT to another one` : `Port ${settings.port} for mail cannot be opened: ${error.message}`)));
    server.listen(settings.port, settings.host, resolve);
  });
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

async function checkRecipient(settings: SmtpSettings, { address }: SMTPServerAddress): Promise<void> {
  if (settings.demo && isDemoAddress(address)) return;
  const found = await mailboxFor(address).catch(() => { throw refusal(451, 'Try again later'); });
  if (!found) throw refusal(550, 'No such mailbox here');
}

interface Arrival { stream: Readable & { sizeExceeded?: boolean }; session: SMTPServerSession; held: Held }

async function arriving(settings: SmtpSettings, { stream, session, held }: Arrival): Promise<void> {
  const part = { held, bytes: 0 };
  try {
    const raw = await collect(stream, part);
    if (stream.sizeExceeded || raw === 'too large') throw refusal(552, 'The mail is too large');
    if (raw === 'no room') throw refusal(451, 'Too much mail at once; try again later');
    await take(settings, raw, session);
  } finally {
    held.bytes -= part.bytes;
  }
}

async function take(settings: SmtpSettings, raw: Buffer, session: SMTPServerSession): Promise<void> {
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

// A mail that is refused is still heard to its end, as SMTP wants it, but none of it is kept.
async function collect(stream: Readable, own: { held: Held; bytes: number }): Promise<Buffer | 'too large' | 'no room'> {
  const parts: Buffer[] = [];
  let [size, refused] = [0, false];
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    refused ||= size > largest || own.held.bytes + part.length > own.held.most;
    const more = refused ? -own.bytes : part.length;
    own.held.bytes += more;
    own.bytes += more;
    if (refused) parts.length = 0;
    else parts.push(part);
  }
  if (size > largest) return 'too large';
  return refused ? 'no room' : Buffer.concat(parts);
}
