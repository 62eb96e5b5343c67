import { fail } from '../errors';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import type { Doc, Maybe } from '../bson/value';
import type { Scope } from '../expression/scope';
import type { Collection } from '../storage/catalog';
import type { Environment } from '../storage/environment';
import { compileMatch } from './match';
import type { Match } from './match';
import { compileSort } from './order';
import type { Sort } from './order';
import { makePlan } from './planner';
import type { Plan } from './planner';
import { compileProjection } from './project';
import { scan } from './scan';
import type { Work } from './scan';

/** What a find asks for. */
export interface FindSpec {
  filter: Doc;
  sort?: Doc | undefined;
  projection?: Doc | undefined;
  skip?: number;
  /** 0 means all. */
  limit?: number;
  hint?: Maybe;
  scope?: Scope | undefined;
}

export type Bytes = Generator<Buffer | null, undefined>;

/** A find that is ready to run. */
export interface Prepared {
  plan: Plan;
  stream: Bytes;
  work: Work;
  blockingSort: boolean;
}

/** How much a sort without an index may hold. */
const SORT_MEMORY = 100 * 1024 * 1024;

interface Keyed {
  key: Maybe[];
  bytes: Buffer;
  order: number;
}

/** Sorts a stream in memory; with `top`, only the first so many are kept. */
export function* sortStream(source: Iterable<Buffer | null>, sort: Sort, top: number): Bytes {
  let kept: Keyed[] = [];
  let size = 0;
  let order = 0;
  const byKey = (a: Keyed, b: Keyed): number => sort.compare(a.key, b.key) || a.order - b.order;
  const shrink = (): void => {
    kept.sort(byKey);
    kept = kept.slice(0, top);
    size = kept.reduce((sum, item) => sum + item.bytes.length, 0);
  };
  for (const bytes of source) {
    if (bytes === null) {
      yield null;
      continue;
    }
    kept.push({ key: sort.key(decode(bytes, sort.tops)), bytes, order: order++ });
    size += bytes.length + 64;
    if (kept.length >= top * 2 + 100) shrink();
    if (size > SORT_MEMORY) shrink();
    if (size > SORT_MEMORY) {
      fail(292, 'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.');
    }
    if (order % 64 === 0) yield null;
  }
  kept.sort(byKey);
  for (const item of kept.slice(0, top)) yield item.bytes;
}

/** What is left of a stream after so many, and at most so many of it; a limit of 0 is none. */
export function* window<T>(source: Iterable<T | null>, skip: number, limit: number): Generator<T | null, undefined> {
  let seen = 0;
  for (const item of source) {
    if (item === null) yield null;
    else if (++seen > skip) yield item;
    else if (seen % 64 === 0) yield null;
    if (limit > 0 && seen >= skip + limit) return;
  }
}

function* projected(source: Iterable<Buffer | null>, spec: Doc, how: { match: Match; scope: Scope | undefined }): Bytes {
  const projection = compileProjection(spec, how);
  for (const bytes of source) yield bytes && encode(projection.apply(decode(bytes, projection.needs)));
}

function* found(environment: Environment, collection: Collection, given: { plan: Plan; match: Match; work: Work }): Bytes {
  for (const item of scan(environment, collection, given)) yield item && item.bytes;
}

/** Plans a find and prepares its stream; the documents come in their stored bytes unless there is a projection. */
export function prepareFind(environment: Environment, collection: Collection, spec: FindSpec): Prepared {
  const match = compileMatch(spec.filter, spec.scope);
  const sort = spec.sort && spec.sort.size > 0 ? compileSort(spec.sort) : undefined;
  const plan = makePlan(collection, { filter: spec.filter, sort: sort?.fields, hint: spec.hint });
  const work: Work = { keys: 0, documents: 0 };
  const skip = spec.skip ?? 0;
  const limit = spec.limit ?? 0;
  let stream: Bytes = found(environment, collection, { plan, match, work });
  const blockingSort = sort !== undefined && !plan.sorted;
  if (blockingSort) stream = sortStream(stream, sort, limit === 0 ? Infinity : skip + limit);
  if (skip > 0 || limit > 0) stream = window(stream, skip, limit);
  if (spec.projection && spec.projection.size > 0) stream = projected(stream, spec.projection, { match, scope: spec.scope });
  return { plan, stream, work, blockingSort };
}
