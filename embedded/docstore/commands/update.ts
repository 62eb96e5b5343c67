import { StoreError, fail } from '../errors';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { doc, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import type { Scope } from '../expression/scope';
import { compileMatch } from '../query/match';
import type { Match } from '../query/match';
import { compileSort } from '../query/order';
import { makePlan } from '../query/planner';
import { compileProjection } from '../query/project';
import { scan } from '../query/scan';
import type { Found } from '../query/scan';
import { recordKey } from '../storage/catalog';
import type { Collection } from '../storage/catalog';
import type { Steps, Store } from '../store';
import { compileUpdate } from '../update/apply';
import type { Update } from '../update/apply';
import { upsertDocument } from '../update/upsert';
import { itemError, writes } from './insert';
import { okReply, rawDocument } from './reply';
import { MOST_WRITES, flag, items, namespace, optionalDoc, optionalNumber, ordered, refuseCollation, required, scopeOf } from './request';
import type { Command, Request } from './request';

interface Changed {
  matched: number;
  modified: number;
  upserted: Maybe;
}

/** The items of a bulk write: refused as a whole when one of them is malformed. */
function writeItems(request: Request, name: string, [needed, others]: [readonly string[], readonly string[]]): Doc[] {
  const list = items(request, name);
  if (list.length === 0 || list.length > MOST_WRITES) fail(16, `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${list.length} operations.`);
  const where = `${request.name}.${name}`;
  for (const item of list) {
    for (const field of item.keys()) if (!needed.includes(field) && !others.includes(field)) fail(40415, `BSON field '${where}.${field}' is an unknown field.`);
    for (const field of needed) required(item.get(field), `${where}.${field}`);
    optionalDoc(item, 'q');
    flag(item, 'upsert');
    flag(item, 'multi');
    if (name === 'updates' && !isDoc(item.get('u')) && !Array.isArray(item.get('u'))) fail(9, 'Update argument must be either an object or an array');
    if (item.has('arrayFilters') && !Array.isArray(item.get('arrayFilters'))) fail(14, `BSON field '${where}.arrayFilters' is the wrong type, expected type 'array'`);
    refuseCollation(item);
  }
  return list;
}

/** Applies an update to one found document; answers the new version's bytes, or undefined when nothing changed. */
function change(store: Store, collection: Collection, how: { found: Found; update: Update; match: Match }): Buffer | undefined {
  const before = decode(how.found.bytes);
  const after = how.update.apply(before, { match: how.match, insert: false });
  if (after === before) return undefined;
  const bytes = encode(after);
  store.documents.replace(collection, how.found.record, { before, after, bytes });
  return bytes;
}

function insertUpsert(store: Store, ns: string, how: { update: Update; match: Match }): { id: Value; bytes: Buffer } {
  const value = upsertDocument(how.match, how.update);
  const bytes = encode(value);
  store.documents.insert(store.need(ns), value, bytes);
  return { id: value.get('_id')!, bytes };
}

function* updateItem(request: Request, ns: string, given: { item: Doc; scope: Scope | undefined }): Steps<Changed> {
  const { store } = request;
  const { item, scope } = given;
  const filter = item.get('q') as Doc;
  const own = item.has('c') ? scopeOf(new Map([['let', item.get('c')!]])) : scope;
  const match = compileMatch(filter, own);
  if (item.has('c') && !Array.isArray(item.get('u'))) fail(51198, 'Constant values may only be specified for pipeline updates');
  const update = compileUpdate(item.get('u'), { arrayFilters: item.get('arrayFilters'), ...(own ? { scope: own } : {}) });
  const multi = flag(item, 'multi');
  if (multi && update.kind === 'replacement') fail(9, 'multi update is not supported for replacement-style update');
  const out: Changed = { matched: 0, modified: 0, upserted: undefined };
  const collection = store.catalog.get(ns);
  if (collection) {
    const plan = makePlan(collection, { filter, sort: undefined, hint: item.get('hint') });
    const seen = new Set<number>();
    for (const found of scan(store.environment, collection, { plan, match })) {
      yield;
      const current = found && fresh(store, collection, { found, match });
      if (!current || seen.has(current.record)) continue;
      seen.add(current.record);
      out.matched++;
      if (change(store, collection, { found: current, update, match })) out.modified++;
      if (!multi) break;
    }
  }
  if (out.matched === 0 && flag(item, 'upsert')) out.upserted = insertUpsert(store, ns, { update, match }).id;
  return out;
}

/** What was found may have changed while others worked: the document as it is now, if it still matches. */
function fresh(store: Store, collection: Collection, { found, match }: { found: Found; match: Match }): Found | undefined {
  const bytes = store.environment.read(store.environment.documents, recordKey(collection.id, found.record));
  if (bytes === undefined || collection.dropped) return undefined;
  return bytes.equals(found.bytes) || match.bytes(bytes) ? { record: found.record, bytes } : undefined;
}

function* update(request: Request): Steps<Doc> {
  const { body } = request;
  const ns = namespace(request);
  const scope = scopeOf(body);
  const stopping = ordered(body);
  const totals = { n: 0, nModified: 0, upserted: [] as Value[], errors: [] as Value[] };
  const list = writeItems(request, 'updates', [['q', 'u'], ['c', 'upsert', 'multi', 'arrayFilters', 'hint', 'collation']]);
  for (const [index, item] of list.entries()) {
    try {
      const done = yield* updateItem(request, ns, { item, scope });
      totals.n += done.matched + (done.upserted === undefined ? 0 : 1);
      totals.nModified += done.modified;
      if (done.upserted !== undefined) totals.upserted.push(doc({ index, _id: done.upserted }));
    } catch (error) {
      totals.errors.push(itemError(index, error));
      if (stopping) break;
    }
  }
  return okReply({
    n: totals.n, nModified: totals.nModified, ...(totals.upserted.length > 0 ? { upserted: totals.upserted } : {}),
    ...(totals.errors.length > 0 ? { writeErrors: totals.errors } : {}),
  });
}

function* deleteItem(store: Store, ns: string, given: { item: Doc; scope: Scope | undefined }): Steps<number> {
  const { item, scope } = given;
  const filter = item.get('q') as Doc;
  const match = compileMatch(filter, scope);
  const limit = optionalNumber(item, 'limit') ?? 0;
  if (limit !== 0 && limit !== 1) fail(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const collection = store.catalog.get(ns);
  if (!collection) return 0;
  const plan = makePlan(collection, { filter, sort: undefined, hint: item.get('hint') });
  let n = 0;
  for (const found of scan(store.environment, collection, { plan, match })) {
    yield;
    const current = found && fresh(store, collection, { found, match });
    if (!current) continue;
    store.documents.delete(collection, current.record, decode(current.bytes));
    n++;
    if (limit === 1) break;
  }
  return n;
}

function* remove(request: Request): Steps<Doc> {
  const { store, body } = request;
  const ns = namespace(request);
  const scope = scopeOf(body);
  const stopping = ordered(body);
  const errors: Value[] = [];
  let n = 0;
  const list = writeItems(request, 'deletes', [['q', 'limit'], ['hint', 'collation']]);
  for (const [index, item] of list.entries()) {
    try {
      n += yield* deleteItem(store, ns, { item, scope });
    } catch (error) {
      errors.push(itemError(index, error));
      if (stopping) break;
    }
  }
  return okReply({ n, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
}

function* firstInOrder(store: Store, collection: Collection, given: { match: Match; body: Doc }): Steps<Found | undefined> {
  const { match, body } = given;
  const sortSpec = optionalDoc(body, 'sort');
  const sort = sortSpec && sortSpec.size > 0 ? compileSort(sortSpec) : undefined;
  const plan = makePlan(collection, { filter: match.filter, sort: sort?.fields, hint: body.get('hint') });
  let best: { found: Found; key: Maybe[] } | undefined;
  for (const candidate of scan(store.environment, collection, { plan, match })) {
    yield;
    const found = candidate && fresh(store, collection, { found: candidate, match });
    if (!found) continue;
    if (!sort || plan.sorted) return found;
    const key = sort.key(decode(found.bytes, sort.tops));
    if (!best || sort.compare(key, best.key) < 0) best = { found, key };
  }
  return best && fresh(store, collection, { found: best.found, match });
}

function checkModify(body: Doc): void {
  refuseCollation(body);
  const removing = flag(body, 'remove');
  if (removing && body.has('update')) fail(9, "Cannot specify both an 'update' and 'remove'=true");
  if (!removing && !body.has('update')) fail(9, "Either an 'update' or 'remove'=true must be specified");
  if (removing && body.has('arrayFilters')) fail(9, "Cannot specify arrayFilters and remove=true");
  if (removing && flag(body, 'new')) fail(9, "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document");
  if (flag(body, 'new') && [...optionalDoc(body, 'fields')?.keys() ?? []].some((name) => name.endsWith('.$'))) fail(2, 'Cannot use a positional projection and return the new document.');
  if (removing && flag(body, 'upsert')) fail(9, "Cannot specify both 'upsert'=true and 'remove'=true");
}

/** Errors of the change itself say so, as MongoDB's do. */
function executing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(error.code, `Plan executor error during findAndModify :: caused by :: ${error.message}`, error.extra);
  }
}

function* findAndModify(request: Request): Steps<Doc> {
  const { store, body } = request;
  const ns = namespace(request);
  checkModify(body);
  const scope = scopeOf(body);
  const match = compileMatch(optionalDoc(body, 'query') ?? new Map(), scope);
  const fields = optionalDoc(body, 'fields');
  const projection = fields && fields.size > 0 ? compileProjection(fields, { match, scope }) : undefined;
  const shown = (bytes: Buffer | undefined): Value => {
    if (!bytes) return null;
    return projection ? projection.apply(decode(bytes)) : rawDocument(bytes);
  };
  const update = flag(body, 'remove') ? undefined : compileUpdate(body.get('update'), { arrayFilters: body.get('arrayFilters'), ...(scope ? { scope } : {}) });
  const collection = store.catalog.get(ns);
  const found = collection && (yield* firstInOrder(store, collection, { match, body }));
  if (!update) {
    if (found) store.documents.delete(collection!, found.record, decode(found.bytes));
    return okReply({ lastErrorObject: doc({ n: found ? 1 : 0 }), value: shown(found?.bytes) });
  }
  if (found) {
    const after = executing(() => change(store, collection!, { found, update, match }));
    return okReply({ lastErrorObject: doc({ n: 1, updatedExisting: true }), value: shown(flag(body, 'new') ? after ?? found.bytes : found.bytes) });
  }
  if (!flag(body, 'upsert')) return okReply({ lastErrorObject: doc({ n: 0, updatedExisting: false }), value: null });
  const made = executing(() => insertUpsert(store, ns, { update, match }));
  return okReply({ lastErrorObject: doc({ n: 1, updatedExisting: false, upserted: made.id }), value: flag(body, 'new') ? shown(made.bytes) : null });
}

const modifyFields = ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation', 'collation', 'arrayFilters', 'hint', 'let'];

/** update, delete, findAndModify. */
export const updateCommands: Record<string, Command> = {
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'], run: writes(update) },
  delete: { fields: ['deletes', 'ordered', 'let'], run: writes(remove) },
  findAndModify: { fields: modifyFields, run: writes(findAndModify) },
  findandmodify: { fields: modifyFields, run: writes(findAndModify) },
};
