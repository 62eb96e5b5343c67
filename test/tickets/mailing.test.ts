// What leaves by mail, over real sockets and a real store with a clock that stands still: signatures, connections, log-ins, references, acknowledgements.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { QueueWriting } from '../../protocol';
import { addMailbox } from '../../server/channels/email';
import type { MailboxDoc } from '../../server/channels/email/mailbox.model';
import { closeTransport } from '../../server/channels/email/transport';
import { judgeMail, setMailResolver } from '../../server/channels/email/trust';
import { understandMail } from '../../server/channels/email/understand';
import { writeSetting } from '../../server/kernel';
import { addHours } from '../../server/service-levels';
import { Messages, type MessageDoc, type TicketDoc } from '../../server/tickets';
import { deliverMessage, retryMessage, undoMessage } from '../../server/tickets/deliver-message';
import { writingKind } from '../../server/tickets/queue-writing';
import { sendMessage } from '../../server/tickets/send-message';
import { listUnsubscribed, resubscribe, unsubscribe } from '../../server/tickets/unsubscribe';
import { startMailReceiver, type MailReceiver } from '../support/mail';
import { startOddReceiver, type OddReceiver, type Whim } from '../support/odd-receiver';
import { until } from '../support/session';
import { arrive, openFloor, queueOn, type Floor } from './house';

let floor: Floor;
let out: MailReceiver;
let made = 0;
const started: MailReceiver[] = [];
const odd: OddReceiver[] = [];
beforeAll(async () => {
  [floor, out] = await Promise.all([openFloor('2026-03-02T12:00:00Z'), receiver()]);
  Object.assign(floor.services.config, { smtpRelayUrl: out.url });
}, 60_000);
afterAll(async () => {
  closeTransport();
  odd.forEach((each) => each.stop());
  await floor.stop();
  await Promise.all(started.map((each) => each.stop()));
}, 30_000);

async function receiver(...settings: Parameters<typeof startMailReceiver>): Promise<MailReceiver> {
  const each = await startMailReceiver(...settings);
  started.push(each);
  return each;
}

const here = (port: number, user = '') => ({ host: '127.0.0.1', port, user, security: 'none' as const });

/** A queue with a mailbox of its own. */
async function desk(more: Partial<Parameters<typeof addMailbox>[1]> = {}): Promise<{ queueId: string; box: MailboxDoc }> {
  const queueId = (await queueOn(floor))._id;
  return { queueId, box: await addMailbox(floor.ctx, { address: `desk${++made}@example.com`, queueId, ...more }) };
}

const mailTo = async (queueId: string, more: Parameters<typeof arrive>[2] = {}): Promise<TicketDoc> =>
  (await arrive(floor, queueId, { channel: 'email', from: { kind: 'email', value: `vera${++made}@customers.example`, name: 'Vera', verified: false }, subject: 'The lamp', text: 'It blinks.', ...more })).ticket;
const fresh = async (message: MessageDoc): Promise<MessageDoc> => (await Messages.findOne({ companyId: message.companyId, _id: message._id }).lean<MessageDoc>()) as MessageDoc;

async function say(ticket: TicketDoc, text: string): Promise<MessageDoc> {
  return sendMessage(floor.ctx, floor.boss, { ticketId: ticket._id, input: { clientId: `mailing-${String(++made).padStart(4, '0')}`, kind: 'agent', text } });
}

async function deliver(message: MessageDoc): Promise<MessageDoc> {
  const now = await fresh(message);
  floor.pass(Math.max(0, (now.sendAt?.getTime() ?? 0) - floor.now()));
  await deliverMessage(floor.ctx, { messageId: now._id, version: now.sendVersion });
  return fresh(message);
}

