import { StoreError, fail } from '../errors';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { equal } from '../bson/compare';
import { asInteger } from '../bson/numbers';
import { Double, Raw, T, doc, isDoc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import { scan } from '../query/scan';
import { UNFINISHED, recordKey } from '../storage/catalog';
import type { Collection, Index } from '../storage/catalog';
import { alreadyThere, indexSpec } from '../storage/specification';
import type { Steps, Store } from '../store';
import { firstBatch } from './find';
import { writes } from './insert';
import { okReply } from './reply';
import { flag, items, namespace, notNegative, optionalDoc, refuseCollation, required } from './request';
import type { Command, Request } from './request';

const whole = { ranges: [], reverse: false, sorted: false, merge: false };

function* fill(store: Store, collection: Collection, index: Index): Steps<void> {
  for (const found of scan(store.environment, collection, { plan: whole, match: compileMatch(new Map()) })) {
    if (!found) continue;
    const bytes = store.environment.read(store.environment.documents, recordKey(collection.id, found.record));
    if (bytes) store.documents.addEntries(collection, index, { record: found.record, value: decode(bytes) });
    yield;
  }
}

function* build(store: Store, collection: Collection, spec: Doc): Steps<Index> {
  const index = store.catalog.addIndex(collection, spec, true);
  try {
    yield* fill(store, collection, index);
  } catch (error) {
    if (error instanceof StoreError) store.catalog.removeIndexes(collection, [index]);
    throw error;
  }
  index.building = false;
  store.catalog.save(collection);
  return index;
}

function* createIndexes(request: Request): Steps<Doc> {
  const { store } = request;
  const ns = namespace(request);
  if (request.body.has('commitQuorum')) fail(2, "Standalones can't specify commitQuorum");
  const specs = items(request, 'indexes').map(indexSpec);
  if (specs.length === 0) fail(2, 'Must specify at least one index to create');
  const created = !store.catalog.get(ns);
  const collection = store.need(ns);
  const before = collection.indexes.length;
  const made: Index[] = [];
  try {
    for (const spec of specs) {
      if (!alreadyThere(collection.indexes.map((index) => index.spec), spec)) made.push(yield* build(store, collection, spec));
    }
  } catch (error) {
    if (error instanceof StoreError && made.length > 0) store.catalog.removeIndexes(collection, made);
    throw error;
  }
  return okReply({
    numIndexesBefore: before, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically: created,
    ...(collection.indexes.length === before ? { note: 'all indexes already exist' } : {}),
  });
}

function needed(store: Store, ns: string): Collection {
  return store.catalog.get(ns) ?? fail(26, `ns does not exist: ${ns}`);
}

function chosen(collection: Collection, wanted: Value): Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  if (typeof wanted !== 'string' && !Array.isArray(wanted) && !isDoc(wanted)) fail(14, "BSON field 'dropIndexes.index' is the wrong type, expected types '[string, object, array]'");
  if (Array.isArray(wanted)) return wanted.flatMap((item) => chosen(collection, item));
  const found = collection.indexes.filter((index) => (typeof wanted === 'string' ? index.name === wanted : equal(index.spec.get('key'), wanted)));
  if (found.length === 0) fail(27, typeof wanted === 'string' ? `index not found with name [${wanted}]` : "can't find index with key");
  if (found.length > 1) fail(181, `${found.length} indexes found for key: specify one by its name`);
  if (found[0]!.name === '_id_') fail(72, 'cannot drop _id index');
  return found;
}

function* dropIndexes(request: Request): Steps<Doc> {
  const { store, body } = request;
  const collection = needed(store, namespace(request));
  const before = collection.indexes.length;
  store.catalog.removeIndexes(collection, chosen(collection, required(body.get('index'), 'dropIndexes.index')));
  return okReply({ nIndexesWas: before });
}

function listIndexes(request: Request): Steps<Doc> {
  const ns = namespace(request);
  const specs = needed(request.store, ns).indexes.filter((index) => !index.building).map((index) => encode(index.spec));
  const batchSize = optionalDoc(request.body, 'cursor');
  return firstBatch(request, ns, { stream: specs.values(), batchSize: batchSize && notNegative(batchSize, 'batchSize') });
}

const keptOptions = ['validator', 'validationLevel', 'validationAction'];
const plainOptions = new Set(['capped', 'size', 'max', 'autoIndexId', 'storageEngine', 'indexOptionDefaults', 'viewOn', 'pipeline', 'timeseries', 'expireAfterSeconds',
  'clusteredIndex', 'changeStreamPreAndPostImages', 'encryptedFields', 'idIndex', 'collation', ...keptOptions]);

