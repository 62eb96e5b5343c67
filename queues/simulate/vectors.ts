import { writeFile } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import { experimentOn, type Precision } from './experiment';
import { plansOf, type Planned } from './vector-plans';
import { readVectors, type VectorFile } from './vector-file';

/** One comparison. `exact` is null where the file names no value; `exact_half95` is there when the reference is itself simulated; null estimates: nothing of the kind came. */
export interface VectorRow {
  case: string; measure: string; exact: number | null; estimate: number; half95: number; arrivals: number; exact_half95?: number;
  /** Share of the value within which the estimate must be, for tails; without it, the 95 % intervals decide. */
  within?: number;
}

/** How many half widths the estimate is off: beyond 1 it is outside. Null without a reference. */
export function distanceOf(row: VectorRow): number | null {
  if (row.exact === null) return null;
  const difference = Math.abs(row.estimate - row.exact);
  const allowed = row.within === undefined ? Math.hypot(row.half95, row.exact_half95 ?? 0) : row.within * Math.abs(row.exact);
  if (!(difference < Infinity)) return Infinity;
  return difference === 0 ? 0 : difference / allowed;
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

function chosen(plans: readonly Planned[], only: readonly string[] | undefined): readonly Planned[] {
  if (plans.length === 0) throw new Error('There is no case in this file that can be played');
  const unknown = only?.filter((id) => !plans.some((plan) => plan.id === id)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no case ${unknown.join(', ')}; there are ${plans.map((plan) => plan.id).join(', ')}`);
  return plans.filter((plan) => !only || only.includes(plan.id));
}

/** Drives the real script under a virtual clock through every case of a file and sets the estimates beside the exact values. Throws an error that says what is wrong with a file. */
export async function simulateVectors(source: string | VectorFile, options: VectorOptions): Promise<VectorRow[]> {
  const plans = chosen(plansOf(await readVectors(source)), options.only);
  const precision = options.precision ?? { runs: 20, arrivalsPerRun: 10_000, maxArrivals: 6_000_000 };
  const rows: VectorRow[] = [];
  for (const plan of plans) {
    const narrow = Object.keys(plan.exact).filter((measure) => plan.exact[measure]?.within === undefined);
    const result = await experimentOn(options.redises, plan.experiment, { measures: plan.measures, narrow, precision, seed: (options.seed ?? 20_261_121) + seedOf(plan.id) });
    const mine = Object.entries(plan.exact).map(([measure, { value: exact, half95: theirs, within }]): VectorRow => {
      const { value, half95 } = result.estimates[measure] ?? { value: NaN, half95: NaN };
      return { case: plan.id, measure, exact, estimate: value, half95, arrivals: result.arrivals, ...(theirs === undefined ? {} : { exact_half95: theirs }), ...(within === undefined ? {} : { within }) };
    });
    rows.push(...mine);
    options.onCase?.(mine);
  }
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
  return rows;
}
