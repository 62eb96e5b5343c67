import { StoreError, fail } from '../errors';
import { show } from '../bson/show';
import { T, doc, typeOf } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { recordKey } from './catalog';
import type { Catalog, Collection, Index } from './catalog';
import { indexedValues, perItem, withPath } from '../query/values';
import { appended, entriesOf, learn } from './entries';
import type { Entries } from './entries';
import type { Environment } from './environment';

export const MAX_DOCUMENT = 16 * 1024 * 1024;
const MARK = Buffer.from([1]);

function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(record, 0, 6);
  return bytes;
}

function withRecord(key: Buffer, record: number): Buffer {
  const full = Buffer.allocUnsafe(key.length + 6);
  key.copy(full);
  full.writeUIntBE(record, key.length, 6);
  return full;
}

/** The document with only those items in its arrays that make this key. */
function narrowed(value: Doc, index: Index, key: Buffer): Doc {
  const arrays = index.fields.filter((field) => indexedValues(value, field.parts).multi);
  const [field] = arrays;
  if (!field) return value;
  const docs = arrays.length > 1 ? perItem(value, arrays.map(({ parts }) => parts)) ?? [] : indexedValues(value, field.parts).values.map((item) => withPath(value, field.parts, Array.isArray(item) ? [item] : item));
  return docs.find((one) => entriesOf(one, index).keys.some((other) => other.equals(key))) ?? value;
}

/** The E11000 error, with keyPattern and keyValue. */
function duplicateKey(collection: Collection, index: Index, clashing: Doc): StoreError {
  const keyValue: Doc = new Map();
  for (const field of index.fields) keyValue.set(field.path, indexedValues(clashing, field.parts).values[0] ?? null);
  const text = `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${index.name} dup key: ${show(keyValue)}`;
  return new StoreError(11000, text, { keyPattern: index.spec.get('key') as Doc, keyValue });
}

/** Puts, replaces and removes documents with all their index entries; every check comes before the first write. */
export class Documents {
  constructor(readonly environment: Environment, readonly catalog: Catalog) {}

  /** Refuses keys that a unique index has for another document. */
  private check(collection: Collection, index: Index, { keys, record, value }: { keys: readonly Buffer[]; record: number; value: Doc }): void {
    if (!index.unique) return;
    for (const key of keys) {
      const owner = this.environment.peek(this.environment.entries, key);
      if (owner !== undefined && owner.readUIntBE(0, 6) !== record) throw duplicateKey(collection, index, narrowed(value, index, key));
    }
  }

  private put(index: Index, keys: readonly Buffer[], record: number): void {
    const { entries } = this.environment;
    for (const key of keys) {
      if (index.unique) entries.put(key, recordBytes(record));
      else entries.put(withRecord(key, record), MARK);
    }
  }

  private remove(index: Index, keys: readonly Buffer[], record: number): void {
    const { entries } = this.environment;
    for (const key of keys) entries.remove(index.unique ? key : withRecord(key, record));
  }

  /** Inserts a document; inside a transaction. Refuses before anything is written. */
  insert(collection: Collection, value: Doc, bytes: Buffer): number {
    this.checkDocument(collection, value, bytes);
    const record = collection.nextRecord;
    const all: Entries[] = [];
    for (const index of collection.indexes) {
      const entries = entriesOf(value, index);
      this.check(collection, index, { keys: entries.keys, record, value });
      all.push(entries);
    }
    collection.nextRecord++;
    collection.count++;
    collection.changed = true;
    this.environment.documents.put(recordKey(collection.id, record), bytes);
    let learned = false;
    collection.indexes.forEach((index, i) => {
      const entries = all[i]!;
      if (learn(index, entries)) learned = true;
      this.put(index, entries.keys, record);
    });
    if (learned) this.catalog.save(collection);
    return record;
  }

  /** Writes a new version of a document: only the entries that change are touched. */
  replace(collection: Collection, record: number, { before, after, bytes }: { before: Doc; after: Doc; bytes: Buffer }): void {
    if (bytes.length > MAX_DOCUMENT) fail(17419, `Resulting document after update is larger than ${MAX_DOCUMENT}`);
    this.checkDocument(collection, after, bytes);
    const changes: { index: Index; added: Buffer[]; removed: Buffer[]; entries: Entries }[] = [];
    for (const index of collection.indexes) {
      if (!index.partial && index.fields.every((field) => before.get(field.top) === after.get(field.top))) continue;
      const tail = appended(before, after, index);
      const old = tail ? [] : entriesOf(before, index).keys;
      const entries = entriesOf(tail ?? after, index);
      const added = without(entries.keys, old);
      this.check(collection, index, { keys: added, record, value: after });
      changes.push({ index, added, removed: without(old, entries.keys), entries });
    }
    this.environment.documents.put(recordKey(collection.id, record), bytes);
    let learned = false;
    for (const { index, added, removed, entries } of changes) {
      this.remove(index, removed, record);
      this.put(index, added, record);
      if (learn(index, entries)) learned = true;
    }
    if (learned) this.catalog.save(collection);
  }

  /** Removes a document and its entries. */
  delete(collection: Collection, record: number, value: Doc): void {
    for (const index of collection.indexes) this.remove(index, entriesOf(value, index).keys, record);
    this.environment.documents.remove(recordKey(collection.id, record));
    collection.count--;
    collection.changed = true;
  }

  /** Adds one existing document to an index that is being built. */
  addEntries(collection: Collection, index: Index, { record, value }: { record: number; value: Doc }): void {
    const entries = entriesOf(value, index);
    this.check(collection, index, { keys: entries.keys, record, value });
    if (learn(index, entries)) this.catalog.save(collection);
    this.put(index, entries.keys, record);
  }

  private checkDocument(collection: Collection, value: Doc, bytes: Buffer): void {
    if (bytes.length > MAX_DOCUMENT) fail(10334, `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT}`);
    checkId(value.get('_id'));
    if (collection.validator && !this.bypass) this.validate(collection, bytes, value);
  }

  /** Set for the time of a write that asks to bypass document validation. */
  bypass = false;

  private validate(collection: Collection, bytes: Buffer, value: Doc): void {
    const { validator, options } = collection;
    if (options.get('validationLevel') === 'off' || options.get('validationAction') === 'warn') return;
    if (validator!.bytes(bytes)) return;
    const rules = options.get('validator') as Doc;
    const [name = '', condition] = [...rules][0] ?? [];
    const operator = name.startsWith('$') ? name : condition instanceof Map ? [...condition.keys()].find((key) => key.startsWith('$')) : undefined;
    const details = doc({ operatorName: operator ?? '$eq', specifiedAs: rules, reason: 'the document does not match the validator' });
    throw new StoreError(121, 'Document failed validation', { errInfo: doc({ failingDocumentId: value.get('_id'), details }) });
  }
}

/** The keys of one list that another lacks; an array in an index may have thousands. */
function without(keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] {
  const known = new Set(others.map((key) => key.latin1Slice()));
  return keys.filter((key) => !known.has(key.latin1Slice()));
}

/** Refuses what MongoDB refuses as an _id. */
export function checkId(id: Maybe): void {
  if (id === undefined) return;
  const type = typeOf(id);
  if (type === T.array || type === T.regex || type === T.undefined) {
    fail(53, `The '_id' value cannot be of type ${type === T.array ? 'array' : type === T.regex ? 'regex' : 'undefined'}`);
  }
  if (id instanceof Map) {
    for (const name of (id as Map<string, Value>).keys()) {
      if (name.startsWith('$')) fail(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    }
  }
}
