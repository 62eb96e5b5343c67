// Answers over a real store with a clock that stands still: retries, what was taken back, follow-ups, mentions, merges that a crash interrupted.
import type { MessageInput } from '../../protocol';
import { newId, writeSetting, type Actor } from '../../server/kernel';
import { accountsById, actorOf, createAccount } from '../../server/access';
import { noteConnection } from '../../server/workforce';
import { addMailbox } from '../../server/channels/email';
import { Messages, receiveMessage, Tickets, type InboundMessage, type MessageDoc, type TicketDoc } from '../../server/tickets';
import { closeTransport } from '../../server/channels/email/transport';
import { addCanned, changeCanned, removeCanned } from '../../server/tickets/canned-answer.model';
import { composeFor } from '../../server/tickets/compose';
import { deliverMessage, undoMessage } from '../../server/tickets/deliver-message';
import { listTickets } from '../../server/tickets/list-tickets';
import { mailMention } from '../../server/tickets/mail-mention';
import { mergeTickets } from '../../server/tickets/merge-tickets';
import { markDelivery } from '../../server/tickets/note-bounce';
import { sendMessage } from '../../server/tickets/send-message';
import { listSuppressed } from '../../server/tickets/suppressed.model';
import { suggestCanned } from '../../server/tickets/suggest-canned';
import { startMailReceiver } from '../support/mail';
import { until } from '../support/session';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from './house';

const hour = 3_600_000;
let floor: Floor;
let queueId: string;
let made = 0;
beforeAll(async () => {
  floor = await openFloor();
  queueId = (await queueOn(floor))._id;
  await addMailbox(floor.ctx, { address: 'support@example.com', queueId });
}, 60_000);
afterAll(() => floor.stop());

const relayTo = (url: string): void => void Object.assign(floor.services.config, { smtpRelayUrl: url });
const mailFrom = async (address: string, more: Parameters<typeof arrive>[2] = {}): Promise<TicketDoc> =>
  (await arrive(floor, queueId, { channel: 'email', from: { kind: 'email', value: address, name: 'Vera', verified: false }, subject: 'The lamp', text: 'It blinks.', ...more })).ticket;
const say = (ticket: TicketDoc, input: Partial<MessageInput> & { text: string }, by: Actor = floor.boss): Promise<MessageDoc> =>
  sendMessage(floor.ctx, by, { ticketId: ticket._id, input: { clientId: `answer-${String(++made).padStart(4, '0')}`, kind: 'agent', ...input } });
const fresh = async (message: MessageDoc): Promise<MessageDoc> => (await Messages.findOne({ companyId: message.companyId, _id: message._id }).lean<MessageDoc>()) as MessageDoc;
const arrivedAs = async (message: MessageDoc): Promise<void> => markDelivery(floor.ctx, { message, state: 'sent', reason: '' });
const automatic = (ticket: TicketDoc): Promise<MessageDoc[]> => Messages.find({ companyId: ticket.companyId, ticketId: ticket._id, automatic: true, kind: 'agent' }).lean<MessageDoc[]>();

async function workOn(message: MessageDoc): Promise<MessageDoc> {
  const now = await fresh(message);
  floor.pass(Math.max(0, (now.sendAt?.getTime() ?? 0) - floor.now()));
  await deliverMessage(floor.ctx, { messageId: now._id, version: now.sendVersion });
  return fresh(message);
}

test('a mail server that is away loses no answer: it is tried for about 24 hours, then shown as not sent with the reason', async () => {
  relayTo('smtp://127.0.0.1:1');
  const sent = await say(await mailFrom('away@customers.example'), { text: 'Hold the button.' });
  const began = floor.now();
  const states: string[] = [];
  for (let now = sent; now.delivery?.state !== 'failed';) states.push((now = await workOn(now)).delivery?.state ?? '');
  expect([new Set(states.slice(0, -1)), states.at(-1)]).toEqual([new Set(['delayed']), 'failed']);
  expect((floor.now() - began) / hour).toBeGreaterThan(23);
  expect((floor.now() - began) / hour).toBeLessThan(25);
  expect((await fresh(sent)).delivery?.reason).toContain('ECONNREFUSED');
}, 30_000);

