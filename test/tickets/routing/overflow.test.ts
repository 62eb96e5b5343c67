import type { Overflow } from '../../../protocol';
import { chatStateOf } from '../../../server/app/chat-state';
import { Events, type DomainEvent } from '../../../server/kernel';
import { addHours } from '../../../server/service-levels';
import { Messages, type MessageDoc } from '../../../server/tickets';
import { changeQueue, endWork, interactionById, moveWork, overflowOnArrival, overflowWhileWaiting, roomOf, type Arrival } from '../../../server/workforce';
import { refusal } from '../../access/house';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from '../house';

let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

const to = (queueId: string) => ({ to: 'queue' as const, queueId });
const say = { to: 'message' as const, text: 'We are closed until Monday.' };
const before = (...rows: Partial<Overflow['before'][number]>[]): Overflow => ({ before: rows.map((row) => ({ when: 'closed', over: 0, channels: [], then: say, ...row })), after: [] });
const after = (...rows: [seconds: number, then: Overflow['after'][number]['then']][]): Overflow => ({ before: [], after: rows.map(([afterSeconds, then]) => ({ afterSeconds, channels: [], then })) });
const overflows = async (workItemId: string) => (await Events.find({ companyId: floor.ctx.companyId, subject: workItemId, name: 'work.overflowed' }).sort({ n: 1 }).lean<DomainEvent[]>()).map(({ data }) => [data['to'], data['why'], data['measured']]);
const told = async (ticketId: string) => (await Messages.find({ companyId: floor.ctx.companyId, ticketId, kind: 'agent' }).lean<MessageDoc[]>()).map(({ text, automatic }) => [text, automatic]);
const night = async () => (await addHours(floor.ctx, { name: `Night ${Math.random()}`, timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: '20:00', to: '24:00' }]) }))._id;

describe('what holds', () => {
  const arrival = { channel: 'webchat', open: true, expectedSeconds: 100, waiting: 3 };
  test('is the first line that holds, on its channels only', () => {
    const rows = before({ when: 'closed', then: to('a') }, { when: 'expected-wait', over: 100, then: to('b') }, { when: 'expected-wait', over: 99, channels: ['voice'], then: to('c') }, { when: 'waiting', over: 3, then: to('d') });
    const why = (more: Partial<Arrival>) => { const over = overflowOnArrival(rows, { ...arrival, ...more }); return over && [over.then.to === 'queue' && over.then.queueId, over.why, over.measured]; };
    expect(why({ open: false })).toEqual(['a', 'closed', 0]);
    expect(why({ expectedSeconds: 101 })).toEqual(['b', 'expected-wait', 101]);
    expect(why({ channel: 'voice' })).toEqual(['c', 'expected-wait', 100]);
    expect(why({})).toEqual(['d', 'waiting', 3]);
    expect(why({ waiting: 2, expectedSeconds: null })).toBeNull();
  });
  test('while waiting, each comes once and in order of time', () => {
    const rows = after([60, to('b')], [30, say]);
    expect([0, 1, 2].map((step) => overflowWhileWaiting(rows, { channel: 'webchat', queuedAt: 1000, step })?.at)).toEqual([31_000, 61_000, undefined]);
  });
});

