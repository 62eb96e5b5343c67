// Mail is fetched from a real IMAP server, once, in order, whatever one mailbox does to the others.
import { createServer, type Server } from 'node:http';
import { connect, createServer as createLine, type AddressInfo, type Socket } from 'node:net';
import type { ChannelHost } from '../../../server/channels/channel';
import { addMailbox, changeMailbox } from '../../../server/channels/email';
import { readHealth } from '../../../server/channels/email/health';
import { openImap } from '../../../server/channels/email/imap/open-imap';
import { readMailbox } from '../../../server/channels/email/imap/read-mailbox';
import { nextWait, startReaders } from '../../../server/channels/email/imap/readers';
import { Mailboxes, type MailboxDoc } from '../../../server/channels/email/mailbox.model';
import { newId } from '../../../server/kernel';
import { openHouse, type House } from '../../access/house';
import { startImapServer, type ImapServer } from '../../support/imap';
import { until } from '../../support/session';

const users = ['support@example.com', 'sales@example.com', 'token@example.com', 'odd@example.com'];
let house: House;
let imap: ImapServer;
let provider: Server;
let readers: { stop(): Promise<void> };
const asked: string[] = [];
const taken: { sourceId: string; content: string; meta: Record<string, string> }[] = [];

// A provider's two services: new tokens for an old one, and whose a token is.
function startProvider(): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const isRefresh = request.url === '/token';
      if (isRefresh) asked.push(Buffer.concat(parts).toString());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(isRefresh ? { access_token: 'fresh', refresh_token: 'second', expires_in: 3600 } : { email: 'token@example.com', active: true }));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

beforeAll(async () => {
  provider = await startProvider();
  const base = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  [house, imap] = await Promise.all([openHouse(), startImapServer({ users, tokens: `${base}/whose` })]);
  const server = (user: string) => ({ host: '127.0.0.1', port: imap.port, user, security: 'none' as const });
  const add = (address: string, password: string) => addMailbox(house.ctx, { address, queueId: newId(), imap: server(address), credentials: { kind: 'password', password } });
  await add('support@example.com', 'secret');
  await add('sales@example.com', 'wrong');
  await addMailbox(house.ctx, { address: 'token@example.com', queueId: newId(), imap: server('token@example.com'), credentials: { kind: 'oauth2', provider: 'other', clientId: 'trunkline', clientSecret: 'hush', refreshToken: 'first', tokenUrl: `${base}/token` } });
  await Mailboxes.updateMany({ companyId: house.ctx.companyId }, { $set: { addedAt: new Date(Date.now() - 60_000) } });
  readers = startReaders(() => host());
}, 60_000);
afterAll(async () => {
  await readers.stop();
  await imap.stop();
  provider.closeAllConnections();
  provider.close();
  await house.stop();
}, 30_000);

function host(): ChannelHost {
  return { ctx: house.ctx, accept: async (raw: { sourceId: string; content: Buffer; meta?: Record<string, string> }) => {
    const duplicate = taken.some((each) => each.sourceId === raw.sourceId);
    taken.push({ sourceId: raw.sourceId, content: raw.content.toString(), meta: raw.meta ?? {} });
    return { duplicate };
  } } as unknown as ChannelHost;
}

const mail = (id: string, text = 'Hello') => `From: nina@example.org\nTo: support@example.com\nSubject: ${id}\nMessage-ID: <${id}@example.org>\n\n${text}\n`;
const fetched = (id: string) => until(`mail ${id}`, () => taken.find((each) => each.content.includes(`<${id}@example.org>`)) ?? null);
const boxOf = async (address: string): Promise<MailboxDoc> => (await Mailboxes.findOne({ companyId: house.ctx.companyId, address }).lean<MailboxDoc>()) as MailboxDoc;
const healthOf = async (address: string) => (await readHealth(house.ctx)).get((await boxOf(address))._id);

