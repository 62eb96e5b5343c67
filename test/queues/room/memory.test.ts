import type { Outcome } from '../../../queues/room/decisions';
import { decodeOutcome } from '../../../queues/room/decode';
import { agentArgs, itemArgs, queueArgs } from '../../../queues/room/encode';
import { roomKey } from '../../../queues/room/keys';
import { createWaitingRoom } from '../../../queues/room/room';
import { assemble, bindScript } from '../../../queues/room/script';
import type { WorkItem } from '../../../queues/work-item';
import { type PrivateRedis, startPrivateRedis } from './private-redis';

const T = 1_760_000_000_000;
const work = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id, version: 1, queueId: 'q1', channel: 'chat', weight: 50, arrivedAt: T, rings: [{ afterSeconds: 0, requirement: {} }], offerSeconds: 20, autoAccept: true, ...more,
});
const agent = { id: 'a1', queueIds: ['q1'], skills: {}, maxima: {}, capacity: 100 };
const rule = { id: 'q1', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 60 } as const;
const code = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.code);
const assigned = (outcome: Outcome): string[] => outcome.decisions.flatMap((d) => (d.kind === 'assigned' ? [`${d.itemId} ${d.agentId}`] : []));

let server: PrivateRedis;
beforeAll(async () => { server = await startPrivateRedis(); });
afterAll(() => server.stop());

/** A room as an older or newer release would work on it: the same rules under another name. */
function otherRelease(companyId: string): (op: string, now: number, ...args: (string | number)[]) => Promise<Outcome> {
  const script = bindScript(server.client(), { prefix: 'trunkline_other_', body: `${assemble()}\n-- another text` });
  return async (op, now, ...args) => decodeOutcome(((await script(roomKey(companyId), ['several', now, args.length + 2, op, now, ...args])) as unknown[])[0]);
}

async function opened(companyId: string) {
  const room = createWaitingRoom({ redis: server.client(), companyId });
  await room.open(T);
  await room.setQueue(rule, T);
  await room.setAgent(agent, T);
  await room.setState({ agentId: 'a1', state: 'available' }, T);
  return room;
}

test('two releases that take turns on a room each see what the other did', async () => {
  const ours = await opened('turns');
  const theirs = otherRelease('turns');
  expect(assigned(await ours.arrive(work('i1'), T + 1))).toEqual(['i1 a1']);
  expect(assigned(await theirs('arrive', T + 2, ...itemArgs(work('i2'))))).toEqual(['i2 a1']);
  expect(assigned(await ours.arrive(work('i3', { arrivedAt: T + 3 }), T + 3))).toEqual([]);
  expect(assigned(await theirs('arrive', T + 4, ...itemArgs(work('i4', { arrivedAt: T - 5 }))))).toEqual([]);
  // i4 came to the head of the set while we remembered i3 there.
  expect(assigned(await ours.done({ itemId: 'i2', agentId: 'a1' }, T + 5))).toEqual(['i4 a1']);
  expect(assigned(await theirs('done', T + 6, 'i1', 'a1', 0))).toEqual(['i3 a1']);
  await theirs('setAgent', T + 7, ...agentArgs({ ...agent, capacity: 200 }));
  await theirs('setQueue', T + 7, ...queueArgs({ ...rule, order: 'priority' }));
  expect(assigned(await ours.arrive(work('i5'), T + 8))).toEqual(['i5 a1']);
  expect(await ours.agent('a1')).toMatchObject({ firmLoad: 150, counts: { chat: 3 } });
});

test('what fell due by what another release noted is settled by us as well', async () => {
  const ours = await opened('due');
  const theirs = otherRelease('due');
  await ours.tick(T + 1);
  expect((await theirs('arrive', T + 2, ...itemArgs(work('i1', { autoAccept: false })))).decisions).toMatchObject([{ kind: 'offer', expiresAt: T + 20_002 }]);
  expect((await ours.tick(T + 20_003)).decisions).toMatchObject([{ kind: 'expired', itemId: 'i1', agentId: 'a1' }, { kind: 'queued', itemId: 'i1' }]);
});

test('a Redis that was emptied is noticed by the next call', async () => {
  const room = await opened('emptied');
  expect(assigned(await room.arrive(work('i1'), T + 1))).toEqual(['i1 a1']);
  await server.client().flushall();
  expect(code(await room.done({ itemId: 'i1', agentId: 'a1' }, T + 2))).toBe('starting');
  const again = await opened('emptied');
  expect(code(await again.done({ itemId: 'i1', agentId: 'a1' }, T + 3))).toBe('unknown-work-item');
});

test('calls made at once are carried out in their order, and each hears its own answer', async () => {
  const room = await opened('together');
  const ids = Array.from({ length: 100 }, (_, i) => `i${i}`);
  const arrivals = await Promise.all(ids.map((id, i) => room.arrive(work(id, { arrivedAt: T + i }), T + i)));
  expect(arrivals.map(code)).toEqual(ids.map(() => 'ok'));
  expect(arrivals.slice(0, 3).map(assigned)).toEqual([['i0 a1'], ['i1 a1'], []]);
  const answers = await Promise.all([
    room.done({ itemId: 'i0', agentId: 'a1' }, T + 200), room.done({ itemId: 'i0', agentId: 'a1' }, T + 201), room.arrive(work('i3'), T + 202), room.done({ itemId: 'i1', agentId: 'nobody' }, T + 203), room.leave('i3', T + 204),
    room.done({ itemId: 'i1', agentId: 'a1' }, T + 205),
  ]);
  expect(answers.map(code)).toEqual(['ok', 'unknown-work-item', 'duplicate', 'already-assigned', 'ok', 'ok']);
  expect(answers.map(assigned)).toEqual([['i2 a1'], [], [], [], [], ['i4 a1']]);
  expect(answers[5]?.decisions[0]).toMatchObject({ kind: 'done', at: T + 205 });
});

test('calls made at once on a room that breaks off are all refused, and nothing is taken from its memory', async () => {
  const redis = server.client();
  const room = await opened('broken');
  await room.arrive(work('i1'), T + 1);
  await room.arrive(work('i2'), T + 1);
  await room.arrive(work('i3'), T + 1);
  const waiting = (await redis.keys('*{t:broken}*:w:*'))[0] ?? '';
  await redis.set(waiting, 'not a sorted set');
  const answers = await Promise.allSettled([room.tick(T + 2), room.done({ itemId: 'i1', agentId: 'a1' }, T + 2)]);
  expect(answers.map((each) => each.status)).toEqual(['rejected', 'rejected']);
  expect(code(await room.tick(T + 3))).toBe('starting');
});
