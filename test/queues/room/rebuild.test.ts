import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from '../../../queues/room/decisions';
import { roomKey } from '../../../queues/room/keys';
import { createWaitingRoom } from '../../../queues/room/room';
import type { RoomLoader, StoredItem } from '../../../queues/room/room.types';
import type { WorkItem } from '../../../queues/work-item';
import { type PrivateRedis, startPrivateRedis } from './private-redis';

const T = 1_760_000_000_000;
const work = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  id, version: 1, queueId: 'q1', channel: 'voice', weight: 100, arrivedAt: T, rings: [{ afterSeconds: 0, requirement: {} }], offerSeconds: 20, ...more,
});
const truth = (items: StoredItem[]): RoomLoader => ({
  queues: async () => [{ id: 'q1', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 60 }],
  agents: async () => ['a1', 'a2'].map((id, i) => ({ profile: { id, queueIds: ['q1'], skills: {}, maxima: {}, capacity: 100 }, state: 'available' as const, idleSince: T + i })),
  items: async function* () { yield items.slice(0, 2); yield items.slice(2); },
});
const kinds = (outcome: Outcome): string[] => outcome.decisions.map((d) => `${d.kind}${'itemId' in d ? ` ${d.itemId}` : ''}${'agentId' in d ? ` ${d.agentId}` : ''}`);
const code = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.code);

let server: PrivateRedis;
beforeAll(async () => { server = await startPrivateRedis(['--appendonly', 'yes', '--appendfsync', 'everysec']); });
afterAll(() => server.stop());

test('a room nobody opened refuses; with a loader it is rebuilt by the first call, once', async () => {
  const redis = server.client();
  expect(code(await createWaitingRoom({ redis, companyId: 'new' }).arrive(work('x'), T))).toBe('starting');
  const opened: Outcome[] = [];
  const room = createWaitingRoom({ redis, companyId: 'new', loader: truth([{ item: work('held'), heldBy: 'a1' }, { item: work('w1') }, { item: work('w2', { arrivedAt: T - 5 }) }]), onDecisions: (o) => opened.push(o) });
  const answers = await Promise.all([room.arrive(work('n1'), T + 10), room.arrive(work('n2'), T + 10), room.tick(T + 10)]);
  expect(answers.map(code)).toEqual(['ok', 'ok', 'ok']);
  expect(opened.map(kinds)).toEqual([['offer w2 a2']]);
  // What arrived in the same moment goes by id, and no two have the same place.
  expect(await Promise.all(['n1', 'n2', 'w1'].map((id) => room.position(id)))).toEqual([1, 2, 3].map((position) => ({ position, waiting: 3, expectedSeconds: null })));
  expect(await room.snapshot()).toMatchObject({
    queues: [{ queueId: 'q1', waiting: 3, waitingByChannel: { voice: 3 }, oldestArrivedAt: T - 5, offered: 1, offeredByChannel: { voice: 1 }, assigned: 1 }],
    agents: [{ agentId: 'a1', state: 'busy', load: 100, overMaximum: false }, { agentId: 'a2', state: 'busy' }],
  });
});

test('two processes that find it empty build it once', async () => {
  const loader = truth([{ item: work('w1') }, { item: work('w2') }, { item: work('w3') }]);
  const rooms = [1, 2, 3].map(() => createWaitingRoom({ redis: server.client(), companyId: 'both', loader }));
  await Promise.all(rooms.map((room) => room.tick(T)));
  const [room] = rooms;
  expect((await room?.snapshot())?.queues[0]).toMatchObject({ waiting: 1, offered: 2 });
});

test('expected waits are learnt from starts, and how far off they were', async () => {
  const room = createWaitingRoom({ redis: server.client(), companyId: 'learn', loader: truth([]) });
  for (let i = 0; i < 8; i += 1) await room.arrive(work(`i${i}`, { arrivedAt: T + i, autoAccept: true }), T + i);
  for (let i = 0; i < 4; i += 1) await room.done({ itemId: `i${i}`, agentId: i % 2 === 0 ? 'a1' : 'a2' }, T + 10_000 * (i + 1));
  expect(await room.expectedWait('q1')).toMatchObject({ waiting: 2, seconds: 20 });
  await room.arrive(work('last', { arrivedAt: T + 40_001 }), T + 40_001);
  expect(await room.position('last')).toEqual({ position: 3, waiting: 3, expectedSeconds: 30 });
});

test('after a SIGKILL of Redis nothing is matched from its old memory, and late answers are refused', async () => {
  const redis = server.client();
  const items: StoredItem[] = [{ item: work('w1') }, { item: work('w2') }, { item: work('w3') }];
  const room = createWaitingRoom({ redis, companyId: 'crash', loader: truth(items) });
  await room.tick(T);
  const before = await room.item('w1');
  await wait(1100);
  await server.kill();
  await server.start();
  const bare = createWaitingRoom({ redis: server.client(), companyId: 'crash' });
  expect(code(await bare.accept(before?.offerId ?? '', before?.agentId ?? '', T + 1))).toBe('starting');
  items[0] = { item: work('w1'), heldBy: 'a1' };
  expect(code(await room.accept(before?.offerId ?? '', before?.agentId ?? '', T + 2))).toBe('already-assigned');
  expect(await room.item('w1')).toMatchObject({ state: 'assigned', agentId: 'a1' });
  expect(await room.item('w2')).toMatchObject({ state: 'offered', agentId: 'a2' });
  expect(await room.item('w3')).toMatchObject({ state: 'waiting' });
});

test('a room whose records another release laid out otherwise is not read, but rebuilt', async () => {
  const redis = server.client();
  const opened: Outcome[] = [];
  const room = createWaitingRoom({ redis, companyId: 'layout', loader: truth([{ item: work('w1') }]), onDecisions: (o) => opened.push(o) });
  await room.tick(T);
  const [run] = ((await redis.hget(roomKey('layout'), 'run')) ?? '').split('/');
  await redis.hset(roomKey('layout'), { run: `${run}/otherwise`, head: 'theirs' });
  await room.tick(T + 1);
  expect(opened.map(kinds)).toEqual([['offer w1 a1'], ['offer w1 a1']]);
  expect(await redis.hget(roomKey('layout'), 'run')).not.toContain('otherwise');
});

test('a call that breaks off half way shuts the room, and the next one finds it rebuilt', async () => {
  const redis = server.client();
  const room = createWaitingRoom({ redis, companyId: 'half', loader: truth([{ item: work('w1') }, { item: work('w2') }, { item: work('w3') }]) });
  await room.tick(T);
  await room.accept((await room.item('w1'))?.offerId ?? '', 'a1', T);
  const generation = await redis.hget(roomKey('half'), 'gen');
  const waitingSet = (await redis.keys('*{t:half}*:w:*'))[0] ?? '';
  await redis.del((await redis.keys('*{t:half}*:i:w3'))[0] ?? '');
  await redis.set(waitingSet, 'not a sorted set');
  await expect(room.done({ itemId: 'w1', agentId: 'a1' }, T + 1)).rejects.toThrow(/broke off and the room is rebuilt: .*WRONGTYPE/);
  expect(code(await createWaitingRoom({ redis, companyId: 'half' }).tick(T + 2))).toBe('starting');
  expect(code(await room.tick(T + 3))).toBe('ok');
  expect([await room.item('w1'), await room.item('w3')]).toMatchObject([{ state: 'offered' }, { state: 'waiting' }]);
  expect(await redis.hget(roomKey('half'), 'gen')).not.toBe(generation);
});
