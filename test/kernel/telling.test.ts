// Everybody is told of an event at once, by the number it has in `events`, where it stands when its publisher is told that it was published.
import { contextOf, Events, happened, heardLately, listen, newId, subscriber, system, type DomainEvent } from '../../server/kernel';
import { writeBatch } from '../../server/kernel/batches';
import { EventLog } from '../../server/kernel/event-log';
import { until } from '../support/session';
import { ticketById } from '../../server/tickets';
import { addMessage } from '../../server/tickets/add-message';
import type { MessageDoc } from '../../server/tickets/message.model';
import { summariseMessage } from '../../server/tickets/summarise';
import { arrive, look, openFloor, queueOn, type Floor } from '../tickets/house';

let floor: Floor;
let heard: { event: DomainEvent; live: unknown }[] = [];
let stop: () => Promise<void>;

beforeAll(async () => {
  floor = await openFloor();
  const redis = floor.services.redis.duplicate();
  const hear = subscriber({ name: 'ear', on: ['ticket.opened', 'message.added'], kind: 'everywhere', run: (_ctx, event, live) => void heard.push({ event, live }) });
  const listening = await listen({ redis, subscribers: [hear], log: floor.services.log, companies: async () => [floor.ctx.companyId], contextOf: (companyId) => contextOf(floor.services, companyId) });
  stop = async () => { await listening.close(); redis.disconnect(); };
});
afterAll(async () => {
  await stop();
  await floor.stop();
});
beforeEach(() => { heard = []; });

const said = (text: string) => ({ from: { kind: 'visitor' as const, value: 'v-told', name: 'Vera', verified: false }, text });

test('events are heard by the number they have in the store, each once and in order', async () => {
  const queue = await queueOn(floor);
  const { ticket } = await arrive(floor, queue._id, said('one'));
  await Promise.all(['two', 'three', 'four'].map((text) => arrive(floor, queue._id, said(text))));
  await floor.services.relay.settle();
  const stored = await Events.find({ companyId: floor.ctx.companyId, subject: ticket._id, name: { $in: ['ticket.opened', 'message.added'] } }).sort({ n: 1 }).lean<DomainEvent[]>();
  expect(heard.map(({ event }) => [event.n, event._id, event.name])).toEqual(stored.map((event) => [event.n, event._id, event.name]));
  expect(heard.map(({ event }) => event.name)).toEqual(['ticket.opened', ...Array<string>(4).fill('message.added')]);
  expect(new Set(heard.map(({ event }) => event.n)).size).toBe(5);
  expect(heardLately(floor.ctx.companyId, stored[1]?.n ?? 0).filter((event) => event.subject === ticket._id).map((event) => event.name)).toEqual(Array<string>(3).fill('message.added'));
  expect(heardLately('another company', 0)).toEqual([]);
});

test('once it is told, the event stands in the store and the summary knows the message', async () => {
  const queue = await queueOn(floor);
  const from = { kind: 'visitor' as const, value: 'v-summary', name: 'Vera', verified: false };
  await arrive(floor, queue._id, { from, text: 'first' });
  const { _id } = (await arrive(floor, queue._id, { from, text: 'second' })).ticket;
  await floor.services.relay.settle();
  const { ticket } = await look(floor, _id);
  const added = await Events.find({ companyId: floor.ctx.companyId, subject: ticket._id, name: 'message.added' }).lean<DomainEvent[]>();
  expect([added.length, ticket.preview, ticket.lastSeq]).toEqual([2, 'second', 2]);
});

