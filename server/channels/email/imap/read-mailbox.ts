import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import type { ChannelHost } from '../../channel';
import { forgetToken, logInFor } from '../access-token';
import { noteHealth } from '../health';
import { Mailboxes, type MailboxCursor, type MailboxDoc } from '../mailbox.model';
import { sourceIdOf } from '../source-id';
import { isRefusedLogIn } from '../transport';
import { openImap } from './open-imap';

const largest = 35 * 1024 * 1024;
const lookMs = 60_000;
const dayMs = 86_400_000;
const mostTries = 4;

/** Reads a mailbox until told to stop: what is there, then what comes (IDLE), each mail once. Throws when the connection breaks. */
export async function readMailbox(host: ChannelHost, box: MailboxDoc, stop: AbortSignal): Promise<void> {
  if (!box.imap) return;
  const client = await openImap(box.imap, await logInFor(host.ctx, box)).catch((error: unknown) => {
    if (isRefusedLogIn(error)) forgetToken(box._id);
    throw error;
  });
  const end = (): void => client.close();
  stop.addEventListener('abort', end, { once: true });
  try {
    await client.mailboxOpen('INBOX');
    await noteHealth(host.ctx, box._id, { state: 'ok', code: 'ok', detail: '' });
    let cursor = box.cursor;
    while (!stop.aborted) {
      cursor = await takeNew({ host, box, client, stop }, cursor);
      await untilNews(client, stop);
      if (!client.usable && !stop.aborted) throw new Error('The server closed the connection');
    }
  } finally {
    stop.removeEventListener('abort', end);
    client.close();
  }
}

interface Reading {
  host: ChannelHost;
  box: MailboxDoc;
  client: ImapFlow;
  stop: AbortSignal;
}

async function takeNew(reading: Reading, cursor: MailboxCursor | null): Promise<MailboxCursor> {
  const { client, box, host, stop } = reading;
  const uidValidity = String(client.mailbox ? client.mailbox.uidValidity : '');
  const valid = cursor?.uidValidity === uidValidity ? cursor : null;
  await client.noop();
  // After the server numbered its mails anew everything since the beginning is looked at again; what is known is recognised by its content.
  const found = await client.search(valid ? { uid: `${valid.uid + 1}:*` } : { since: new Date(box.addedAt.getTime() - dayMs) }, { uid: true });
  if (found === false || found === undefined) throw new Error('The server did not say which mails are new');
  let last: MailboxCursor = valid ?? { uidValidity, uid: 0 };
  for (const uid of found.filter((each) => each > last.uid).sort((a, b) => a - b)) {
    if (stop.aborted) break;
    await takeOne(reading, uid);
    last = { uidValidity, uid };
    await Mailboxes.updateOne({ companyId: host.ctx.companyId, _id: box._id }, { $set: { cursor: last } });
  }
  await noteHealth(host.ctx, box._id, { state: 'ok', code: 'ok', detail: '' });
  return last;
}

// A mail the server cannot give, or that is too large, is put aside with what is known of it, so that the next one is reached.
async function takeOne(reading: Reading, uid: number): Promise<void> {
  const { host, box } = reading;
  const head = await given(reading, uid, { size: true, internalDate: true, headers: true });
  if (head === null) return;
  const arrived = new Date(head?.internalDate ?? host.ctx.clock.now());
  if (head?.internalDate && arrived.getTime() < box.addedAt.getTime() - 1000) return;
  const isLarge = (head?.size ?? 0) > largest;
  const source = isLarge || head === undefined ? undefined : (await given(reading, uid, { source: true }))?.source;
  const content = source ?? head?.headers ?? Buffer.from(`\r\n\r\nIMAP UID ${uid}`);
  const meta = { mailboxId: box._id, envelopeFrom: '', recipient: box.address, via: 'imap', ...(source ? {} : { fault: isLarge ? 'too-large' : 'unreadable' }) };
  await host.accept({ sourceId: sourceIdOf(box._id, content, arrived.getTime()), content, type: 'message/rfc822', meta });
  await noteHealth(host.ctx, box._id, { state: 'ok', code: 'ok', detail: '', lastMailAt: host.ctx.clock.now(), lagSeconds: Math.max(0, (host.ctx.clock.now() - arrived.getTime()) / 1000) });
}

const refusals = new Map<string, number>();

// Null: it is gone. A server may be short of breath: what it refuses, or breaks off at, is asked for again after a pause, a new connection each time. Undefined: given up.
async function given({ client, box, stop }: Reading, uid: number, what: FetchQueryObject): Promise<FetchMessageObject | null | undefined> {
  const key = `${box._id} ${uid} ${Object.keys(what).join(' ')}`;
  if ((refusals.get(key) ?? 0) >= mostTries) return undefined;
  try {
    return (await client.fetchOne(String(uid), what, { uid: true })) || null;
  } catch (error) {
    if (!stop.aborted) refusals.set(key, (refusals.get(key) ?? 0) + 1);
    throw error;
  }
}

function untilNews(client: ImapFlow, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const name of ['exists', 'close'] as const) client.off(name, done);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, lookMs);
    for (const name of ['exists', 'close'] as const) client.on(name, done);
    stop.addEventListener('abort', done, { once: true });
    if (stop.aborted) return done();
    client.idle().catch(() => undefined);
  });
}
