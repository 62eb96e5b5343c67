import { fail } from '../errors';
import { equal } from '../bson/compare';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { idBuffer } from '../storage/catalog';
import type { Collection, Index } from '../storage/catalog';
import { after, boundsOf, conjuncts } from './bounds';
import type { Bounds, Interval } from './bounds';
import { implies } from './implies';
import type { SortField } from './order';

/** A stretch of index keys; `prefix` bytes are the same in all of them. */
export interface Range {
  start: Buffer;
  end: Buffer;
  prefix: number;
  /** Set when the range is one key of a unique index. */
  exact: boolean;
}

/** How documents are found. Whatever is found is matched against the filter again. */
export interface Plan {
  index?: Index;
  ranges: Range[];
  reverse: boolean;
  /** The wanted order comes out by itself. */
  sorted: boolean;
  /** The ranges must be merged by what follows their prefix, to be in order. */
  merge: boolean;
  /** The plans of the branches of an `$or`. */
  branches?: Plan[];
  /** Nothing can match. */
  empty?: boolean;
}

export interface Wanted {
  filter: Doc;
  sort: readonly SortField[] | undefined;
  hint?: Maybe;
}

const MOST_RANGES = 500;
const KEPT = 1884;
/** The score of a plan that looks up one key of a unique index: nothing beats it. */
const ONE_KEY = 1000;

function inverted([low, high]: Interval): Interval {
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte));
  return [after(flip(high)), after(flip(low))];
}

function clipped(start: Buffer, end: Buffer): Pick<Range, 'start' | 'end'> {
  return { start: start.length > KEPT ? start.subarray(0, KEPT) : start, end: end.length > KEPT ? after(end.subarray(0, KEPT)) : end };
}

interface Draft {
  index: Index;
  ranges: Range[];
  /** How many leading fields are fixed to single values. */
  fixed: number;
  /** How many leading fields are fixed to one value each. */
  single: number;
  score: number;
  present: boolean;
}

/** Whether a field before this one may be in the same array: two conditions can be met by two items, which have two keys. */
function sharesArray(index: Index, at: number): boolean {
  return index.multikey[at]! && index.fields.some(({ top }, i) => i < at && index.multikey[i] && top === index.fields[at]!.top);
}

function draft(index: Index, given: ReadonlyMap<string, Value[]>): Draft {
  let prefixes: Buffer[] = [idBuffer(index.id)];
  const out: Draft = { index, ranges: [], fixed: 0, single: 0, score: 0, present: false };
  let last: Bounds | undefined;
  for (const [i, field] of index.fields.entries()) {
    const conditions = given.get(field.path);
    const bounds = conditions && boundsOf(conditions, index.multikey[i]!);
    if (!bounds || sharesArray(index, i)) break;
    if (!bounds.nullish) out.present = true;
    const intervals = field.descending ? bounds.intervals.map(inverted).reverse() : bounds.intervals;
    if (!bounds.points || prefixes.length * intervals.length > MOST_RANGES) {
      last = { ...bounds, intervals };
      break;
    }
    prefixes = prefixes.flatMap((prefix) => intervals.map(([low]) => Buffer.concat([prefix, low])));
    out.fixed++;
    if (intervals.length === 1 && out.single === i) out.single++;
    out.score += 10;
  }
  if (last) out.score += 5;
  const whole = out.fixed === index.fields.length && index.unique;
  if (whole && prefixes.length === 1) out.score += ONE_KEY;
  for (const prefix of prefixes) {
    const stretches = last ? last.intervals.map(([low, high]): Interval => [Buffer.concat([prefix, low]), Buffer.concat([prefix, high])]) : [[prefix, after(prefix)] as Interval];
    for (const [start, end] of stretches) {
      out.ranges.push({ ...clipped(start, end), prefix: prefix.length, exact: whole && start.length < KEPT });
    }
  }
  out.ranges.sort((a, b) => a.start.compare(b.start));
  return out;
}

