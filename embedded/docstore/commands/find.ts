import { fail } from '../errors';
import { decode } from '../bson/decode';
import { doc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import type { Reading, Stream } from '../cursors';
import { compileMatch } from '../query/match';
import { compileSort } from '../query/order';
import { compileProjection } from '../query/project';
import { prepareFind } from '../query/find';
import type { FindSpec } from '../query/find';
import { walkPath } from '../query/path';
import { explainPlan } from '../query/scan';
import { valueText } from '../storage/key';
import type { Steps, Store } from '../store';
import { cursorReply, okReply, rawDocument } from './reply';
import { checkNamespace, flag, namespace, notNegative, optionalDoc, optionalNumber, refuseCollation, scopeOf, text } from './request';
import type { Command, Request } from './request';

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;

/** What the fields of a find command ask for. */
export function findSpec(body: Doc): FindSpec {
  refuseCollation(body);
  for (const name of ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData']) {
    const value = body.get(name);
    if (value !== undefined && value !== false) fail(238, `the option ${name} of find is not supported by this store`);
  }
  const limit = optionalNumber(body, 'limit') ?? 0;
  if (limit < 0) fail(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  return {
    filter: optionalDoc(body, 'filter') ?? new Map(), sort: optionalDoc(body, 'sort'), projection: optionalDoc(body, 'projection'),
    skip: notNegative(body, 'skip') ?? 0, limit, hint: body.get('hint'), scope: scopeOf(body),
  };
}

/** Takes documents from a stream until a batch is full. */
function* fillBatch(cursor: Reading, wanted: number): Steps<{ documents: Value[]; ended: boolean }> {
  const documents: Value[] = [];
  const most = Math.min(wanted, cursor.left);
  let size = 0;
  while (documents.length < most) {
    let bytes = cursor.held;
    cursor.held = undefined;
    if (!bytes) {
      const next = cursor.stream.next();
      if (next.done) return { documents, ended: true };
      if (next.value === null) {
        yield;
        continue;
      }
      bytes = next.value;
    }
    if (documents.length > 0 && size + bytes.length > BATCH_BYTES) {
      cursor.held = bytes;
      break;
    }
    size += bytes.length;
    documents.push(rawDocument(bytes));
    if (documents.length % 32 === 0) yield;
  }
  cursor.left -= documents.length;
  return { documents, ended: cursor.left <= 0 };
}

/** Answers the first batch of a stream and keeps a cursor for the rest. */
export function* firstBatch(request: Request, ns: string, given: { stream: Stream; batchSize: number | undefined; single?: boolean; limit?: number }): Steps<Doc> {
  const reading: Reading = { stream: given.stream, held: undefined, left: given.limit || Infinity };
  const { documents, ended } = yield* fillBatch(reading, given.batchSize ?? FIRST_BATCH);
  if (ended || given.single) return cursorReply(0n, ns, { name: 'firstBatch', documents });
  const cursor = request.store.cursors.add(ns, reading, flag(request.body, 'noCursorTimeout'));
  return cursorReply(cursor.id, ns, { name: 'firstBatch', documents });
}

function* find(request: Request): Steps<Doc> {
  const { store, body } = request;
  const ns = namespace(request);
  const spec = findSpec(body);
  const batchSize = notNegative(body, 'batchSize');
  const collection = store.catalog.get(ns);
  if (!collection) {
    checkFind(spec);
    return cursorReply(0n, ns, { name: 'firstBatch', documents: [] });
  }
  const single = flag(body, 'singleBatch');
  const { stream } = prepareFind(store.environment, collection, spec);
  return yield* firstBatch(request, ns, { stream, batchSize, single, limit: spec.limit ?? 0 });
}

/** What an existing collection would refuse is refused for a missing one too. */
function checkFind(spec: FindSpec): void {
  const match = compileMatch(spec.filter, spec.scope);
  if (spec.sort) compileSort(spec.sort);
  if (spec.projection && spec.projection.size > 0) compileProjection(spec.projection, { match, scope: spec.scope });
}

function* getMore(request: Request): Steps<Doc> {
  const { store, body, db } = request;
  const id = cursorId(body);
  if (body.has('maxTimeMS')) fail(2, 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const ns = checkCursorNamespace(db, text(body, 'collection'));
  const cursor = store.cursors.get(id, ns);
  cursor.busy = true;
  try {
    const { documents, ended } = yield* fillBatch(cursor, notNegative(body, 'batchSize') || Infinity);
    cursor.busy = false;
    if (ended) store.cursors.remove(id);
    return cursorReply(ended ? 0n : id, ns, { name: 'nextBatch', documents });
  } catch (error) {
    cursor.busy = false;
    store.cursors.remove(id);
    throw error;
  } finally {
    cursor.usedAt = Date.now();
  }
}

function checkCursorNamespace(db: string, collection: string): string {
  return collection.startsWith('$cmd.') ? `${db}.${collection}` : checkNamespace(db, collection);
}

function cursorId(body: Doc): bigint {
  const id = body.get('getMore');
  return typeof id === 'bigint' ? id : typeof id === 'number' ? BigInt(id) : fail(14, "BSON field 'getMore' is the wrong type, expected type 'long'");
}

function killCursors(request: Request): Doc {
  const ids = request.body.get('cursors');
  if (!Array.isArray(ids)) fail(14, "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'");
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of ids) (typeof id === 'bigint' && request.store.cursors.remove(id) ? killed : missing).push(id);
  return okReply({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
}

function* count(request: Request): Steps<Doc> {
  const { store, body } = request;
  refuseCollation(body);
  const filter = optionalDoc(body, 'query') ?? new Map();
  const skip = notNegative(body, 'skip') ?? 0;
  const limit = Math.abs(optionalNumber(body, 'limit') ?? 0);
  const collection = store.catalog.get(namespace(request));
  checkFind({ filter });
  if (!collection) return okReply({ n: 0 });
  if (filter.size === 0 && !body.has('hint')) {
    const rest = Math.max(collection.count - skip, 0);
    return okReply({ n: limit > 0 ? Math.min(rest, limit) : rest });
  }
  let n = 0;
  for (const bytes of prepareFind(store.environment, collection, { filter, skip, limit, hint: body.get('hint') }).stream) {
    if (bytes) n++;
    if (bytes === null || n % 64 === 0) yield;
  }
  return okReply({ n });
}

function* distinct(request: Request): Steps<Doc> {
  const { store, body } = request;
  refuseCollation(body);
  const key = body.has('key') ? text(body, 'key') : fail(40414, "BSON field 'distinct.key' is missing but a required field");
  if (key === '' || key.includes('\0')) fail(2, 'distinct needs the path of a field');
  const filter = optionalDoc(body, 'query') ?? new Map();
  const collection = store.catalog.get(namespace(request));
  checkFind({ filter });
  if (!collection) return okReply({ values: [] });
  const parts = key.split('.');
  const only = new Set([parts[0]!]);
  const values = new Map<string, Value>();
  let size = 0;
  for (const bytes of prepareFind(store.environment, collection, { filter }).stream) {
    if (bytes === null) {
      yield;
      continue;
    }
    walkPath(decode(bytes, only), parts, [0, (value) => {
      if (value === undefined) return false;
      for (const item of Array.isArray(value) ? value : [value]) {
        const id = valueText(item);
        if (values.has(id)) continue;
        values.set(id, item);
        size += id.length;
        if (size > 16 * 1024 * 1024) fail(17217, 'distinct too big, 16mb cap');
      }
      return false;
    }, false]);
    yield;
  }
  return okReply({ values: [...values.values()] });
}

/** The explanation of a find-like command: its plan, and unless only that is wanted, what running it costs. */
export function* explainFind(store: Store, ns: string, given: { spec: FindSpec; verbosity: string }): Steps<Doc> {
  const { spec, verbosity } = given;
  const collection = store.catalog.get(ns);
  const prepared = collection && prepareFind(store.environment, collection, spec);
  let stage = prepared ? explainPlan(prepared.plan, spec.filter) : doc({ stage: 'EOF' });
  if (prepared?.blockingSort) stage = doc({ stage: 'SORT', sortPattern: spec.sort, inputStage: stage });
  if (spec.projection && spec.projection.size > 0) stage = doc({ stage: 'PROJECTION_DEFAULT', transformBy: spec.projection, inputStage: stage });
  const reply: Record<string, Value> = {
    explainVersion: '1',
    queryPlanner: doc({ namespace: ns, indexFilterSet: false, parsedQuery: spec.filter, winningPlan: stage, rejectedPlans: [] }),
  };
  if (verbosity !== 'queryPlanner') {
    const start = performance.now();
    let n = 0;
    for (const bytes of prepared?.stream ?? []) {
      if (bytes) n++;
      yield;
    }
    reply['executionStats'] = doc({
      executionSuccess: true, nReturned: n, executionTimeMillis: Math.round(performance.now() - start),
      totalKeysExamined: prepared?.work.keys ?? 0, totalDocsExamined: prepared?.work.documents ?? 0, executionStages: stage,
    });
  }
  return okReply({ ...reply, serverInfo: doc({ host: 'localhost', version: '7.0.0' }) });
}

const findFields = ['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'max', 'min', 'returnKey', 'showRecordId',
  'tailable', 'oplogReplay', 'noCursorTimeout', 'awaitData', 'allowPartialResults', 'collation', 'allowDiskUse', 'let'];

/** find, getMore, killCursors, count, distinct. */
export const findCommands: Record<string, Command> = {
  find: { fields: findFields, run: find },
  getMore: { fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
  count: { fields: ['query', 'limit', 'skip', 'hint', 'fields', 'collation'], run: count },
  distinct: { fields: ['key', 'query', 'collation'], run: distinct },
};