// LibreDesk and most peers do not sign (peers.md, outbound): mail in the company's name lands among spam.
test('what leaves is signed, and whoever gets it finds the signature right', async () => {
  const { queueId, box } = await desk({ dkim: { domain: 'example.com', selector: 'desk' } });
  setMailResolver(async (name, type) => {
    if (name === 'desk._domainkey.example.com' && type === 'TXT') return [[box.dkim?.record ?? '']];
    if (name === '_dmarc.example.com') return [['v=DMARC1; p=reject']];
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  });
  const ticket = await mailTo(queueId, { thread: { references: [], ownId: 'first@customers.example', forwarded: false } });
  expect((await deliver(await say(ticket, 'Grüße, 안녕하세요. Hold the button.'))).delivery?.state).toBe('sent');
  const { raw } = await out.next((each) => each.mail.text?.includes('안녕하세요') ?? false);
  const way = { ip: '198.51.100.7', helo: 'mx.example.net', envelopeFrom: box.address };
  expect(await judgeMail(raw, await understandMail(raw), way)).toMatchObject({ verdict: 'verified', dkim: 'pass', dmarc: 'pass' });
  const changed = Buffer.from(raw.toString('latin1').replace(/^Subject: .*$/m, 'Subject: Pay at once'), 'latin1');
  expect(await judgeMail(changed, await understandMail(changed), way)).toMatchObject({ verdict: 'forged', dkim: 'fail' });
  expect(/^DKIM-Signature:[^]*?\bh=([^;]*);/m.exec(raw.toString('latin1'))?.[1]?.toLowerCase()).toMatch(/from[^]*references/);
});

// FreeScout 3175 dropped the chain; LibreDesk sends the last 20 ids.
test('a long exchange names its last 20 mails, oldest first, and the last one as the one it answers', async () => {
  const { queueId } = await desk();
  const ids = Array.from({ length: 22 }, (_each, i) => `mail-${i}@customers.example`);
  const ticket = await mailTo(queueId, { thread: { references: [], ownId: ids[0]!, forwarded: false } });
  for (const [i, id] of ids.entries()) if (i > 0) await mailTo(queueId, { thread: { references: [ids[i - 1]!], ownId: id, forwarded: false } });
  await deliver(await say(ticket, 'After a long while.'));
  const { mail } = await out.next((each) => each.mail.text?.includes('After a long while.') ?? false);
  expect([mail.references].flat()).toEqual(ids.slice(-20).map((id) => `<${id}>`));
  expect(mail.inReplyTo).toBe('<mail-21@customers.example>');
});

test('connections to a mail server are used again', async () => {
  const server = await receiver();
  const { queueId } = await desk({ smtp: here(server.port) });
  const ticket = await mailTo(queueId);
  for (let i = 0; i < 6; i += 1) await deliver(await say(ticket, `Line ${i}`));
  expect([server.all.length, server.connections]).toEqual([6, 1]);
});

// FreeScout 4992, 3836, 5582: one mailbox after the other, and the slowest decides for all.
test('a mail server that does not answer holds up no other mailbox, and what waits for it uses up no try', async () => {
  let release = (): void => undefined;
  const slow = await receiver(() => null, { hold: new Promise((resolve) => { release = resolve; }) });
  const [stuck, quick] = [await desk({ smtp: here(slow.port) }), await desk()];
  const ticket = await mailTo(stuck.queueId);
  const many = await Promise.all(Array.from({ length: 12 }, (_each, i) => say(ticket, `Slow ${i}`)));
  floor.pass(60_000);
  const under = many.map(async (each) => deliverMessage(floor.ctx, { messageId: each._id, version: each.sendVersion }));
  const left = await deliver(await say(await mailTo(quick.queueId), 'Quick.'));
  expect([left.delivery?.state, slow.all.length]).toEqual(['sent', 0]);
  const waiting = (): Promise<MessageDoc[]> => Messages.find({ companyId: floor.ctx.companyId, ticketId: ticket._id, sendVersion: 2 }).lean<MessageDoc[]>();
  const putOff = await until('those without a place to be put off', async () => { const rows = await waiting(); return rows.length === 4 ? rows : null; });
  expect(putOff.map((each) => [each.delivery?.state, each.attempts, (each.sendAt?.getTime() ?? 0) > floor.now()])).toEqual(Array.from({ length: 4 }, () => ['queued', 0, true]));
  release();
  await Promise.all(under);
  for (const each of putOff) expect((await deliver(each)).delivery?.state).toBe('sent');
  expect(slow.all.length).toBe(12);
}, 30_000);

