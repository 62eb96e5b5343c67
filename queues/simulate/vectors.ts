import { readFile, writeFile } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import type { AgentProfile } from '../roster/agent';
import type { QueueRule } from '../room/queue-rule';
import { type Experiment, experimentOn, type Figures, type Measures, type Precision, type Stream } from './experiment';
import type { Template } from './run';

/** One comparison. `exact_half95` is there when the reference is itself simulated. */
export interface VectorRow { case: string; measure: string; exact: number; estimate: number; half95: number; arrivals: number; exact_half95?: number }

interface ErlangCase {
  id: string; agents: number; arrivals_per_min: number; mean_service_min: number; mean_patience_min?: number; threshold_s: number;
  [measure: string]: number | string | undefined;
}
interface AlisCase { id: string; arrivals_per_min: number[]; service_per_min: number[]; skills_of_agent: number[][]; p_wait?: number[]; asa_min?: number[]; mean_busy?: number }
interface Simulated { mean: number; half95: number }
const poolingMeasures = ['p_wait', 'asa_min', 'service_level', 'p_block'] as const;
type PoolingMeasure = (typeof poolingMeasures)[number];
interface PoolingRow extends Record<PoolingMeasure, Simulated> { skills_per_agent: number; freed_agent_rule: string }
interface Pooling {
  setup: { classes: number; agents: number; extra_places_shared: number; mean_service_min: number; threshold_s: number };
  loads: { offered_load: number; arrivals_per_min_total: number; exact_full_pooling?: Record<PoolingMeasure, number>; simulated: PoolingRow[] }[];
}
/** The file's shape; whatever else it holds is left alone. */
export interface VectorFile { erlangC?: { cases: ErlangCase[] }; erlangA?: { cases: ErlangCase[] }; alis?: { cases: AlisCase[] }; pooling?: Pooling }

/** A case made ready to be simulated. */
export interface Planned { id: string; experiment: Experiment; measures: Measures; exact: Record<string, { value: number; half95?: number }> }

const rule: QueueRule = { id: 'q', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 0 };
const template = (requirement: Record<string, number>): Template => ({
  item: { version: 1, queueId: 'q', channel: 'voice', weight: 100, rings: [{ afterSeconds: 0, requirement }], offerSeconds: 20, autoAccept: true },
});
const agent = (i: number, skills: Record<string, number>): AgentProfile => ({ id: `a${i}`, queueIds: ['q'], skills, maxima: {}, capacity: 100 });
const admitted = (f: Figures): number => f.total.arrived - f.total.blocked;

const totals: Measures = {
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
};

function erlang(one: ErlangCase): Planned {
  const stream: Stream = { ratePerMin: one.arrivals_per_min, meanServiceMin: one.mean_service_min, meanPatienceMin: one.mean_patience_min ?? null };
  const all: Measures = { ...totals, occupancy: (f) => f.total.busyMin / f.spanMin / one.agents };
  const names = Object.keys(all).filter((name) => typeof one[name] === 'number');
  const agents = Array.from({ length: one.agents }, (_, i) => agent(i, {}));
  return {
    id: one.id, measures: Object.fromEntries(names.map((name) => [name, all[name] as Measures[string]])),
    exact: Object.fromEntries(names.map((name) => [name, { value: Number(one[name]) }])),
    experiment: { setting: { queues: [rule], agents, templates: [template({})] }, streams: [stream], thresholdMin: one.threshold_s / 60 },
  };
}

