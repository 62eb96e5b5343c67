import type { Redis } from 'ioredis';
import { simulatedChanges, simulatedLoad } from '../../../protocol';
import { comparePlans } from '../../../queues/simulate/play-plan';
import { planOf } from '../../../queues/simulate/plan';
import { forgetOldRuns } from '../../../queues/simulate/run';
import { type PrivateRedis, startPrivateRedis } from '../room/private-redis';
import { erlangA } from './exact';

let server: PrivateRedis;
let redis: Redis;
beforeAll(async () => { server = await startPrivateRedis(); redis = server.client(); });
afterAll(() => server.stop());

const load = simulatedLoad.parse({
  queues: [{ name: 'Calls', order: 'fifo', targetSeconds: 20 }, { name: 'French', order: 'fifo', requirement: { fr: 3 } }],
  agents: [{ name: 'team', count: 10, queues: ['Calls'], shifts: [{ from: 0, to: 2000 }] }, { name: 'french', count: 2, queues: ['French'], skills: { fr: 4 }, shifts: [{ from: 0, to: 600 }, { from: 700, to: 2000 }] }],
  arrivals: [{ queue: 'Calls', intervalMinutes: 2000, counts: [4800], handleSeconds: 300, patienceSeconds: 120 }, { queue: 'French', intervalMinutes: 2000, counts: [100], handleSeconds: 300 }],
});
const compare = (changes: unknown, runs = 5) => comparePlans(redis, planOf(load), { changes: simulatedChanges.parse(changes), runs, seed: 11 });

test('a described load agrees with Erlang A, and more agents serve the same customers better', async () => {
  const { before, after } = await compare({ queues: [{ queue: 'Calls', agents: 4 }] });
  const exact = erlangA({ agents: 10, lambda: 2.4, mean: 5, threshold: 20 / 60 }, 2);
  const [calls, , all] = before;
  expect(Math.abs((calls?.serviceLevel ?? 0) - (exact['sl_served_of_all'] ?? 0))).toBeLessThan(0.02);
  expect(Math.abs((calls?.abandonment ?? 0) - (exact['p_abandon'] ?? 0))).toBeLessThan(0.015);
  expect(Math.abs((calls?.asaSeconds ?? 0) / 60 - (exact['asa_all_min'] ?? 0))).toBeLessThan(0.04);
  expect(Math.abs((calls?.occupancy ?? 0) - (exact['occupancy'] ?? 0))).toBeLessThan(0.02);
  expect(after[0]?.arrived).toBe(calls?.arrived);
  const more = erlangA({ agents: 14, lambda: 2.4, mean: 5, threshold: 20 / 60 }, 2);
  expect(Math.abs((after[0]?.serviceLevel ?? 0) - (more['sl_served_of_all'] ?? 0))).toBeLessThan(0.02);
  expect(after[1]).toEqual(before[1]);
  expect(all?.queue).toBe('');
}, 120_000);

test('work that nobody on shift may have waits, and is served when the requirement goes', async () => {
  const { before, after } = await compare({ agents: [{ agent: 'french', skills: {} }], queues: [] }, 2);
  expect(before[1]?.serviceLevel).toBeGreaterThan(0.7);
  expect(after[1]).toMatchObject({ answered: 0, unanswered: 1 });
  const opened = await compare({ agents: [{ agent: 'french', skills: {} }], queues: [{ queue: 'French', requirement: {} }] }, 2);
  expect(opened.after[1]?.answered).toBe(opened.before[1]?.answered);
}, 120_000);

test('what is not there cannot be changed', async () => {
  await expect(compare({ queues: [{ queue: 'Nowhere', agents: 1 }] })).rejects.toThrow('There is no queue "Nowhere" to change');
  await expect(compare({ agents: [{ agent: 'nobody', count: 1 }] })).rejects.toThrow('There is no agent "nobody" to change');
});

test('what a killed simulation left goes when the next one begins; one that may still run stays', async () => {
  const keys = [Date.now() - 7 * 3_600_000, Date.now() - 60_000].map((at) => `{t:sim-${at.toString(36)}-1-1}:room:1:hd`);
  await redis.mset(keys.flatMap((key) => [key, 'left']));
  await forgetOldRuns(redis);
  expect(await redis.mget(keys)).toEqual([null, 'left']);
});