/** Sends an answer, with copies, through a server with whims; `tries` times, each when it is due. */
async function sendOddly(whim: Whim, { cc = [], tries = 1 }: { cc?: string[]; tries?: number } = {}): Promise<{ message: MessageDoc; server: OddReceiver }> {
  const server = await startOddReceiver(whim);
  odd.push(server);
  const { queueId } = await desk({ smtp: here(server.port) });
  const ticket = await mailTo(queueId);
  let message = await sendMessage(floor.ctx, floor.boss, { ticketId: ticket._id, input: { clientId: `mailing-${String(++made).padStart(4, '0')}`, kind: 'agent', text: 'Hold the button.', cc } });
  for (let i = 0; i < tries; i += 1) message = await deliver(message);
  return { message, server };
}

const once = (start: string, words: string): Whim => {
  let said = 0;
  return (line) => (line.startsWith(start) && (said += 1) === 1 ? words : undefined);
};

describe('a mail server that', () => {
  test.each([
    ['puts off whom it does not know', 'RCPT', '451 4.7.1 Greylisted, come back later'], ['is too busy to say hello', '', '421 4.3.2 Too many connections'], ['closes down before the text', 'DATA', '421 4.3.2 Closing'],
    ['hangs up before the text', 'DATA', 'hang-up'], ['has no room now', '.', '452 4.3.1 Out of space'],
  ])('%s is tried again, and gets it once', async (_what, at, words) => {
    const { message, server } = await sendOddly(once(at, words));
    expect([message.delivery?.state, server.taken.length]).toEqual(['delayed', 0]);
    expect(message.delivery?.reason).toContain(words === 'hang-up' ? 'closed' : words);
    const again = await deliver(message);
    expect([again.delivery?.state, again.delivery?.reason, again.attempts, server.taken.length]).toEqual(['sent', '', 2, 1]);
  });

  test.each([['550 5.7.1 We do not want this'], ['552 5.2.2 Mailbox full'], ['554 5.6.0 Broken']])('refuses the text with "%s" is believed: the reason is kept and nobody tries again', async (words) => {
    const { message, server } = await sendOddly((line) => (line === '.' ? words : undefined));
    expect([message.delivery?.state, server.heard]).toEqual(['failed', 1]);
    expect(message.delivery?.reason).toContain(words);
  });

  // The library gives the same mail to the next connection when one breaks: after the text was heard that would make a second mail at once.
  test('hangs up after it heard the text is not sent the same again before its time', async () => {
    const { message, server } = await sendOddly((line) => (line === '.' ? 'hang-up' : undefined));
    expect([server.heard, message.delivery?.state, message.attempts]).toEqual([1, 'delayed', 1]);
  });

  test('refuses one of three for good: it is said whom, the others have it, and "try again" writes to that one only', async () => {
    let open = false;
    const { message, server } = await sendOddly((line) => (!open && line.startsWith('RCPT TO:<gone@') ? '550 5.1.1 No such user' : undefined), { cc: ['gone@customers.example', 'boss@customers.example'] });
    expect(message.delivery).toMatchObject({ state: 'failed', missed: ['gone@customers.example'], reason: expect.stringContaining('gone@customers.example: 550 5.1.1 No such user') });
    expect(server.taken).toEqual([[message.to[0]!.address, 'boss@customers.example']]);
    open = true;
    await retryMessage(floor.ctx, floor.boss, { ticketId: message.ticketId, messageId: message._id });
    expect((await deliver(message)).delivery).toMatchObject({ state: 'sent', reason: '' });
    expect(server.taken.slice(1)).toEqual([['gone@customers.example']]);
  });

  test('puts off one of two: only that one is tried again, until they have it as well', async () => {
    let asked = 0;
    const { message, server } = await sendOddly((line) => (line.startsWith('RCPT TO:<late@') && (asked += 1) <= 2 ? '450 4.2.0 Greylisted' : undefined), { cc: ['late@customers.example'], tries: 3 });
    expect(server.taken).toEqual([[message.to[0]!.address], ['late@customers.example']]);
    expect([message.delivery?.state, message.delivery?.missed, message.attempts, message.unreached]).toEqual(['sent', undefined, 3, []]);
  });

  test('refuses one for good and puts the other off: whoever may get it gets it, and in the end it is said who did not', async () => {
    let asked = 0;
    const { message, server } = await sendOddly((line) => (line.startsWith('RCPT TO:<gone@') ? '550 5.1.1 No such user' : line.startsWith('RCPT') && (asked += 1) === 1 ? '451 4.7.1 Greylisted' : undefined), { cc: ['gone@customers.example'], tries: 2 });
    expect(server.taken).toEqual([[message.to[0]!.address]]);
    expect(message.delivery).toMatchObject({ state: 'failed', missed: ['gone@customers.example'] });
  });
});

