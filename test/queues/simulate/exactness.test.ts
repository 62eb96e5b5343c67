import type { Redis } from 'ioredis';
import { simulateVectors, type VectorFile, type VectorRow } from '../../../queues/simulate/vectors';
import { type PrivateRedis, startPrivateRedis } from '../room/private-redis';
import { erlangA, erlangC, longestIdle } from './exact';

let servers: PrivateRedis[] = [];
let redises: Redis[] = [];
beforeAll(async () => {
  servers = await Promise.all([startPrivateRedis(), startPrivateRedis()]);
  redises = servers.map((s) => s.client());
});
afterAll(() => Promise.all(servers.map((s) => s.stop())));

const cCases: [string, number, number, number, number][] = [['C1', 1, 0.8, 1, 60], ['C2', 5, 4, 1, 15], ['C3', 10, 1.6, 5, 20], ['C4', 14, 2, 5, 20]];
const aCases: [string, number, number, number, number, number][] = [['A2', 10, 2, 5, 5, 20], ['A3', 10, 2.4, 5, 2, 20]];
const graphs: [string, number[], number[][]][] = [
  ['S3', [1.2, 1.6], [[0], [0], [0, 1], [1]]],
  ['S6', [3, 2.5, 2], [[0], [0], [0], [1], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]],
];

/** Agents, arrivals a minute, mean minutes of service. */
type Load = [number, number, number];

function file(): VectorFile {
  const queueing = ([agents, lambda, mean]: Load, seconds: number) => ({ agents, lambda, mean, threshold: seconds / 60 });
  const fields = (id: string, [agents, lambda, mean]: Load) => ({ id, agents, arrivals_per_min: lambda, mean_service_min: mean });
  return {
    erlangC: { cases: cCases.map(([id, n, l, m, s]) => ({ ...fields(id, [n, l, m]), threshold_s: s, ...erlangC(queueing([n, l, m], s)) })) },
    erlangA: { cases: aCases.map(([id, n, l, m, p, s]) => ({ ...fields(id, [n, l, m]), mean_patience_min: p, threshold_s: s, ...erlangA(queueing([n, l, m], s), p) })) },
    alis: {
      cases: graphs.map(([id, lambda, skills]) => {
        const exact = longestIdle({ lambda, mu: skills.map(() => 1), skills });
        return { id, arrivals_per_min: lambda, service_per_min: skills.map(() => 1), skills_of_agent: skills, p_wait: exact.pWait, asa_min: exact.asa, mean_busy: exact.meanBusy };
      }),
    },
  };
}

/** How many half widths an estimate is off. */
const off = (row: VectorRow): number => Math.abs(row.estimate - row.exact) / row.half95;

test('the formulas give the published values', () => {
  expect(erlangC({ agents: 14, lambda: 100 / 30, mean: 3, threshold: 20 / 60 })).toMatchObject({ p_wait: expect.closeTo(0.174, 3) as number, service_level: expect.closeTo(0.888, 3) as number });
  expect(erlangA({ agents: 14, lambda: 100 / 30, mean: 3, threshold: 20 / 60 }, 5)).toMatchObject({ p_wait: expect.closeTo(0.14526, 5) as number, p_abandon: expect.closeTo(0.013984, 6) as number, sl_served_of_all: expect.closeTo(0.916792, 6) as number });
  const w = longestIdle({ lambda: [1, 1, 0.5], mu: [1, 1, 1], skills: [[0, 1], [1, 2], [0, 2]] });
  expect(w.pWait[2]).toBeCloseTo(0.706, 4);
  expect(w.asa[0]).toBeCloseTo(1.6611, 4);
});

test('the real script under a virtual clock agrees with queueing theory: 5 runs of 20,000 arrivals a case', async () => {
  const rows = await simulateVectors(file(), { redises, precision: { runs: 5, arrivalsPerRun: 20_000, maxArrivals: 100_000 }, seed: 7 });
  expect(new Set(rows.map((r) => r.case)).size).toBe(8);
  const missed = rows.filter((row) => off(row) > 1);
  expect(rows.filter((row) => !(off(row) <= 2))).toEqual([]);
  expect({ missed: missed.length <= rows.length * 0.1, rows: missed }).toMatchObject({ missed: true });
  for (const row of rows) expect(row.half95).toBeLessThan(Math.max(0.05, 0.25 * row.exact));
}, 900_000);
