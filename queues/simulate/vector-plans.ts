import type { AgentProfile } from '../roster/agent';
import type { QueueRule } from '../room/queue-rule';
import type { Experiment, Figures, Measures, Stream, Tally } from './experiment';
import type { Template } from './run';
import { type CheckedFile, type Frontier, type LossCase, type Pooling, type SingleCase, type SkillsCase, speedsOf } from './vector-file';

/** A value to compare with: null where the file names none. `half95` when it is itself simulated; `within` when it need only be as near as this share of it. */
export interface Reference { value: number | null; half95?: number; within?: number }
/** A case made ready to be simulated. */
export interface Planned { id: string; experiment: Experiment; measures: Measures; exact: Record<string, Reference> }

const rule: QueueRule = { id: 'q', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 0 };
const template = (requirement: Record<string, number>, more: Partial<Template['item']> = {}): Template => ({
  item: { version: 1, queueId: 'q', channel: 'voice', weight: 100, rings: [{ afterSeconds: 0, requirement }], offerSeconds: 20, autoAccept: true, ...more },
});
const agent = (i: number, skills: Record<string, number>): AgentProfile => ({ id: `a${i}`, queueIds: ['q'], skills, maxima: {}, capacity: 100 });
const alike = (count: number): AgentProfile[] => Array.from({ length: count }, (_, i) => agent(i, {}));
const admitted = (f: Figures): number => f.total.arrived - f.total.blocked;
const endless = (ratePerMin: number, meanServiceMin: number): Stream => ({ ratePerMin, meanServiceMin, meanPatienceMin: null });

const totals = {
  p_wait: (f) => f.total.waited / admitted(f),
  asa_min: (f) => f.total.waitMin / admitted(f),
  asa_all_min: (f) => f.total.waitMin / f.total.arrived,
  service_level: (f) => f.total.servedInTime / admitted(f),
  p_abandon: (f) => f.total.gaveUp / f.total.arrived,
  p_block: (f) => f.total.blocked / f.total.arrived,
  sl_served_of_all: (f) => f.total.servedInTime / f.total.arrived,
  sl_served_of_served: (f) => f.total.servedInTime / f.total.served,
  sl_served_or_abandoned_of_all: (f) => f.total.onTime / f.total.arrived,
  abandoned_within_threshold_of_all: (f) => f.total.gaveUpInTime / f.total.arrived,
} satisfies Measures;
const patient = ['p_wait', 'asa_min', 'service_level', 'occupancy'] as const;
const impatient = ['p_wait', 'p_abandon', 'asa_all_min', 'sl_served_of_all', 'sl_served_of_served', 'sl_served_or_abandoned_of_all', 'abandoned_within_threshold_of_all', 'occupancy'] as const;

/** Measures beside their references. A case that names no value at all is estimated in full. */
function compared(all: Measures, references: Record<string, Reference>): Pick<Planned, 'measures' | 'exact'> {
  const named = Object.keys(all).filter((name) => references[name]?.value != null);
  const names = named.length > 0 ? named : Object.keys(all);
  return { measures: Object.fromEntries(names.map((name) => [name, all[name] as Measures[string]])), exact: Object.fromEntries(names.map((name) => [name, references[name] ?? { value: null }])) };
}

function loss(one: LossCase): Omit<Planned, 'id'> {
  const setting = { queues: [rule], agents: alike(one.agents), templates: [template({})], places: 0 };
  return { ...compared({ p_block: totals.p_block }, { p_block: { value: one.p_block ?? null } }), experiment: { setting, streams: [endless(one.offered_load, 1)], thresholdsMin: [0] } };
}

function erlang(one: SingleCase): Omit<Planned, 'id'> {
  const stream: Stream = { ratePerMin: one.arrivals_per_min, meanServiceMin: one.mean_service_min, meanPatienceMin: one.mean_patience_min ?? null };
  const known: Measures = { ...totals, occupancy: (f) => f.total.busyMin / f.spanMin / one.agents };
  const names = one.mean_patience_min === undefined ? patient : impatient;
  return {
    ...compared(Object.fromEntries(names.map((name) => [name, known[name] as Measures[string]])), Object.fromEntries(names.map((name) => [name, { value: typeof one[name] === 'number' ? one[name] : null }]))),
    experiment: { setting: { queues: [rule], agents: alike(one.agents), templates: [template({})] }, streams: [stream], thresholdsMin: [one.threshold_s / 60] },
  };
}

function skills(one: SkillsCase): Omit<Planned, 'id'> {
  const speeds = speedsOf(one);
  const agents = one.skills_of_agent.map((classes, i) => ({ ...agent(i, Object.fromEntries(classes.map((c) => [`s${c}`, 1]))), speed: speeds[i] ?? 1 }));
  const measures: Record<string, Measures[string]> = {};
  const references: Record<string, Reference> = {};
  one.arrivals_per_min.forEach((arriving, c) => {
    const ofClass = (part: (tally: Tally) => number) => (f: Figures): number => part(f.streams[c] ?? f.total) / (f.streams[c]?.arrived ?? 0);
    if (arriving === 0) return;
    measures[`p_wait[${c}]`] = ofClass((tally) => tally.waited);
    measures[`asa_min[${c}]`] = ofClass((tally) => tally.waitMin);
    references[`p_wait[${c}]`] = { value: one.p_wait?.[c] ?? null };
    references[`asa_min[${c}]`] = { value: one.asa_min?.[c] ?? null };
  });
  measures.mean_busy = (f) => f.total.busyMin / f.spanMin;
  references.mean_busy = { value: one.mean_busy ?? null };
  return {
    ...compared(measures, references),
    experiment: { setting: { queues: [rule], agents, templates: one.arrivals_per_min.map((_, c) => template({ [`s${c}`]: 1 })) }, streams: one.arrivals_per_min.map((arriving) => endless(arriving, 1)), thresholdsMin: [0] },
  };
}

