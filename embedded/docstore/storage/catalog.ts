import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { asInteger } from '../bson/numbers';
import { doc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import type { Match } from '../query/match';
import { fail } from '../errors';
import type { Environment } from './environment';

export interface IndexField {
  path: string;
  parts: string[];
  top: string;
  descending: boolean;
}

/** One index of a collection, as it is used in memory. */
export interface Index {
  id: number;
  name: string;
  /** The specification as listIndexes shows it. */
  spec: Doc;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  partial: Match | undefined;
  ttl: number | undefined;
  /** Per field: some document has an array there. */
  multikey: boolean[];
  /** Some key was cut: the order of this index cannot be trusted. */
  cut: boolean;
  /** Being built: entries are written, plans may not use it. */
  building: boolean;
  /** Dropped: who is still reading must be told. */
  gone: boolean;
}

export interface Collection {
  id: number;
  db: string;
  name: string;
  options: Doc;
  validator: Match | undefined;
  indexes: Index[];
  /** The top-level fields that indexes look at; undefined when it may be any. */
  indexed: Set<string> | undefined;
  count: number;
  nextRecord: number;
  changed: boolean;
  dropped: boolean;
}

/** How the names of collections begin that are not finished yet: nobody is shown them. */
export const UNFINISHED = 'tmp.agg_out.';

export function idBuffer(id: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(id, 0);
  return bytes;
}

export function recordKey(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(10);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(record, 4, 6);
  return key;
}

/** An index in memory, from its specification. */
export function makeIndex(id: number, spec: Doc): Index {
  const fields = [...(spec.get('key') as Doc)].map(([path, order]) => {
    const parts = path.split('.');
    return { path, parts, top: parts[0]!, descending: (typeof order === 'number' ? order : Number(asInteger(order) ?? 1)) < 0 };
  });
  const partial = spec.get('partialFilterExpression') as Doc | undefined;
  return {
    id, name: spec.get('name') as string, spec, fields, unique: spec.get('unique') === true || spec.get('name') === '_id_', sparse: spec.get('sparse') === true,
    partial: partial && compileMatch(partial), ttl: asInteger(spec.get('expireAfterSeconds')), multikey: fields.map(() => false), cut: false,
    building: false, gone: false,
  };
}

/** Which databases, collections and indexes there are. */
export class Catalog {
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;

  constructor(private readonly environment: Environment) {
    this.load();
    environment.beforeCommit = () => this.saveCounts();
    environment.onAbort = () => this.load();
  }

  /** Reads everything again from the disk; collection objects in use stay the same objects. */
  private load(): void {
    const { environment } = this;
    const before = new Map(this.collections);
    this.collections.clear();
    this.nextId = Number(environment.read(environment.catalog, Buffer.from('next'))?.toString() ?? 1);
    for (const key of environment.keys(environment.catalog, { start: Buffer.from('c:'), end: Buffer.from('c;') })) {
      const ns = key.toString('utf8', 2);
      const saved = decode(environment.read(environment.catalog, key)!);
      const known = before.get(ns);
      const fresh = this.restore(ns, saved);
      this.collections.set(ns, known?.id === fresh.id ? Object.assign(known, fresh) : fresh);
      before.delete(ns);
    }
    for (const gone of before.values()) gone.dropped = true;
  }

  private restore(ns: string, saved: Doc): Collection {
    const dot = ns.indexOf('.');
    const id = saved.get('id') as number;
    const indexes = (saved.get('indexes') as Doc[]).map((item) => Object.assign(makeIndex(item.get('id') as number, item.get('spec') as Doc), {
      multikey: item.get('multikey') as boolean[], cut: item.get('cut') === true, building: item.get('building') === true,
    }));
    const { environment } = this;
    const last = environment.keys(environment.documents, { start: idBuffer(id), end: idBuffer(id + 1), reverse: true, limit: 1 })[0];
    const count = environment.read(environment.catalog, Buffer.from(`n:${id}`));
    const collection: Collection = {
      id, db: ns.slice(0, dot), name: ns.slice(dot + 1), options: saved.get('options') as Doc, validator: undefined, indexes, indexed: new Set(),
      count: Number(count?.toString() ?? 0), nextRecord: last ? last.readUIntBE(4, 6) + 1 : 1, changed: false, dropped: false,
    };
    return this.prepare(collection);
  }

  private prepare(collection: Collection): Collection {
    const validator = collection.options.get('validator') as Doc | undefined;
    collection.validator = validator && validator.size > 0 ? compileMatch(validator) : undefined;
    const partials = collection.indexes.flatMap((index) => (index.partial ? [index.partial.fields] : []));
    collection.indexed = partials.includes(undefined) ? undefined
      : new Set(['_id', ...collection.indexes.flatMap((index) => index.fields.map((field) => field.top)), ...partials.flatMap((fields) => [...fields!])]);
    return collection;
  }

  get(ns: string): Collection | undefined {
    return this.collections.get(ns);
  }

  list(): Collection[] {
    return [...this.collections.values()];
  }

  /** A number for a new collection or index, never used again; inside a transaction. */
  private newId(): number {
    const id = this.nextId++;
    this.environment.catalog.put(Buffer.from('next'), Buffer.from(String(this.nextId)));
    return id;
  }

  /** Makes a collection with its _id index; inside a transaction. */
  create(ns: string, options: Doc = new Map()): Collection {
    const dot = ns.indexOf('.');
    const spec = doc({ v: 2, key: doc({ _id: 1 }), name: '_id_' });
    const collection = this.prepare({
      id: this.newId(), db: ns.slice(0, dot), name: ns.slice(dot + 1), options, validator: undefined,
      indexes: [makeIndex(this.newId(), spec)], indexed: new Set(), count: 0, nextRecord: 1, changed: true, dropped: false,
    });
    this.collections.set(ns, collection);
    this.save(collection);
    return collection;
  }

  /** Adds an index without entries; inside a transaction. */
  addIndex(collection: Collection, spec: Doc, building: boolean): Index {
    const index = Object.assign(makeIndex(this.newId(), spec), { building });
    collection.indexes.push(index);
    this.save(collection);
    return index;
  }

  /** Takes indexes out; the entries are swept later. */
  removeIndexes(collection: Collection, gone: readonly Index[]): void {
    collection.indexes = collection.indexes.filter((index) => !gone.includes(index));
    for (const index of gone) {
      index.gone = true;
      this.environment.catalog.put(Buffer.from(`g:i:${index.id}`), Buffer.from('1'));
    }
    this.save(collection);
  }

  drop(collection: Collection): void {
    collection.dropped = true;
    this.collections.delete(`${collection.db}.${collection.name}`);
    this.environment.catalog.remove(Buffer.from(`c:${collection.db}.${collection.name}`));
    this.environment.catalog.remove(Buffer.from(`n:${collection.id}`));
    this.environment.catalog.put(Buffer.from(`g:d:${collection.id}`), Buffer.from('1'));
    for (const index of collection.indexes) this.environment.catalog.put(Buffer.from(`g:i:${index.id}`), Buffer.from('1'));
  }

  /** What a dropped collection or index left behind: to be removed bit by bit. */
  garbage(): { marker: Buffer; kind: 'documents' | 'entries'; id: number }[] {
    return this.environment.keys(this.environment.catalog, { start: Buffer.from('g:'), end: Buffer.from('g;') }).map((marker) => {
      const [, kind, id] = marker.toString().split(':');
      return { marker, kind: kind === 'd' ? 'documents' : 'entries', id: Number(id) };
    });
  }

  /** Gives a collection another name; inside a transaction. */
  rename(collection: Collection, to: string): void {
    this.environment.catalog.remove(Buffer.from(`c:${collection.db}.${collection.name}`));
    this.collections.delete(`${collection.db}.${collection.name}`);
    const dot = to.indexOf('.');
    Object.assign(collection, { db: to.slice(0, dot), name: to.slice(dot + 1) });
    this.collections.set(to, collection);
    this.save(collection);
  }

  /** Writes a collection's definition; inside a transaction. */
  save(collection: Collection): void {
    this.prepare(collection);
    const indexes: Value[] = collection.indexes.map((index) => doc({
      id: index.id, spec: index.spec, multikey: index.multikey, cut: index.cut, building: index.building,
    }));
    const key = Buffer.from(`c:${collection.db}.${collection.name}`);
    if (key.length > 1900) fail(73, 'the name of the collection is too long');
    this.environment.catalog.put(key, encode(doc({ id: collection.id, options: collection.options, indexes })));
  }

  private saveCounts(): void {
    for (const collection of this.collections.values()) {
      if (!collection.changed) continue;
      collection.changed = false;
      this.environment.catalog.put(Buffer.from(`n:${collection.id}`), Buffer.from(String(collection.count)));
    }
  }
}