test('an answer a server refuses for good is not tried again', async () => {
  const strict = await startMailReceiver(() => 554);
  relayTo(strict.url);
  const after = await workOn(await say(await mailFrom('refused@customers.example'), { text: 'Hello.' }));
  expect([after.delivery?.state, after.attempts]).toEqual(['failed', 1]);
  closeTransport();
  await strict.stop();
}, 30_000);

test('what was taken back is quoted to nobody', async () => {
  const ticket = await mailFrom('undo@customers.example');
  const wrong = await say(ticket, { text: 'You are a fool.' });
  await undoMessage(floor.ctx, floor.boss, { ticketId: ticket._id, messageId: wrong._id });
  expect((await workOn(wrong)).delivery).toMatchObject({ state: 'failed', reason: 'taken-back' });
  const { quote } = await composeFor(floor.ctx, floor.boss, { ticketId: ticket._id, mode: 'reply' });
  expect(quote.text).toContain('It blinks.');
  expect(quote.text).not.toContain('fool');
});

test('a forward begins with nobody in To, the whole mail below and its files along', async () => {
  const file = await floor.ctx.blobs.put({ companyId: floor.ctx.companyId, owner: { kind: 'pending', id: '' }, name: 'bill.pdf', type: 'application/pdf', content: Buffer.from('%PDF') });
  const ticket = await mailFrom('forward@customers.example', { text: 'See the bill.\n\nOn Monday you wrote:\n> pay', replyText: 'See the bill.', attachments: [{ blobId: file._id, inline: false }] });
  const begun = await composeFor(floor.ctx, floor.boss, { ticketId: ticket._id, mode: 'forward' });
  expect([begun.to, begun.cc, begun.subject, begun.attachmentIds]).toEqual([[], [], 'Fwd: The lamp', [file._id]]);
  expect(begun.quote.text).toContain('> > pay');
});

test('a customer who does not answer is reminded once, in the queue\'s words; one who answered is not', async () => {
  await writeSetting(floor.ctx.companyId, `writing-${queueId}`, { followUpHours: 48, followUps: [{ locale: 'en', hours: 'always', subject: '', text: 'Is it solved, {{customer.name}}?' }] });
  const [silent, heard] = [await mailFrom('silent@customers.example'), await mailFrom('heard@customers.example', { thread: { references: [], ownId: 'h1@x', forwarded: false } })];
  for (const ticket of [silent, heard]) await arrivedAs(await say(ticket, { text: 'Try this.' }));
  await mailFrom('heard@customers.example', { text: 'Thanks', thread: { references: ['h1@x'], forwarded: false } });
  floor.pass(47 * hour);
  await floor.sweep('follow-ups');
  expect(await automatic(silent)).toEqual([]);
  floor.pass(2 * hour);
  for (let times = 0; times < 2; times += 1) await floor.sweep('follow-ups');
  expect((await automatic(silent)).map((each) => each.text)).toEqual(['Is it solved, Vera?']);
  expect(await automatic(heard)).toEqual([]);
});

test('whom a note speaks to follows the ticket from then on and finds it, though it is not theirs to serve', async () => {
  const ticket = await mailFrom('mention@customers.example');
  const otherQueue = (await queueOn(floor))._id;
  const colleague = await agentOn(floor, [otherQueue]);
  await say(ticket, { kind: 'note', text: 'What do you think, @Agent?', mentions: [colleague] });
  const them: Actor = { kind: 'account', id: colleague, name: 'Agent', abilities: new Set(['ticket.read', 'ticket.note']), scope: 'team' } as unknown as Actor;
  expect((await listTickets(floor.ctx, them, { filter: { view: 'following' }, limit: 10 })).rows.map((row) => row._id)).toEqual([ticket._id]);
  expect((await look(floor, ticket._id)).ticket.followers).toEqual([colleague]);
  await expect(say(ticket, { kind: 'note', text: '@Nobody', mentions: ['0123456789abcdef01234567'] })).rejects.toMatchObject({ code: 'unknown-account' });
});