test('a mail is fetched when it comes, and the next ones while the reader idles', async () => {
  await imap.deliver(mail('first'));
  expect((await fetched('first')).meta).toMatchObject({ via: 'imap', recipient: 'support@example.com' });
  await imap.deliver(mail('second'));
  await imap.deliver(mail('third'));
  await fetched('third');
  expect(taken.filter((each) => each.content.includes('@example.org>')).map((each) => /Subject: (\w+)/.exec(each.content)?.[1])).toEqual(['first', 'second', 'third']);
  await until('the cursor to be kept', async () => (await boxOf('support@example.com')).cursor?.uid === 3 || null);
});

test('a mailbox that cannot be opened says why and delays no other', async () => {
  await until('the wrong password to be noticed', async () => (await healthOf('sales@example.com'))?.code === 'log-in' || null);
  expect(await healthOf('sales@example.com')).toMatchObject({ state: 'failing' });
  await imap.deliver(mail('meanwhile'));
  await fetched('meanwhile');
  expect(await healthOf('support@example.com')).toMatchObject({ state: 'ok', code: 'ok' });
});

// Every try with a wrong password used to leave its line open, until the server took no more.
test('a log-in that is refused leaves no line open', async () => {
  const between = createLine((line) => { line.pipe(connect(imap.port, '127.0.0.1')).pipe(line); line.on('error', () => undefined); }).listen(0, '127.0.0.1');
  await until('it to listen', () => between.listening || null);
  const server = { host: '127.0.0.1', port: (between.address() as AddressInfo).port, user: 'sales@example.com', security: 'none' as const };
  await expect(openImap(server, { kind: 'password', password: 'wrong' })).rejects.toThrow();
  await until('the line to be closed', () => new Promise<true | null>((resolve) => between.getConnections((_error, open) => resolve(open === 0 || null))));
  between.close();
});

test('mended, it is read from where it stands', async () => {
  await imap.deliver(mail('waited'), 'sales@example.com');
  await changeMailbox(house.ctx, (await boxOf('sales@example.com'))._id, { credentials: { kind: 'password', password: 'secret' } });
  await fetched('waited');
});

test('a token is renewed, used, and the new refresh token kept encrypted', async () => {
  await imap.deliver(mail('token'), 'token@example.com');
  await fetched('token');
  expect(asked[0]).toContain('grant_type=refresh_token');
  expect(asked[0]).toContain('refresh_token=first');
  const { credentials } = await boxOf('token@example.com');
  expect(credentials).not.toMatch(/second|hush|first/);
});

test('a server that numbers its mails anew loses none and doubles none', async () => {
  const before = taken.length;
  const box = await boxOf('support@example.com');
  await Mailboxes.updateOne({ companyId: house.ctx.companyId, _id: box._id }, { $set: { cursor: { uidValidity: '1', uid: 999 } }, $inc: { version: 1 } });
  await until('everything to be looked at again', () => (taken.length >= before + 4 ? true : null));
  const again = taken.slice(before).filter((each) => each.meta['mailboxId'] === box._id);
  expect(new Set(again.map((each) => each.sourceId))).toEqual(new Set(taken.slice(0, before).filter((each) => each.meta['mailboxId'] === box._id).map((each) => each.sourceId)));
  expect((await boxOf('support@example.com')).cursor?.uid).toBeLessThan(10);
});

/** A way to the server that does something else with some commands: refuses them, or breaks off in the middle of the answer. True: it did. */
async function oddWay(meddle: (command: string, near: Socket) => boolean): Promise<{ port: number; stop(): void }> {
  const way = createLine((near) => {
    const far = connect(imap.port, '127.0.0.1');
    far.pipe(near);
    near.on('data', (bytes) => { if (!meddle(bytes.toString(), near)) far.write(bytes); });
    for (const [one, other] of [[near, far], [far, near]] as const) one.on('error', () => undefined).on('close', () => other.destroy());
  }).listen(0, '127.0.0.1');
  await until('it to listen', () => way.listening || null);
  return { port: (way.address() as AddressInfo).port, stop: () => void way.close() };
}

