import type { Redis } from 'ioredis';
import type { Precision } from '../../../queues/simulate/experiment';
import type { VectorFile } from '../../../queues/simulate/vector-file';
import { distanceOf, simulateVectors, type VectorRow } from '../../../queues/simulate/vectors';
import { type PrivateRedis, startPrivateRedis } from '../room/private-redis';
import { rounds } from '../../support/soak';
import { erlangA, erlangC, longestIdle } from './exact';

let servers: PrivateRedis[] = [];
let redises: Redis[] = [];
beforeAll(async () => {
  servers = await Promise.all([startPrivateRedis(), startPrivateRedis()]);
  redises = servers.map((s) => s.client());
});
afterAll(() => Promise.all(servers.map((s) => s.stop())));

const whole = rounds(0, 1) === 1;
const cCases: [string, number, number, number, number][] = [
  ['C1', 1, 0.8, 1, 60], ['C2', 5, 4, 1, 15], ['C3', 10, 1.6, 5, 20], ['C4', 14, 2, 5, 20], ...(whole ? [['C5', 55, 10, 5, 20], ['C6', 110, 20, 5, 20], ['C7', 1040, 200, 5, 20]] as [string, number, number, number, number][] : []),
];
const aCases: [string, number, number, number, number, number][] = [
  ['A2', 10, 2, 5, 5, 20], ['A3', 10, 2.4, 5, 2, 20],
  ...(whole ? [['A1', 1, 1, 1, 1, 60], ['A4', 50, 48, 1, 2, 30], ['A5', 50, 55, 1, 2, 30], ['A6', 100, 100, 1, 1, 6], ['A7', 100, 120, 1, 0.5, 6], ['A8', 1000, 200, 5, 10, 20]] as [string, number, number, number, number, number][] : []),
];
const everyone = [0, 1, 2, 3, 4];
const graphs: [string, number[], number[][]][] = [
  ['S3', [1.2, 1.6], [[0], [0], [0, 1], [1]]],
  ['S6', [3, 2.5, 2], [[0], [0], [0], [1], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]],
  ...(whole ? [
    ['S1', [0.9, 0.7], [[0], [0, 1]]], ['S2', [1, 1, 0.5], [[0, 1], [1, 2], [0, 2]]],
    ['S4', everyone.map(() => 0.85), everyone.map((i) => [i, (i + 1) % 5])], ['S5', everyone.map(() => 0.85), everyone.map(() => everyone)],
  ] as [string, number[], number[][]][] : []),
];
// Published values of two classes with targets: agents, policy, then mean and half width of the hits of either class and of both, and of the 99.9th percentiles.
type Frontier = [number, string, ...[number, number][]];
const frontierRows: Frontier[] = whole ? [
  [49, 'fcfs', [0.5826, 0.0164], [0.9748, 0.0082], [0.7191, 0.0124], [8.82, 1.14], [8.74, 1.07]], [49, 'static_priority', [0.916, 0.0035], [0.8264, 0.0157], [0.8848, 0.0077], [1.65, 0.05], [24.59, 3.43]],
  [49, 'edf', [0.7933, 0.0152], [0.8428, 0.0152], [0.8105, 0.0152], [7.3, 1.14], [11.73, 1.13]], [52, 'fcfs', [0.8395, 0.0053], [0.9991, 0.0006], [0.8951, 0.0036], [4.79, 0.55], [4.82, 0.54]],
  [52, 'static_priority', [0.968, 0.0012], [0.9721, 0.0034], [0.9694, 0.0016], [1.26, 0.05], [13.16, 1.75]], [52, 'edf', [0.9501, 0.0029], [0.9768, 0.0031], [0.9594, 0.0029], [3.27, 0.6], [7.73, 0.58]],
] : [];
const lossCases: [number, number, number][] = whole ? [[1, 1, 0.5], [5, 3, 0.110054347826], [10, 10, 0.214582343107], [100, 100, 0.0757004527109]] : [];
const precision: Precision = whole ? { runs: 20, arrivalsPerRun: 10_000, maxArrivals: 6_000_000 } : { runs: 5, arrivalsPerRun: 20_000, maxArrivals: 100_000 };

/** Agents, arrivals a minute, mean minutes of service. */
type Load = [number, number, number];