describe('on arrival', () => {
  test('what comes while closed goes where the queue says, with its trace; while open it waits', async () => {
    const day = await queueOn(floor);
    const closed = await queueOn(floor, { hoursId: await night(), overflow: before({ then: to(day._id) }) });
    const { ticket, work } = await arrive(floor, closed._id);
    expect([ticket.queueId, work?.queueId, work?.pastQueues]).toEqual([day._id, day._id, [closed._id]]);
    expect(await overflows(work?._id ?? '')).toEqual([['queue', 'closed', 0]]);
    floor.setClock('2026-03-02T20:00:00Z');
    expect((await arrive(floor, closed._id)).ticket.queueId).toBe(closed._id);
    floor.setClock('2026-03-02T09:00:00Z');
  });

  test('a ring of overflows ends where it would close, and nothing is lost', async () => {
    const hoursId = await night();
    const [a, b, c] = [await queueOn(floor, { hoursId }), await queueOn(floor, { hoursId }), await queueOn(floor, { hoursId })];
    for (const [from, next] of [[a, b], [b, c], [c, a]] as const) await changeQueue(floor.ctx, floor.boss, { id: from._id, input: { overflow: before({ then: to(next._id) }) } });
    const { work } = await arrive(floor, a._id);
    expect([work?.queueId, work?.state]).toEqual([c._id, 'waiting']);
    expect(await overflows(work?._id ?? '')).toHaveLength(2);
    expect(await roomOf(floor.ctx).item(work?._id ?? '')).toMatchObject({ queueId: c._id, state: 'waiting' });
  });

  test('a full queue sends on the one too many', async () => {
    const spare = await queueOn(floor);
    const small = await queueOn(floor, { overflow: before({ when: 'waiting', over: 2, then: to(spare._id) }) });
    const places = [];
    for (let n = 0; n < 3; n += 1) places.push((await arrive(floor, small._id)).work?.queueId);
    expect(places).toEqual([small._id, small._id, spare._id]);
  });

  test('however many come at once, no more than the limit are let in', async () => {
    const spare = await queueOn(floor);
    const small = await queueOn(floor, { overflow: before({ when: 'waiting', over: 4, then: to(spare._id) }) });
    const places = async () => (await Promise.all(Array.from({ length: 9 }, () => arrive(floor, small._id)))).map(({ work }) => work);
    const first = await places();
    expect(first.filter((work) => work?.queueId === small._id)).toHaveLength(4);
    for (const work of first.filter((each) => each?.queueId === small._id).slice(0, 2)) if (work) await endWork(floor.ctx, floor.boss, { interaction: work, end: { how: 'withdrawn', disposition: null } });
    expect((await places()).filter((work) => work?.queueId === small._id)).toHaveLength(2);
    const why = (await Promise.all(first.map((work) => overflows(work?._id ?? '')))).filter((rows) => rows.length > 0);
    expect(why).toEqual(Array.from({ length: 5 }, () => [['queue', 'waiting', 4]]));
  });

  test('a message is told once and the work waits on', async () => {
    const queue = await queueOn(floor, { hoursId: await night(), overflow: before({ then: say }) });
    const { ticket, work } = await arrive(floor, queue._id);
    expect(await told(ticket._id)).toEqual([[say.text, true]]);
    expect(work?.state).toBe('waiting');
    const mail = await arrive(floor, queue._id, { channel: 'email', from: { kind: 'email', value: 'nina@example.org', name: 'Nina', verified: false }, subject: 'Lamp' });
    expect((await Messages.findOne({ companyId: floor.ctx.companyId, ticketId: mail.ticket._id, automatic: true }).lean<MessageDoc>())?.channel).toBe('email');
  });

  test('to e-mail: a known address makes it a letter at once, an unknown one is asked for', async () => {
    const queue = await queueOn(floor, { hoursId: await night(), overflow: before({ then: { to: 'email', text: 'We answer by mail.' } }) });
    const known = await arrive(floor, queue._id, { attributes: { email: 'vera@example.org' } });
    expect([known.work?.channel, known.work?.weight, known.ticket.answerBy?.value]).toEqual(['email', 20, 'vera@example.org']);
    const asked = await arrive(floor, queue._id);
    expect([asked.work?.channel, asked.ticket.ask]).toEqual(['webchat', 'email']);
    expect(await chatStateOf(floor.ctx, asked.ticket)).toMatchObject({ phase: 'waiting', ask: 'email', opensAt: '2026-03-02T20:00:00.000Z', online: false });
    await arrive(floor, queue._id, { from: { kind: 'visitor', value: asked.ticket.customerContact, name: 'Vera', verified: false }, text: 'Sure: Vera.B@Example.org, thanks' });
    const then = await look(floor, asked.ticket._id);
    expect([then.work?.channel, then.work?._id, then.ticket.ask, then.ticket.answerBy?.value]).toEqual(['email', asked.work?._id, null, 'vera.b@example.org']);
    expect(then.work?.arrivedAt).toEqual(asked.work?.arrivedAt);
  });
});