test('a colleague who is at no console is mailed what a note says to them, once; one who is there hears of it there, and our own mailbox gets nothing (FreeScout 4250)', async () => {
  const out = await startMailReceiver();
  relayTo(out.url);
  const ticket = await mailFrom('mailed@customers.example');
  const [away, here, robot] = await Promise.all([agentOn(floor, [queueId]), agentOn(floor, [queueId]), createAccount(floor.ctx, floor.boss, { email: 'support@example.com', name: 'Robot', roles: ['agent'], password: 'correct horse battery' })]);
  await noteConnection(floor.ctx, here, true);
  const note = await say(ticket, { kind: 'note', text: 'Can you look, {name}? $& It blinks.', mentions: [away, here, robot._id] });
  await floor.services.relay.settle();
  const payload = (accountId: string) => ({ companyId: floor.ctx.companyId, messageId: note._id, accountId });
  await until('the mail to be planned', async () => (await floor.services.jobs.stateOf('mention.mail', payload(away))) !== 'gone');
  expect(await floor.services.jobs.stateOf('mention.mail', payload(here))).toBe('gone');
  for (const accountId of [away, robot._id, here]) await mailMention(floor.ctx, { messageId: note._id, accountId });
  const { mail, to } = await out.next(() => true);
  expect([out.all.length, to[0], mail.headers.get('auto-submitted')]).toEqual([1, (await accountsById(floor.ctx, [away])).get(away)?.email, 'auto-generated']);
  expect(mail.text).toContain('Can you look, {name}? $& It blinks.');
  expect(mail.text).toContain(`https://help.example.com/inbox/following/${ticket._id}`);
  await noteConnection(floor.ctx, away, true);
  await mailMention(floor.ctx, { messageId: note._id, accountId: away });
  expect(out.all.length).toBe(1);
  closeTransport();
  await out.stop();
}, 30_000);

test('a merge that a crash interrupted is finished by the sweep', async () => {
  const [kept, other] = [await mailFrom('kept@customers.example'), await mailFrom('other@customers.example', { text: 'Left behind.' })];
  await mergeTickets(floor.ctx, floor.boss, { id: kept._id, otherId: other._id });
  // As if it had died after marking the ticket, before the message went.
  await Messages.updateOne({ companyId: other.companyId, text: 'Left behind.' }, { $set: { ticketId: other._id, seq: 1 }, $unset: { movedFrom: 1 } });
  await Tickets.updateOne({ companyId: other.companyId, _id: other._id }, { $set: { 'mergedInto.unfinished': true } });
  await floor.sweep('merges');
  const moved = await Messages.findOne({ companyId: other.companyId, text: 'Left behind.' }).lean<MessageDoc>();
  expect([moved?.ticketId, moved?.movedFrom?.ticketId]).toEqual([kept._id, other._id]);
  expect((await look(floor, other._id)).ticket.mergedInto).toMatchObject({ id: kept._id });
  expect((await look(floor, other._id)).ticket.mergedInto).not.toHaveProperty('unfinished');
});

test('canned answers with words of the question are suggested: everybody\'s and one\'s own, as offered in the queue and as they are now', async () => {
  const [ann, bob] = await Promise.all([0, 1].map(async () => (await actorOf(floor.services, { companyId: floor.ctx.companyId, accountId: await agentOn(floor, [queueId]) })) as Actor)) as [Actor, Actor];
  const answer = (shortcut: string, text: string, more: object = {}) => ({ shortcut, name: shortcut, text, html: null, queueIds: [], locale: null, own: false, ...more });
  const hub = await addCanned(floor.ctx, floor.boss, answer('hub-reset', 'Hello {{customer.name|there}}, hold the button of your hub until its ring blinks.'));
  await addCanned(floor.ctx, floor.boss, answer('invoice', 'Your invoice is attached.'));
  await addCanned(floor.ctx, floor.boss, answer('elsewhere', 'The ring blinks.', { queueIds: [(await queueOn(floor))._id] }));
  const own = await addCanned(floor.ctx, ann, answer('mine', 'The ring blinks red: it is offline.', { own: true }));
  const ticket = await mailFrom('canned@customers.example');
  const found = async (actor: Actor, q = 'Why does the ring blink?') => (await suggestCanned(floor.ctx, actor, { ticketId: ticket._id, q })).map((each) => each.shortcut).sort();
  expect([await found(ann), await found(bob)]).toEqual([['hub-reset', 'mine'], ['hub-reset']]);
  expect((await suggestCanned(floor.ctx, bob, { ticketId: ticket._id, q: 'hold' }))[0]?.passage).toEqual({ text: 'Hello there, hold the button of your hub until its ring blinks.', marks: [[13, 17]] });
  await changeCanned(floor.ctx, floor.boss, { id: hub.id, change: { text: 'Pull the plug.' } });
  await removeCanned(floor.ctx, ann, own.id);
  expect([await found(ann), await found(bob, 'pull which plug')]).toEqual([[], ['hub-reset']]);
}, 30_000);