function alis(one: AlisCase): Planned {
  const streams = one.arrivals_per_min.map((ratePerMin): Stream => ({ ratePerMin, meanServiceMin: 1, meanPatienceMin: null }));
  const agents = one.skills_of_agent.map((classes, i) => ({
    ...agent(i, Object.fromEntries(classes.map((c) => [`s${c}`, 1]))), speed: one.service_per_min[i] ?? 1,
  }));
  const measures: Record<string, Measures[string]> = {};
  const exact: Planned['exact'] = {};
  streams.forEach((_, c) => {
    const tally = (f: Figures) => f.streams[c] ?? f.total;
    if (one.p_wait) { measures[`p_wait[${c}]`] = (f) => tally(f).waited / tally(f).arrived; exact[`p_wait[${c}]`] = { value: one.p_wait[c] ?? NaN }; }
    if (one.asa_min) { measures[`asa_min[${c}]`] = (f) => tally(f).waitMin / tally(f).arrived; exact[`asa_min[${c}]`] = { value: one.asa_min[c] ?? NaN }; }
  });
  if (one.mean_busy !== undefined) { measures.mean_busy = (f) => f.total.busyMin / f.spanMin; exact.mean_busy = { value: one.mean_busy }; }
  const templates = streams.map((_, c) => template({ [`s${c}`]: 1 }));
  return { id: one.id, measures, exact, experiment: { setting: { queues: [rule], agents, templates }, streams, thresholdMin: 0 } };
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

/** The reference of each number of skills: simulated with the same rule, or exact where everybody can do everything (M/M/n/k). */
function poolingReferences({ setup, loads }: Pooling): { load: Pooling['loads'][number]; skills: number; exact: Planned['exact'] }[] {
  const named = (value: (name: PoolingMeasure) => Planned['exact'][string]): Planned['exact'] => Object.fromEntries(poolingMeasures.map((name) => [name, value(name)]));
  return loads.flatMap((load) => {
    const rows = load.simulated.filter((row) => row.freed_agent_rule === 'oldest_of_all_own_skills' || row.skills_per_agent === 1);
    const full = load.exact_full_pooling;
    return [
      ...rows.map((row) => ({ load, skills: row.skills_per_agent, exact: named((name) => ({ value: row[name].mean, half95: row[name].half95 })) })),
      ...(full ? [{ load, skills: setup.classes, exact: named((name) => ({ value: full[name] })) }] : []),
    ];
  });
}

function pooling(given: Pooling): Planned[] {
  const { setup } = given;
  return poolingReferences(given).map(({ load, skills, exact }): Planned => {
    const streams = Array.from({ length: setup.classes }, (): Stream => ({ ratePerMin: load.arrivals_per_min_total / setup.classes, meanServiceMin: setup.mean_service_min, meanPatienceMin: null }));
    const agents = Array.from({ length: setup.agents }, (_, i) =>
      agent(i, Object.fromEntries(poolingSkills(i, setup.classes, skills).map((c, place) => [`s${c}`, Math.max(1, 5 - place)]))));
    return {
      id: `pooling-${load.offered_load}-k${skills}`, exact,
      measures: Object.fromEntries(poolingMeasures.map((name) => [name, totals[name] as Measures[string]])),
      experiment: {
        setting: { queues: [{ ...rule, select: 'most-skilled' }], agents, templates: streams.map((_, c) => template({ [`s${c}`]: 1 })), places: setup.extra_places_shared },
        streams, thresholdMin: setup.threshold_s / 60,
      },
    };
  });
}

/** The cases of a file that the engine can be held against: Erlang C and A, several skills, and pooling by the oldest of all own skills. */
export function plansOf(file: VectorFile): Planned[] {
  return [...(file.erlangC?.cases ?? []).map(erlang), ...(file.erlangA?.cases ?? []).map(erlang), ...(file.alis?.cases ?? []).map(alis), ...(file.pooling ? pooling(file.pooling) : [])];
}

/** Cases get streams of their own, so that their misses are independent. */
function seedOf(id: string): number {
  return [...id].reduce((a, letter) => (Math.imul(a, 31) + letter.charCodeAt(0)) | 0, 7);
}

/** How a file is simulated. */
export interface VectorOptions {
  /** One or more Redis servers; each keeps a core busy. */
  redises: readonly Redis[];
  /** Only these cases, e.g. ['C1', 'S3']. Default: all. */
  only?: readonly string[];
  /** Default: 20 runs, prolonged until half widths are at most 2 % or 0.01, at most 6,000,000 arrivals a case. */
  precision?: Precision;
  seed?: number;
  onCase?: (rows: readonly VectorRow[]) => void;
  /** Where to write the rows as JSON. */
  jsonFile?: string;
}

/** Drives the real script under a virtual clock through every case of a file and sets the estimates beside the exact values. */
export async function simulateVectors(source: string | VectorFile, options: VectorOptions): Promise<VectorRow[]> {
  const file = typeof source === 'string' ? (JSON.parse(await readFile(source, 'utf8')) as VectorFile) : source;
  const precision = options.precision ?? { runs: 20, arrivalsPerRun: 10_000, maxArrivals: 6_000_000 };
  const rows: VectorRow[] = [];
  for (const plan of plansOf(file).filter((p) => !options.only || options.only.includes(p.id))) {
    const result = await experimentOn(options.redises, plan.experiment, { measures: plan.measures, precision, seed: (options.seed ?? 20_261_121) + seedOf(plan.id) });
    const mine = Object.entries(plan.exact).map(([measure, exact]): VectorRow => {
      const { value, half95 } = result.estimates[measure] ?? { value: NaN, half95: NaN };
      return { case: plan.id, measure, exact: exact.value, estimate: value, half95, arrivals: result.arrivals, ...(exact.half95 === undefined ? {} : { exact_half95: exact.half95 }) };
    });
    rows.push(...mine);
    options.onCase?.(mine);
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
  return rows;
}
