import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { Double, Raw, isInt32 } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { startDocstore } from '../launcher';
import { holderOf } from '../lock';
import { Catalog, idBuffer, recordKey } from '../storage/catalog';
import type { Collection } from '../storage/catalog';
import { Environment } from '../storage/environment';

/** How far a copy is, and at its end what both sides hold. */
export interface CopyProgress {
  /** Database and collection. */
  collection: string;
  copied: number;
  total: number;
}

/** One line of a copy's report. */
export interface Copied extends CopyProgress {
  /** How many documents the target holds in the end. */
  target: number;
}

const PORTION = 500;
const PORTION_BYTES = 8 * 1024 * 1024;

function forDriver(value: Value): unknown {
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, forDriver(item)]));
  if (Array.isArray(value)) return value.map(forDriver);
  if (typeof value === 'number') return isInt32(value) ? new mongo.Int32(value) : new mongo.Double(value);
  if (typeof value === 'bigint') return mongo.Long.fromBigInt(value);
  if (value instanceof Double) return new mongo.Double(value.value);
  if (!(value instanceof Raw)) return value;
  return (mongo.BSON.deserialize(encode(new Map([['v', value]])), { promoteValues: false, bsonRegExp: true }) as { v: unknown }).v;
}

/** Copies collections into a MongoDB; documents that are there already stay. */
class Copy {
  readonly report: Copied[] = [];

  constructor(private readonly source: Environment, private readonly client: mongo.MongoClient, private readonly progress: ((at: CopyProgress) => void) | undefined) {}

  private async insert(db: string, name: string, documents: Doc[]): Promise<void> {
    const command = { insert: name, documents: documents.map(forDriver), ordered: false, bypassDocumentValidation: true };
    const reply = await this.client.db(db).command(command) as { writeErrors?: { code: number; errmsg: string; keyPattern?: { _id?: number } }[] };
    const bad = reply.writeErrors?.find((error) => error.code !== 11000 || error.keyPattern?._id === undefined);
    if (bad) throw new Error(`${db}.${name}: ${bad.errmsg}`);
  }

  private async prepare({ db, name, indexes, options }: Collection): Promise<void> {
    const target = this.client.db(db);
    const there = await target.listCollections({ name }, { nameOnly: true }).toArray();
    if (there.length === 0) await target.command({ create: name, ...Object.fromEntries([...options].map(([key, value]) => [key, forDriver(value)])) });
    const specs = indexes.filter((index) => index.name !== '_id_' && !index.building).map((index) => forDriver(index.spec));
    if (specs.length > 0) await target.command({ createIndexes: name, indexes: specs });
  }

  /** Copies one collection from a record on; `done` is told the last record that is safe. */
  async collection(collection: Collection, from: number, done: (record: number) => void): Promise<void> {
    const { source } = this;
    const name = `${collection.db}.${collection.name}`;
    await this.prepare(collection);
    const end = idBuffer(collection.id + 1);
    const start = recordKey(collection.id, from);
    let copied = source.count(source.documents, { start: idBuffer(collection.id), end: start });
    let batch: Doc[] = [];
    let size = 0;
    const flush = async (record: number): Promise<void> => {
      await this.insert(collection.db, collection.name, batch);
      copied += batch.length;
      batch = [];
      size = 0;
      done(record + 1);
      this.progress?.({ collection: name, copied, total: collection.count });
    };
    let record = from;
    for (const key of source.each(source.documents, { start, end })) {
      const bytes = source.read(source.documents, key);
      if (!bytes) continue;
      record = key.readUIntBE(4, 6);
      batch.push(decode(bytes));
      size += bytes.length;
      if (size >= PORTION_BYTES || batch.length >= PORTION) await flush(record);
    }
    if (batch.length > 0) await flush(record);
    const target = await this.client.db(collection.db).collection(collection.name).countDocuments({});
    this.report.push({ collection: name, copied, total: collection.count, target });
  }
}

/**
 * Copies every document and index definition to a real MongoDB. Can be started again after an interruption and goes on where it was. The
 * application must not write meanwhile. The report has both counts of every collection; they must be equal.
 */
export async function moveStore(options: { dataDir: string; to: string; progress?: (at: CopyProgress) => void }): Promise<Copied[]> {
  const source = new Environment(options.dataDir, true);
  const client = new mongo.MongoClient(options.to);
  const file = join(options.dataDir, 'move.json');
  const saved = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as { to: string; records: Record<string, number> } : undefined;
  const records = saved?.to === options.to ? saved.records : {};
  try {
    await client.connect();
    const copy = new Copy(source, client, options.progress);
    for (const collection of new Catalog(source).list()) {
      await copy.collection(collection, records[collection.id] ?? 0, (record) => {
        records[collection.id] = record;
        writeFileSync(file, JSON.stringify({ to: options.to, records }), { mode: 0o600 });
      });
    }
    rmSync(file, { force: true });
    return copy.report;
  } finally {
    await client.close();
    await source.close();
  }
}

/** Copies a consistent snapshot of the store into one file, also while it runs. Throws when the file exists. */
export async function backupStore(options: { dataDir: string; file: string; progress?: (text: string) => void }): Promise<void> {
  if (existsSync(options.file)) throw new Error(`${options.file} exists already; choose another name`);
  const source = new Environment(options.dataDir, true);
  try {
    options.progress?.(`copying to ${options.file}`);
    await source.backup(options.file);
    options.progress?.('done');
  } finally {
    await source.close();
  }
}

async function targetOf(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const holder = holderOf(dataDir);
  if (holder) return { url: `mongodb://${encodeURIComponent(holder.socket)}/?directConnection=true`, stop: async () => undefined };
  return startDocstore({ dataDir });
}

/** Replaces everything in the store by what a backup holds, also while the store runs. Answers what was copied, collection by collection. */
export async function restoreStore(options: { dataDir: string; file: string; progress?: (at: CopyProgress) => void }): Promise<Copied[]> {
  const source = new Environment(options.file, true);
  const collections = new Catalog(source).list();
  const target = await targetOf(options.dataDir);
  const client = new mongo.MongoClient(target.url);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) await client.db(name).dropDatabase();
    const copy = new Copy(source, client, options.progress);
    for (const collection of collections) await copy.collection(collection, 0, () => undefined);
    return copy.report;
  } finally {
    await client.close();
    await target.stop();
    await source.close();
  }
}