/** A report of a mail server about addresses; answers whether it was kept as a message. */
async function reported(recipients: NonNullable<InboundMessage['bounce']>['recipients'], messageRef: string | null): Promise<boolean> {
  const { ticketId } = await receiveMessage(floor.ctx, {
    channel: 'email', sourceId: newId(), kind: 'message', from: { kind: 'email', value: 'mailer-daemon@mx.example', name: '', verified: false }, to: [], cc: [], subject: 'Undelivered', text: 'It came back.', html: null, replyText: null, attachments: [], call: null,
    at: new Date(floor.now()), locale: 'en', thread: { references: [], forwarded: false }, automatic: true, bounce: { messageRef, recipients }, spam: false, queue: queueId, handledBy: null, attributes: {}, clientId: null, rawBlobId: null,
  });
  return ticketId !== null;
}

/** An answer with a copy that left. */
async function left(cc: string[] = []): Promise<MessageDoc> {
  const message = await say(await mailFrom(`bounce${++made}@customers.example`), { text: 'Press it.', cc });
  const externalId = `sent-${made}@example.com`;
  await markDelivery(floor.ctx, { message, state: 'sent', reason: '', extra: { externalId, refs: [externalId] } });
  return fresh(message);
}

describe('a report that a mail came back', () => {
  const suppressed = async (address: string): Promise<boolean> => (await listSuppressed(floor.ctx)).some((each) => each.value === address);
  const dead = (address: string) => ({ address, hard: true, reason: '5.1.1 No such user' });

  test('about one of two names that one, and "try again" is for that one', async () => {
    const message = await left(['gone@customers.example']);
    expect(await reported([dead('gone@customers.example')], message.externalId)).toBe(false);
    const after = await fresh(message);
    expect(after.delivery).toMatchObject({ state: 'bounced', missed: ['gone@customers.example'], reason: expect.stringContaining('5.1.1') });
    expect([after.unreached?.map((each) => each.address), await suppressed('gone@customers.example')]).toEqual([['gone@customers.example'], true]);
  });

  // RFC 3464: delayed is no failure. The mail server that has it goes on trying, so we must not.
  test('about a delay says so, and nothing is sent twice for it', async () => {
    const message = await left();
    const to = message.to[0]!.address;
    expect(await reported([{ address: to, hard: false, delayed: true, reason: '4.4.1 No answer yet' }], message.externalId)).toBe(false);
    expect((await fresh(message)).delivery).toMatchObject({ state: 'delayed', reason: expect.stringContaining('4.4.1') });
    floor.pass(48 * hour);
    await floor.sweep('outbound');
    expect(await fresh(message)).toMatchObject({ attempts: 0, sendVersion: 1, sendAt: null });
    await reported([dead(to)], message.externalId);
    expect((await fresh(message)).delivery?.state).toBe('bounced');
  });

  // Old servers name the address and nothing else. Anybody can write such a report, so it stops no address.
  test('without naming the mail marks the last one that went there; the address is not stopped for it', async () => {
    const message = await left();
    const to = message.to[0]!.address;
    expect(await reported([dead(to)], null)).toBe(false);
    expect([(await fresh(message)).delivery?.state, await suppressed(to)]).toEqual(['bounced', false]);
  });

  test('about an address nobody wrote to is kept as a message of its own, and stops nothing', async () => {
    expect([await reported([dead('somebody@elsewhere.example')], null), await suppressed('somebody@elsewhere.example')]).toEqual([true, false]);
  });
});