// Between the moment a timer may ring early and the moment said to the agent the mail may be on its way already.
test('what is taken back never leaves, and what may be leaving is not called taken back', async () => {
  const { queueId } = await desk();
  const message = await say(await mailTo(queueId), 'On second thoughts.');
  floor.pass(message.sendAt!.getTime() - floor.now() - 400);
  await expect(undoMessage(floor.ctx, floor.boss, { ticketId: message.ticketId, messageId: message._id })).rejects.toMatchObject({ code: 'version-conflict' });
  await deliverMessage(floor.ctx, { messageId: message._id, version: 1 });
  expect((await fresh(message)).delivery?.state).toBe('sent');
});

/** A provider that gives a new token each time; counts how often. */
async function startProvider(): Promise<{ url: string; given: string[]; stop(): void }> {
  const given: string[] = [];
  const server: Server = createServer((_request, response) => {
    given.push(`token-${given.length + 1}`);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ access_token: given.at(-1), expires_in: 3600 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, given, stop: () => { server.closeAllConnections(); server.close(); } };
}

test('a mailbox of Microsoft or Google sends with a token, asks for one once, and for another when it was withdrawn early', async () => {
  const provider = await startProvider();
  let good = 'token-1';
  const server = await receiver(() => null, { logIn: (auth) => auth.method === 'XOAUTH2' && auth.username === 'desk@example.com' && auth.accessToken === good });
  const { queueId } = await desk({ smtp: here(server.port, 'desk@example.com'), credentials: { kind: 'oauth2', provider: 'other', clientId: 'trunkline', clientSecret: 'hush', refreshToken: 'first', tokenUrl: provider.url } });
  const ticket = await mailTo(queueId);
  for (const text of ['First.', 'Second.']) expect((await deliver(await say(ticket, text))).delivery?.state).toBe('sent');
  expect([provider.given.length, server.connections]).toEqual([1, 1]);
  good = 'token-2';
  // The server ends its connections now and then; the next one is let in only with the new token.
  closeTransport();
  const third = await deliver(await say(ticket, 'Third.'));
  expect([third.delivery?.state, third.attempts]).toEqual(['delayed', 1]);
  expect((await deliver(third)).delivery?.state).toBe('sent');
  expect(provider.given).toEqual(['token-1', 'token-2']);
  provider.stop();
}, 30_000);

test('a reminder nobody asked for can be ended with one click, by whoever got it and nobody else; an answer has no such link', async () => {
  const { queueId, box } = await desk({ dkim: { domain: 'example.com', selector: 'desk2' } });
  await writeSetting(floor.ctx.companyId, writingKind(queueId), { followUpHours: 1, followUps: [{ locale: 'en', hours: 'always', subject: '', text: 'Is it solved?' }] });
  const remind = async (address: string): Promise<MessageDoc[]> => {
    const ticket = await mailTo(queueId, { from: { kind: 'email', value: address, name: 'Vera', verified: false } });
    await deliver(await say(ticket, `Try this, ${address}.`));
    await floor.services.relay.settle();
    floor.pass(2 * 3_600_000);
    await floor.sweep('follow-ups');
    return Messages.find({ companyId: floor.ctx.companyId, ticketId: ticket._id, automatic: true, kind: 'agent' }).lean<MessageDoc[]>();
  };
  const [reminder] = await remind('reminded@customers.example');
  await deliver(reminder!);
  const answer = await out.next((each) => each.mail.text?.includes('Try this, reminded@') ?? false);
  const { raw } = await out.next((each) => each.mail.text?.includes('Is it solved?') ?? false);
  const head = raw.toString('latin1').split('\r\n\r\n')[0]!.replace(/\r\n[ \t]+/g, '');
  const url = /^List-Unsubscribe: <(https:[^>]*)>$/m.exec(head)?.[1] ?? '';
  expect([answer.raw.includes('List-Unsubscribe'), head.includes('List-Unsubscribe-Post: List-Unsubscribe=One-Click')]).toEqual([false, true]);
  expect(/^DKIM-Signature:.*\bh=([^;]*);/m.exec(head)?.[1]?.toLowerCase()).toMatch(/list-unsubscribe:list-unsubscribe-post/);
  expect(box.dkim?.selector).toBe('desk2');
  expect(url).toContain('/help/en/unsubscribe/');
  const token = url.split('/').at(-1)!;
  await expect(unsubscribe(floor.ctx, token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).rejects.toMatchObject({ code: 'not-found' });
  expect(await remind('reminded2@customers.example')).toHaveLength(1);
  await unsubscribe(floor.ctx, token);
  await unsubscribe(floor.ctx, token);
  expect(await remind('reminded@customers.example')).toHaveLength(0);
  expect(await listUnsubscribed(floor.ctx)).toMatchObject([{ value: 'reminded@customers.example' }]);
  await resubscribe(floor.ctx, 'Reminded@customers.example');
  await expect(resubscribe(floor.ctx, 'reminded@customers.example')).rejects.toMatchObject({ code: 'not-found' });
  expect(await listUnsubscribed(floor.ctx)).toEqual([]);
}, 30_000);

const acknowledgement = async (ticket: TicketDoc): Promise<string | undefined> => (await Messages.findOne({ companyId: ticket.companyId, ticketId: ticket._id, kind: 'agent', automatic: true }).lean<MessageDoc>())?.text;
const texts = (...rows: [locale: string, hours: 'always' | 'open' | 'closed', text: string][]): Partial<QueueWriting> => ({ acknowledgements: rows.map(([locale, hours, text]) => ({ locale, hours, subject: '', text })) });

describe('an acknowledgement', () => {
  test('is sent only where the queue wants it', async () => {
    expect(await acknowledgement(await mailTo((await queueOn(floor))._id))).toBeUndefined();
  });

  test.each([
    ['the lamp has been blinking since yesterday evening', 'we have received your message'], ['어제 저녁부터 램프가 계속 깜박입니다. 확인 부탁드립니다.', '메시지를 받았습니다'], ['从昨天晚上开始，灯一直在闪烁。请帮我看看。', '我们已收到您的来信'], ['昨日の夜からランプが点滅しています。確認をお願いします。', 'メッセージを受け取りました'],
  ])('is in the language the customer writes in: %s', async (text, expected) => {
    const queue = await queueOn(floor, { acknowledge: true });
    expect(await acknowledgement(await mailTo(queue._id, { text, locale: null }))).toContain(expected);
  });

  test('is in the queue\'s own words, by its hours', async () => {
    const hours = await addHours(floor.ctx, { name: 'Night', timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: '20:00', to: '24:00' }]) });
    const [day, night] = [await queueOn(floor, { acknowledge: true }), await queueOn(floor, { acknowledge: true, hoursId: hours._id })];
    for (const queue of [day, night]) await writeSetting(floor.ctx.companyId, writingKind(queue._id), texts(['en', 'open', 'Within the hour, {{customer.name}}.'], ['en', 'closed', 'Tomorrow, {{customer.name}}.'], ['fr', 'always', 'Bonjour.']));
    expect([await acknowledgement(await mailTo(day._id)), await acknowledgement(await mailTo(night._id))]).toEqual(['Within the hour, Vera.', 'Tomorrow, Vera.']);
    expect(await acknowledgement(await mailTo(day._id, { text: 'Bonjour, la lampe clignote depuis hier soir et je ne sais pas quoi faire.', locale: null }))).toBe('Bonjour.');
  });
});
