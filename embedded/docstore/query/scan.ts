import { fail } from '../errors';
import type { Doc, Value } from '../bson/value';
import { doc } from '../bson/value';
import { idBuffer, recordKey } from '../storage/catalog';
import type { Collection, Index } from '../storage/catalog';
import type { Environment } from '../storage/environment';
import type { Match } from './match';
import type { Plan, Range } from './planner';

/** A document that was found; `null` in a stream of them is a moment to let others work. */
export interface Found {
  record: number;
  bytes: Buffer;
}

/** What a scan looked at. */
export interface Work {
  keys: number;
  documents: number;
}

const BREATHE = 64;

function recordOf(environment: Environment, index: Index, key: Buffer): number | undefined {
  if (index.gone) fail(175, `index '${index.name}' dropped`);
  if (!index.unique) return key.readUIntBE(key.length - 6, 6);
  return environment.peek(environment.entries, key)?.readUIntBE(0, 6);
}

function* mergeRanges(environment: Environment, plan: Plan): Generator<Buffer> {
  const sources = plan.ranges.map((range) => ({ range, keys: environment.each(environment.entries, { ...range, reverse: plan.reverse }) }));
  const heads = sources.map(({ range, keys }) => ({ range, keys, next: keys.next() }));
  const tail = (key: Buffer, range: Range): Buffer => key.subarray(range.prefix);
  for (;;) {
    let best: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (!best) {
        best = head;
        continue;
      }
      const order = tail(head.next.value, head.range).compare(tail(best.next.value as Buffer, best.range));
      if (plan.reverse ? order > 0 : order < 0) best = head;
    }
    if (!best) return;
    yield best.next.value as Buffer;
    best.next = best.keys.next();
  }
}

function* records(environment: Environment, collection: Collection, plan: Plan): Generator<number> {
  if (plan.empty) return;
  if (plan.branches) {
    for (const branch of plan.branches) yield* records(environment, collection, branch);
    return;
  }
  const { index } = plan;
  if (!index) {
    const range = { start: idBuffer(collection.id), end: idBuffer(collection.id + 1), reverse: plan.reverse };
    for (const key of environment.each(environment.documents, range)) yield key.readUIntBE(4, 6);
    return;
  }
  if (plan.merge) {
    for (const key of mergeRanges(environment, plan)) {
      const record = recordOf(environment, index, key);
      if (record !== undefined) yield record;
    }
    return;
  }
  for (const range of plan.reverse ? [...plan.ranges].reverse() : plan.ranges) {
    const keys = range.exact ? [range.start] : environment.each(environment.entries, { ...range, reverse: plan.reverse });
    for (const key of keys) {
      const record = recordOf(environment, index, key);
      if (record !== undefined) yield record;
    }
  }
}

function repeats(plan: Plan): boolean {
  return plan.branches !== undefined || plan.index?.multikey.some(Boolean) === true;
}

/** The documents of a plan that match, in the plan's order; `null` now and then, when nothing was found for a while. */
export function* scan(environment: Environment, collection: Collection, given: { plan: Plan; match: Match; work?: Work }): Generator<Found | null> {
  const { plan, match, work } = given;
  const seen = repeats(plan) ? new Set<number>() : undefined;
  let quiet = 0;
  for (const record of records(environment, collection, plan)) {
    if (work) work.keys += plan.index || plan.branches ? 1 : 0;
    if (seen?.has(record)) continue;
    const view = environment.peek(environment.documents, recordKey(collection.id, record));
    if (collection.dropped) fail(175, 'collection dropped');
    if (view === undefined) continue;
    if (work) work.documents++;
    if (match.bytes(view)) {
      seen?.add(record);
      quiet = 0;
      yield { record, bytes: Buffer.from(view) };
    } else if (++quiet >= BREATHE) {
      quiet = 0;
      yield null;
    }
  }
}

/** The plan as explain shows it. */
export function explainPlan(plan: Plan, filter: Doc): Doc {
  if (plan.empty && !plan.index) return doc({ stage: 'EOF' });
  if (plan.branches) {
    return doc({ stage: 'FETCH', inputStage: doc({ stage: 'OR', inputStages: plan.branches.map((branch): Value => explainPlan(branch, filter)) }) });
  }
  const direction = plan.reverse ? 'backward' : 'forward';
  if (!plan.index) return doc({ stage: 'COLLSCAN', filter, direction });
  const { index } = plan;
  const scanStage = doc({
    stage: 'IXSCAN', keyPattern: index.spec.get('key'), indexName: index.name, isMultiKey: index.multikey.some(Boolean), isUnique: index.unique,
    isSparse: index.sparse, isPartial: index.partial !== undefined, indexVersion: 2, direction, ranges: plan.ranges.length,
  });
  const input = plan.merge ? doc({ stage: 'SORT_MERGE', inputStages: [scanStage] }) : scanStage;
  return doc({ stage: 'FETCH', filter, inputStage: input });
}