function file(): VectorFile {
  const queueing = ([agents, lambda, mean]: Load, seconds: number) => ({ agents, lambda, mean, threshold: seconds / 60 });
  const fields = (id: string, [agents, lambda, mean]: Load) => ({ id, agents, arrivals_per_min: lambda, mean_service_min: mean });
  const of = ([mean = 0, half95 = 0]: readonly number[] = []) => ({ mean, half95 });
  return {
    erlangB: { cases: lossCases.map(([agents, load, block]) => ({ id: `B${agents}`, agents, offered_load: load, p_block: block })) },
    policyFrontier: {
      setup: { arrivals_per_min: [6, 3.2], mean_service_min: 5, targets_min: [0.5, 5] },
      rows: frontierRows.map(([agents, policy, a, b, both, tailA, tailB]) => ({ agents, policy, class0_hit: of(a), class1_hit: of(b), both_hit: of(both), class0_p999_wait_min: of(tailA), class1_p999_wait_min: of(tailB) })),
    },
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
const off = (row: VectorRow): number => distanceOf(row) ?? NaN;

test('the formulas give the published values', () => {
  expect(erlangC({ agents: 14, lambda: 100 / 30, mean: 3, threshold: 20 / 60 })).toMatchObject({ p_wait: expect.closeTo(0.174, 3) as number, service_level: expect.closeTo(0.888, 3) as number });
  expect(erlangA({ agents: 14, lambda: 100 / 30, mean: 3, threshold: 20 / 60 }, 5)).toMatchObject({ p_wait: expect.closeTo(0.14526, 5) as number, p_abandon: expect.closeTo(0.013984, 6) as number, sl_served_of_all: expect.closeTo(0.916792, 6) as number });
  const w = longestIdle({ lambda: [1, 1, 0.5], mu: [1, 1, 1], skills: [[0, 1], [1, 2], [0, 2]] });
  expect(w.pWait[2]).toBeCloseTo(0.706, 4);
  expect(w.asa[0]).toBeCloseTo(1.6611, 4);
});

test(`the real script under a virtual clock agrees with queueing theory: ${whole ? 'every case until its intervals are narrow' : '5 runs of 20,000 arrivals a case'}`, async () => {
  const rows = await simulateVectors(file(), { redises, precision, seed: 7 });
  expect(new Set(rows.map((r) => r.case)).size).toBe(lossCases.length + cCases.length + aCases.length + graphs.length + frontierRows.length);
  const missed = rows.filter((row) => off(row) > 1);
  process.stdout.write(`exactness: ${rows.length} comparisons in ${new Set(rows.map((r) => r.case)).size} cases, ${missed.length} outside, the farthest ${Math.max(...rows.map(off)).toFixed(2)} half widths\n`);
  expect(rows.filter((row) => !(off(row) <= 2))).toEqual([]);
  expect({ missed: missed.length <= rows.length * 0.1, rows: missed }).toMatchObject({ missed: true });
  for (const row of rows.filter((each) => each.within === undefined)) expect(row.half95).toBeLessThan(whole ? 1.001 * Math.max(0.01, 0.02 * (row.exact ?? 0)) : Math.max(0.05, 0.25 * (row.exact ?? 0)));
}, rounds(900_000, 3_500_000));

// Six classes, 90 agents, 30 shared places, mean service 10 minutes (Wallace and Whitt).
test(`two well-spread skills an agent are almost as good as all six${whole ? '' : ' (a glance)'}`, async () => {
  const nothing = { mean: 0, half95: 0 };
  const row = (skills: number) => ({ skills_per_agent: skills, freed_agent_rule: 'oldest_of_all_own_skills', p_wait: nothing, asa_min: nothing, service_level: nothing, p_block: nothing });
  const pooling = { setup: { classes: 6, agents: 90, extra_places_shared: 30, mean_service_min: 10, threshold_s: 30 }, loads: [{ offered_load: 84, arrivals_per_min_total: 8.4, simulated: [1, 2].map(row), exact_full_pooling: { p_wait: 0, asa_min: 0, service_level: 0, p_block: 0 } }] };
  const rows = await simulateVectors({ pooling }, { redises, precision: whole ? precision : { runs: 4, arrivalsPerRun: 6000, maxArrivals: 1 }, seed: 7 });
  const [alone = 0, two = 0, all = 0] = [1, 2, 6].map((skills) => rows.find((each) => each.case === `pooling-84-k${skills}` && each.measure === 'asa_min')?.estimate);
  const closed = (alone - two) / (alone - all);
  process.stdout.write(`pooling: ASA ${alone.toFixed(3)} with one skill, ${two.toFixed(3)} with two, ${all.toFixed(3)} with all: ${(closed * 100).toFixed(1)} % of the gap closed\n`);
  expect(closed).toBeGreaterThan(whole ? 0.9 : 0.75);
}, rounds(300_000, 3_500_000));