/** Agent i's classes, the primary first; those after it become lower levels, which 'most-skilled' turns into the order of preference. */
function poolingSkills(i: number, classes: number, k: number): number[] {
  const primary = i % classes;
  const group = Math.floor(i / classes);
  const held = [primary];
  for (let j = 1; j < k; j += 1) {
    let x = (primary + 1 + ((group + j - 1) % (classes - 1))) % classes;
    while (held.includes(x)) x = (x + 1) % classes;
    held.push(x);
  }
  return held;
}

const poolingMeasures = ['p_wait', 'asa_min', 'service_level', 'p_block'] as const;
type PoolingMeasure = (typeof poolingMeasures)[number];

/** The reference of each number of skills: simulated with the same rule, or exact where everybody can do everything (M/M/n/k). */
function poolingReferences({ setup, loads }: Pooling): { load: Pooling['loads'][number]; held: number; references: Record<string, Reference> }[] {
  const named = (value: (name: PoolingMeasure) => Reference): Record<string, Reference> => Object.fromEntries(poolingMeasures.map((name) => [name, value(name)]));
  return loads.flatMap((load) => {
    const rows = load.simulated.filter((row) => row.freed_agent_rule === 'oldest_of_all_own_skills' || row.skills_per_agent === 1);
    const full = load.exact_full_pooling;
    return [
      ...rows.map((row) => ({ load, held: row.skills_per_agent, references: named((name) => ({ value: row[name].mean, half95: row[name].half95 })) })),
      ...(full ? [{ load, held: setup.classes, references: named((name) => ({ value: full[name] })) }] : []),
    ];
  });
}

function pooling(given: Pooling): Planned[] {
  const { setup } = given;
  return poolingReferences(given).map(({ load, held, references }): Planned => {
    const streams = Array.from({ length: setup.classes }, () => endless(load.arrivals_per_min_total / setup.classes, setup.mean_service_min));
    const agents = Array.from({ length: setup.agents }, (_, i) =>
      agent(i, Object.fromEntries(poolingSkills(i, setup.classes, held).map((c, place) => [`s${c}`, Math.max(1, 5 - place)]))));
    return {
      id: `pooling-${load.offered_load}-k${held}`, ...compared(Object.fromEntries(poolingMeasures.map((name) => [name, totals[name]])), references),
      experiment: {
        setting: { queues: [{ ...rule, select: 'most-skilled' }], agents, templates: streams.map((_, c) => template({ [`s${c}`]: 1 })), places: setup.extra_places_shared },
        streams, thresholdsMin: [setup.threshold_s / 60],
      },
    };
  });
}

const orders: Readonly<Record<string, QueueRule['order']>> = { fcfs: 'fifo', static_priority: 'static', edf: 'due' };

/** The rows whose policy is an order of a queue. Tails are held to 25 %. */
function frontier({ setup, rows }: Frontier): Planned[] {
  const ofClass = (f: Figures, c: number): Tally => f.streams[c] ?? f.total;
  const measures: Measures = {
    class0_hit: (f) => ofClass(f, 0).servedInTime / ofClass(f, 0).served, class1_hit: (f) => ofClass(f, 1).servedInTime / ofClass(f, 1).served, both_hit: (f) => f.total.servedInTime / f.total.served,
    class0_p999_wait_min: (f) => f.tailMin(0), class1_p999_wait_min: (f) => f.tailMin(1),
  };
  return rows.flatMap((row): Planned[] => {
    const order = orders[row.policy];
    if (!order) return [];
    const templates = setup.targets_min.map((target, c) => ({ ...template({}, { staticPriority: 1 - c }), dueAfterMs: target * 60_000 }));
    const references = Object.fromEntries(Object.keys(measures).map((name): [string, Reference] => {
      const { mean, half95 } = row[name] as Frontier['rows'][number]['both_hit'];
      return [name, name.includes('p999') ? { value: mean, within: 0.25 } : { value: mean, half95 }];
    }));
    return [{
      id: `frontier-${row.agents}-${row.policy}`, ...compared(measures, references),
      experiment: { setting: { queues: [{ ...rule, order }], agents: alike(row.agents), templates }, streams: setup.arrivals_per_min.map((arriving) => endless(arriving, setup.mean_service_min)), thresholdsMin: setup.targets_min, tails: true },
    }];
  });
}

/** The cases of a file that the engine can play: those of policies and rules that no queue can be set to are left out. */
export function plansOf(file: CheckedFile): Planned[] {
  const named = <T extends { id?: string | undefined }>(part: { cases: T[] } | undefined, kind: string, plan: (one: T) => Omit<Planned, 'id'>): Planned[] =>
    (part?.cases ?? []).map((one, i) => ({ id: one.id ?? `${kind}${i + 1}`, ...plan(one) }));
  return [
    ...named(file.erlangB, 'B', loss), ...named(file.erlangC, 'C', erlang), ...named(file.erlangA, 'A', erlang), ...named(file.alis, 'S', skills),
    ...(file.pooling ? pooling(file.pooling) : []), ...(file.policyFrontier ? frontier(file.policyFrontier) : []),
  ];
}