/** Whether an index gives a sort: forward, backward, by merging its ranges, or not at all. */
function order(found: Draft, sort: readonly SortField[]): Pick<Plan, 'reverse' | 'merge'> | undefined {
  const { index, ranges } = found;
  if (index.cut) return undefined;
  const attempt = (from: number): boolean | undefined => {
    let at = from;
    let reverse: boolean | undefined;
    for (const { path, descending } of sort) {
      const fixed = index.fields.findIndex((field, i) => field.path === path && i < found.single && !index.multikey[i]);
      if (fixed >= 0) continue;
      while (at < found.single && index.fields[at] && index.fields[at]!.path !== path) at++;
      const field = index.fields[at];
      if (!field || field.path !== path || index.multikey[at]) return undefined;
      const back = field.descending !== descending;
      if (reverse !== undefined && reverse !== back) return undefined;
      reverse = back;
      at++;
    }
    return reverse ?? false;
  };
  const straight = attempt(0);
  if (straight !== undefined) return { reverse: straight, merge: false };
  if (ranges.length <= 1 || ranges.length > 100 || index.multikey.slice(0, found.fixed).some(Boolean)) return undefined;
  const merged = attempt(found.fixed);
  return merged === undefined ? undefined : { reverse: merged, merge: true };
}

function usable(index: Index, given: ReadonlyMap<string, Value[]>): boolean {
  if (index.building) return false;
  return !index.partial || implies(given, index.partial.filter);
}

function finish(found: Draft, sort: readonly SortField[] | undefined): { plan: Plan; score: number } {
  const given = sort && sort.length > 0 ? order(found, sort) : undefined;
  const plan = { index: found.index, ranges: found.ranges, reverse: given?.reverse ?? false, merge: given?.merge ?? false, sorted: given !== undefined };
  return { plan: found.ranges.length === 0 ? { ...plan, empty: true } : plan, score: found.score + (given ? 4 : 0) };
}

function chosenByHint(collection: Collection, hint: Value): Index | 'collection' | 'backward' {
  if (isDoc(hint) && hint.has('$natural')) return Number(hint.get('$natural')) < 0 ? 'backward' : 'collection';
  const index = collection.indexes.find((one) => (typeof hint === 'string' ? one.name === hint : equal(one.spec.get('key'), hint)));
  return index ?? fail(2, 'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index');
}

function alternatives(collection: Collection, wanted: Wanted): Plan | undefined {
  const list = wanted.filter.get('$or');
  if (!Array.isArray(list)) return undefined;
  const rest = new Map([...wanted.filter].filter(([name]) => name !== '$or'));
  const branches: Plan[] = [];
  for (const item of list) {
    const plan = makePlan(collection, { filter: new Map<string, Value>([['$and', [item, rest]]]), sort: undefined });
    if (!plan.index && !plan.branches && !plan.empty) return undefined;
    branches.push(plan);
  }
  return { branches, ranges: [], reverse: false, sorted: false, merge: false };
}

/** Chooses how to find the documents of a filter in the wanted order. */
export function makePlan(collection: Collection, wanted: Wanted): Plan {
  const { filter, sort, hint } = wanted;
  const scan: Plan = { ranges: [], reverse: false, sorted: false, merge: false };
  const natural = sort?.[0]?.path === '$natural' ? sort[0] : undefined;
  if (natural) return { ...scan, reverse: natural.descending, sorted: true };
  const given = conjuncts(filter);
  if (hint !== undefined && hint !== null && !(isDoc(hint) && hint.size === 0)) {
    const index = chosenByHint(collection, hint);
    if (typeof index === 'string') return { ...scan, reverse: index === 'backward' };
    if (index.partial && !usable(index, given)) return scan;
    return finish(draft(index, given), sort).plan;
  }
  let best: { plan: Plan; score: number } | undefined;
  for (const index of collection.indexes) {
    const first = index.fields[0]!.path;
    if ((!given.has(first) && sort?.[0]?.path !== first) || !usable(index, given)) continue;
    const found = draft(index, given);
    if (index.sparse && !found.present) continue;
    const candidate = finish(found, sort);
    if (candidate.score > (best?.score ?? 0)) best = candidate;
    if (candidate.score >= ONE_KEY) break;
  }
  if (best && best.score > 4) return best.plan;
  return alternatives(collection, wanted) ?? best?.plan ?? scan;
}