test('what is said in one moment changes the summary once, and who waits does so since the first word after the last answer', async () => {
  const { ctx, boss } = floor;
  const { ticket } = await arrive(floor, (await queueOn(floor))._id, { from: { kind: 'visitor', value: 'v-moment', name: 'Vera', verified: false }, text: 'first' });
  await floor.services.relay.settle();
  const say = async (kind: 'customer' | 'agent', text: string) => addMessage({ ...ctx, relay: { ...ctx.relay, publish: async () => undefined } }, boss, { ticket, message: { clientId: text, kind, channel: 'webchat', text } });
  const messages: MessageDoc[] = [];
  for (const [kind, text] of [['customer', 'and'], ['agent', 'yes'], ['customer', 'then'], ['customer', 'when']] as const) messages.push((await say(kind, text)).message);
  const heardOf = (some: MessageDoc[]) => Promise.all(some.map((message) => summariseMessage(ctx, { data: {} } as DomainEvent, { message })));
  await heardOf(messages.slice(0, 1));
  expect((await ticketById(ctx.companyId, ticket._id))?.waitingSince).toEqual(ticket.waitingSince);
  await heardOf([messages[2], messages[1], messages[3]] as MessageDoc[]);
  await heardOf(messages.slice(0, 3));
  const after = await ticketById(ctx.companyId, ticket._id);
  expect([after?.lastSeq, after?.preview, after?.version, after?.waitingSince]).toEqual([5, 'when', ticket.version + 4, messages[2]?.receivedAt]);
  expect(after?.terms).toEqual(expect.arrayContaining(['and', 'yes', 'then', 'when']));
});

test('a node that is told of more than it remembers takes none of it again, and what it was not told it reads', async () => {
  const companyId = newId();
  const redis = floor.services.redis.duplicate();
  const taken: string[] = [];
  const ear = subscriber({ name: 'flooded-ear', on: ['ticket.opened'], kind: 'everywhere', run: (_ctx, event) => void taken.push(event._id) });
  const listening = await listen({ redis, subscribers: [ear], log: floor.services.log, companies: async () => [companyId], contextOf: (id) => contextOf(floor.services, id), checkMs: 50 });
  const log = new EventLog(floor.services.redis);
  const told: string[] = [];
  const tell = async (count: number): Promise<void> => {
    const events = Array.from({ length: count }, () => happened('ticket.opened', { ticketId: newId(), customerId: newId(), queueId: newId(), channel: 'email' }, { by: system('test'), subject: newId(), at: Date.now() }));
    const last = await log.tell(companyId, count, writeBatch(events.map((event) => ({ event: { ...event, companyId }, live: null }))));
    await Promise.all(events.map((event, index) => log.append(companyId, { ...event, n: last - count + 1 + index }, { hurry: true })));
    told.push(...events.map((event) => event._id));
  };
  try {
    for (let batch = 0; batch < 14; batch += 1) await tell(500);
    // Nobody hears of this one by pub/sub.
    redis.disconnect(true);
    await tell(1);
    await until('the last one is read', () => taken.includes(told.at(-1) ?? ''));
    await tell(1);
    await until('the next one is heard', () => taken.includes(told.at(-1) ?? ''));
  } finally {
    await listening.close();
    redis.disconnect();
  }
  expect([taken.length, new Set(taken).size]).toEqual([told.length, told.length]);
});

test('a number that Redis forgot is found again in the store, and none is given twice', async () => {
  const queue = await queueOn(floor);
  const { companyId } = floor.ctx;
  const from = { kind: 'visitor' as const, value: 'v-forgot', name: 'Vera', verified: false };
  const { ticket } = await arrive(floor, queue._id, { from, text: 'before' });
  await floor.services.redis.del(`{t:${companyId}}:events:n`);
  await arrive(floor, queue._id, { from, text: 'after' });
  await floor.services.relay.settle();
  // As after a crash of Redis that lost its last seconds: numbers come again that were given already.
  await floor.services.redis.set(`{t:${companyId}}:events:n`, 1);
  await arrive(floor, queue._id, { from, text: 'again' });
  await floor.services.relay.settle();
  const numbers = (await Events.find({ companyId }).lean<DomainEvent[]>()).map((event) => event.n);
  expect(new Set(numbers).size).toBe(numbers.length);
  const texts = (await Events.find({ companyId, subject: ticket._id, name: 'message.added' }).sort({ n: 1 }).lean<DomainEvent[]>()).map((event) => event.data['seq']);
  expect([texts, (await ticketById(companyId, ticket._id))?.preview]).toEqual([[1, 2, 3], 'again']);
});