describe('while waiting', () => {
  test('it goes on with its arrival after so many seconds; the sweep finds it when the timer is missing', async () => {
    const second = await queueOn(floor);
    const first = await queueOn(floor, { overflow: after([60, to(second._id)]) });
    const { ticket, work } = await arrive(floor, first._id);
    const id = work?._id ?? '';
    floor.pass(61_000);
    await floor.sweep('overflows');
    expect((await look(floor, ticket._id)).work?.queueId).toBe(first._id);
    floor.pass(3000);
    await floor.sweep('overflows');
    await floor.sweep('overflows');
    const moved = await look(floor, ticket._id);
    expect([moved.ticket.queueId, moved.work?.queueId, moved.work?.overflowAt]).toEqual([second._id, second._id, null]);
    expect(moved.work?.arrivedAt).toEqual(work?.arrivedAt);
    expect(await overflows(id)).toEqual([['queue', 'waited', 64]]);
    expect(await roomOf(floor.ctx).item(id)).toMatchObject({ queueId: second._id, arrivedAt: work?.arrivedAt.getTime() });
  });

  test('two queues that overflow into each other hand it over once; what agents are offered stays', async () => {
    const [a, b] = [await queueOn(floor), await queueOn(floor)];
    for (const [from, next] of [[a, b], [b, a]] as const) await changeQueue(floor.ctx, floor.boss, { id: from._id, input: { overflow: after([30, to(next._id)]) } });
    const { ticket, work } = await arrive(floor, a._id);
    for (let n = 0; n < 4; n += 1) {
      floor.pass(40_000);
      await floor.sweep('overflows');
    }
    expect((await look(floor, ticket._id)).work?.queueId).toBe(b._id);
    expect(await overflows(work?._id ?? '')).toHaveLength(1);
    const offered = await arrive(floor, a._id);
    await agentOn(floor, [a._id]);
    expect((await look(floor, offered.ticket._id)).work?.state).toBe('offered');
    floor.pass(33_000);
    await floor.sweep('overflows');
    const kept = await look(floor, offered.ticket._id);
    expect([kept.work?.queueId, kept.work?.state]).toEqual([a._id, 'offered']);
  });

  test('it does not go from a slow queue into a shut one, and a queue an agent moves it to has its own times', async () => {
    const shut = await queueOn(floor, { hoursId: await night() });
    const slow = await queueOn(floor, { overflow: after([30, to(shut._id)], [60, say]) });
    const { ticket, work } = await arrive(floor, slow._id);
    floor.pass(40_000);
    await floor.sweep('overflows');
    expect((await look(floor, ticket._id)).work).toMatchObject({ queueId: slow._id, overflowStep: 1 });
    floor.pass(40_000);
    await floor.sweep('overflows');
    expect(await told(ticket._id)).toEqual([[say.text, true]]);
    const calm = await queueOn(floor, { overflow: after([500, say]) });
    const live = await interactionById(floor.ctx.companyId, work?._id ?? '');
    if (live) await moveWork(floor.ctx, floor.boss, { interaction: live, queueId: calm._id });
    expect((await interactionById(floor.ctx.companyId, work?._id ?? ''))?.overflowAt?.getTime()).toBe(floor.now() + 500_000);
  });
});

test('settings that lead nowhere are refused', async () => {
  const queue = await queueOn(floor);
  const change = (input: Parameters<typeof changeQueue>[2]['input']) => refusal(changeQueue(floor.ctx, floor.boss, { id: queue._id, input }));
  expect(await change({ overflow: before({ then: to(queue._id) }) })).toBe('bad-input');
  expect(await change({ overflow: after([5, to('0'.repeat(24))]) })).toBe('unknown-queue');
  expect(await change({ hoursId: '0'.repeat(24) })).toBe('unknown-hours');
});