/** What a command says about the validation of a collection's documents. */
function validation(body: Doc): Doc {
  const validator = optionalDoc(body, 'validator');
  if (validator) compileMatch(validator);
  const given = [...body].filter(([name]) => keptOptions.includes(name));
  for (const [name, value] of given) if (name !== 'validator' && !['strict', 'off', 'error', 'warn'].includes(String(value))) fail(238, `${name} '${String(value)}' is not supported by this store`);
  return new Map(given);
}

function* create(request: Request): Steps<Doc> {
  const { store, body } = request;
  const ns = namespace(request);
  refuseCollation(body);
  for (const name of ['viewOn', 'pipeline', 'timeseries', 'expireAfterSeconds', 'clusteredIndex', 'encryptedFields', 'changeStreamPreAndPostImages']) {
    if (body.has(name)) fail(238, `${name} is not supported by this store`);
  }
  if ((body.has('size') || body.has('max')) && !flag(body, 'capped')) fail(72, "the 'capped' field needs to be true when either the 'size' or 'max' fields are present");
  if (flag(body, 'capped')) fail(238, 'capped collections are not supported by this store');
  const options = validation(body);
  const known = store.catalog.get(ns);
  if (known) {
    if (equal(known.options, options)) return okReply();
    fail(48, `Collection ${ns} already exists.`);
  }
  store.catalog.create(ns, options);
  return okReply();
}

function* collMod(request: Request): Steps<Doc> {
  const collection = needed(request.store, namespace(request));
  if (request.body.has('index')) fail(238, 'collMod of an index is not supported by this store');
  collection.options = new Map([...collection.options, ...validation(request.body)]);
  request.store.catalog.save(collection);
  return okReply();
}

function* drop(request: Request): Steps<Doc> {
  const ns = namespace(request);
  const collection = request.store.catalog.get(ns);
  if (!collection) return okReply();
  const indexes = collection.indexes.length;
  request.store.catalog.drop(collection);
  return okReply({ nIndexesWas: indexes, ns });
}

function* dropDatabase(request: Request): Steps<Doc> {
  const { store, db } = request;
  for (const collection of store.catalog.list()) if (collection.db === db) store.catalog.drop(collection);
  return okReply({ dropped: db });
}

function uuidOf(collection: Collection): Raw {
  const bytes = Buffer.alloc(21);
  bytes.writeInt32LE(16, 0);
  bytes[4] = 4;
  bytes.writeUInt32BE(collection.id, 17);
  return new Raw(T.binary, bytes);
}

function listCollections(request: Request): Steps<Doc> {
  const { store, body, db } = request;
  const match = compileMatch(optionalDoc(body, 'filter') ?? new Map());
  const found = store.catalog.list().filter((collection) => collection.db === db && !collection.name.startsWith(UNFINISHED)).map((collection) => {
    const about = doc({ name: collection.name, type: 'collection' });
    if (flag(body, 'nameOnly')) return about;
    return new Map<string, Value>([...about, ['options', collection.options], ['info', doc({ readOnly: false, uuid: uuidOf(collection) })], ['idIndex', collection.indexes[0]!.spec]]);
  });
  const cursor = optionalDoc(body, 'cursor');
  const stream = found.filter(match.test).map((about) => encode(about)).values();
  return firstBatch(request, `${db}.$cmd.listCollections`, { stream, batchSize: cursor && notNegative(cursor, 'batchSize') });
}

function listDatabases(request: Request): Doc {
  const match = compileMatch(optionalDoc(request.body, 'filter') ?? new Map());
  const names = [...new Set(request.store.catalog.list().map((collection) => collection.db))].sort();
  const databases = names.map((name) => doc({ name, sizeOnDisk: new Double(0), empty: false })).filter(match.test);
  return okReply({ databases: flag(request.body, 'nameOnly') ? databases.map((item) => doc({ name: item.get('name') })) : databases, totalSize: new Double(0), totalSizeMb: new Double(0) });
}

/** The commands about collections, indexes and databases. */
export const catalogCommands: Record<string, Command> = {
  createIndexes: { fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'], run: writes(createIndexes) },
  dropIndexes: { fields: ['index'], run: writes(dropIndexes) }, deleteIndexes: { fields: ['index'], run: writes(dropIndexes) },
  listIndexes: { fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'], run: listIndexes },
  create: { fields: [...plainOptions], run: writes(create) },
  collMod: { fields: [...keptOptions, 'index'], run: writes(collMod) },
  drop: { fields: [], run: writes(drop) },
  dropDatabase: { fields: [], run: writes(dropDatabase) },
  listCollections: { fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'], run: listCollections },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
};

