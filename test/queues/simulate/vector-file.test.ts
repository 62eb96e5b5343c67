// What a file of reference cases may be: what cannot be played is refused with a sentence that says where.
import { readVectors, type VectorFile } from '../../../queues/simulate/vector-file';
import { plansOf } from '../../../queues/simulate/vector-plans';
import { distanceOf } from '../../../queues/simulate/vectors';
import { unmetLoad } from '../../../queues/simulate/unmet-load';

const graph = { id: 'G', arrivals_per_min: [0.5, 0.4], service_per_min: [1, 1], skills_of_agent: [[0], [0, 1]] };
const single = { id: 'Q', agents: 2, arrivals_per_min: 1, mean_service_min: 1, threshold_s: 20 };
const alis = (change: object): VectorFile => ({ alis: { cases: [{ ...graph, ...change }] } });
const erlangC = (change: object): VectorFile => ({ erlangC: { cases: [{ ...single, ...change }] } });

test.each<[string, VectorFile, RegExp]>([
  ['nobody takes a class', alis({ skills_of_agent: [[0], [0]] }), /alis, case G, arrivals_per_min: more arrives in class 1 than the agents who take it/],
  ['two classes too many for those who share them', alis({ arrivals_per_min: [1.2, 0.9] }), /classes 0, 1 than the agents who take them/],
  ['full to the brim', alis({ arrivals_per_min: [1, 1] }), /classes 0, 1/],
  ['a class that is none', alis({ skills_of_agent: [[0], [0, 2]] }), /agent 1 takes class 2, but the last class is 1/],
  ['nothing arrives', alis({ arrivals_per_min: [0, 0] }), /nothing arrives/],
  ['too few values', alis({ p_wait: [0.5] }), /case G, p_wait: 1 values for 2 classes/],
  ['too few speeds', alis({ service_per_min: [1] }), /service_per_min: 1 values for 2 agents/],
  ['too much for ever', erlangC({ arrivals_per_min: 2 }), /erlangC, case Q: more arrives than these agents can ever work off/],
  ['fewer than nothing', erlangC({ arrivals_per_min: -1 }), /case Q, arrivals_per_min: /],
  ['no agents', erlangC({ agents: 0 }), /case Q, agents: /],
  ['beyond measure', erlangC({ arrivals_per_min: 1e300 }), /case Q, arrivals_per_min: /],
  ['a word for a number', erlangC({ mean_service_min: 'long' }), /case Q, mean_service_min: /],
  ['a list', [] as unknown as VectorFile, /expected object/],
])('refused: %s', async (_what, file, says) => {
  await expect(readVectors(file)).rejects.toThrow(says);
});

test('a file that is not there, and one that is not JSON', async () => {
  await expect(readVectors('/nowhere/vectors.json')).rejects.toThrow('/nowhere/vectors.json cannot be read: ENOENT');
  await expect(readVectors(__filename)).rejects.toThrow(/is not JSON/);
});

test('values that are not given are estimated without one; fields and policies that are not known are left alone', async () => {
  const some = { mean: 0.5, half95: 0.01 };
  const row = { agents: 3, class0_hit: some, class1_hit: some, both_hit: some, class0_p999_wait_min: some, class1_p999_wait_min: some };
  const plans = plansOf(await readVectors({
    note: 'mine', erlangB: { cases: [{ agents: 3, offered_load: 2 }] }, alis: { cases: [{ ...graph, colour: 'blue', arrivals_per_min: [0.5, 0] }] }, erlangC: { cases: [{ ...single, p_wait: 0.3 }] },
    policyFrontier: { setup: { arrivals_per_min: [0.2, 0.2], mean_service_min: 5, targets_min: [0.5, 5] }, rows: [{ ...row, policy: 'edf' }, { ...row, policy: 'accumulating_10_1' }] },
  }));
  expect(plans.map((plan) => [plan.id, Object.keys(plan.measures).length])).toEqual([['B1', 1], ['Q', 1], ['G', 3], ['frontier-3-edf', 5]]);
  expect(plans[2]?.exact).toEqual({ 'p_wait[0]': { value: null }, 'asa_min[0]': { value: null }, mean_busy: { value: null } });
});

test('how far an estimate is off: against an exact value, a simulated one, a tail, none', () => {
  const row = { case: 'Q', measure: 'p_wait', arrivals: 1, estimate: 0.5, half95: 0.03 };
  expect(distanceOf({ ...row, exact: 0.47 })).toBeCloseTo(1);
  expect(distanceOf({ ...row, exact: 0.45, exact_half95: 0.04 })).toBeCloseTo(1);
  expect(distanceOf({ ...row, exact: 0.4, within: 0.25 })).toBeCloseTo(1);
  expect(distanceOf({ ...row, exact: 0.5, half95: 0 })).toBe(0);
  expect(distanceOf({ ...row, exact: 0.5, estimate: NaN })).toBe(Infinity);
  expect(distanceOf({ ...row, exact: null })).toBeNull();
});

test('what cannot be worked off is found on any graph, along chains too', () => {
  const ring = (load: number) => ({ arrivals: Array.from({ length: 40 }, () => load), speeds: Array.from({ length: 40 }, () => 1), skills: Array.from({ length: 40 }, (_, i) => [i, (i + 1) % 40]) });
  expect([unmetLoad(ring(0.99)), unmetLoad(ring(1.01))?.length]).toEqual([null, 40]);
  const chain = { speeds: [1, 1, 1], skills: [[0, 1], [1, 2], [2]] };
  expect(unmetLoad({ ...chain, arrivals: [0.1, 0.1, 2.5] })).toEqual([2]);
  expect(unmetLoad({ ...chain, arrivals: [0.9, 0.9, 1.1] })).toBeNull();
  expect(unmetLoad({ ...chain, arrivals: [0, 0.5, 1.6] })).toBeNull();
});