/** Reads a mailbox through an odd way until a mail is there, beginning anew after every failure as the readers do, without their pauses; answers the failures. */
async function readOddly(meddle: Parameters<typeof oddWay>[0], { deliver, last }: { deliver: string[]; last: string }): Promise<string[]> {
  const way = await oddWay(meddle);
  for (const id of deliver) await imap.deliver(mail(id), 'odd@example.com');
  const known = await Mailboxes.findOne({ companyId: house.ctx.companyId, address: 'odd@example.com' }).lean<MailboxDoc>();
  const server = { host: '127.0.0.1', port: way.port, user: 'odd@example.com', security: 'none' as const };
  const box = known ?? await addMailbox(house.ctx, { address: 'odd@example.com', queueId: newId(), active: false, imap: server, credentials: { kind: 'password', password: 'secret' } });
  const stop = new AbortController();
  const failures: string[] = [];
  const reading = (async () => {
    while (!stop.signal.aborted) await readMailbox(host(), { ...(await boxOf(box.address)), imap: server, addedAt: new Date(Date.now() - 60_000) }, stop.signal).catch((error: Error) => void failures.push(error.message));
  })();
  await fetched(last);
  stop.abort();
  await reading;
  way.stop();
  return failures;
}

const no = (command: string, near: Socket): true => { near.write(`${command.split(' ')[0]} NO [SERVERBUG] not now\r\n`); return true; };
const oddly = () => taken.filter((each) => each.meta['recipient'] === 'odd@example.com').map((each) => [/odd-\w+/.exec(each.content)?.[0], each.content.includes('Hello'), each.meta['fault']]);

describe('a server that misbehaves', () => {
  test('a mail it will not give is put aside with its head after four tries, one it gives later comes whole, and nothing comes twice', async () => {
    let refused = 0;
    const failures = await readOddly((command, near) => {
      const [, uid] = /UID FETCH (\d+) \(.*BODY\.PEEK\[\]/.exec(command) ?? [];
      return (uid === '2' || (uid === '3' && (refused += 1) === 1)) && no(command, near);
    }, { deliver: ['odd-one', 'odd-two', 'odd-three', 'odd-four'], last: 'odd-four' });
    expect(oddly()).toEqual([['odd-one', true, undefined], ['odd-two', false, 'unreadable'], ['odd-three', true, undefined], ['odd-four', true, undefined]]);
    expect(failures).toHaveLength(5);
  });

  test('a mail whose very head it refuses is put aside as well, and the next one comes', async () => {
    await readOddly((command, near) => /UID FETCH 5 /.test(command) && no(command, near), { deliver: ['odd-five', 'odd-six'], last: 'odd-six' });
    expect(oddly().slice(4)).toEqual([[undefined, false, 'unreadable'], ['odd-six', true, undefined]]);
  });

  test('a line that breaks while a mail is on its way loses nothing', async () => {
    let broken = 0;
    await readOddly((command, near) => {
      if (!/UID FETCH 7 \(.*BODY\.PEEK\[\]/.test(command) || (broken += 1) > 2) return false;
      near.end('* 7 FETCH (UID 7 BODY[] {500}\r\nFrom: nina@example.org\r\nSubject: half');
      return true;
    }, { deliver: ['odd-seven'], last: 'odd-seven' });
    expect(oddly().slice(6)).toEqual([['odd-seven', true, undefined]]);
  });

  // It was taken for "nothing new", and the mailbox looked well.
  test('one that will not say what is new is not called well', async () => {
    let refused = 0;
    const failures = await readOddly((command, near) => / UID SEARCH /.test(command) && (refused += 1) === 1 && no(command, near), { deliver: ['odd-eight'], last: 'odd-eight' });
    expect(failures).toEqual(['The server did not say which mails are new']);
  });
});

test('failures are tried again ever later, but a node that waits for another one looks every second', () => {
  const failing = { mine: true, lastedMs: 50 };
  expect([2000, 4000, 256_000].map((before) => nextWait(before, failing))).toEqual([4000, 8000, 300_000]);
  expect(nextWait(300_000, { mine: false, lastedMs: 5 })).toBe(2000);
  expect(nextWait(300_000, { mine: true, lastedMs: 400_000 })).toBe(2000);
});
