import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
import { StoreError, asStoreError } from '../errors';
import { checkFile } from './file';

/** What runs inside a write transaction: false means it wants to go on in the next one. */
export interface WriteJob {
  run: (until: number) => boolean;
  /** Called after the commit (after the flush when durable), or with the error that undid everything. */
  done: (error?: StoreError) => void;
  durable: boolean;
}

export type Bytes = Database<Buffer, Buffer>;
export interface RangeOf {
  start: Buffer;
  end: Buffer;
  reverse?: boolean;
  limit?: number;
}

interface Native {
  env: { sync(done: (error?: Error) => void): void };
}

/** Why a transaction failed: LMDB's binding tells it in a promise of its own, which ends the process when nobody listens. */
async function causeOf(error: unknown): Promise<unknown> {
  const cause = (error as { commitError?: Promise<unknown> }).commitError;
  return cause ? cause.then(() => error, (real: unknown) => real) : error;
}

const FORMAT = '1';
const BATCH_MS = 8;
/** How many keys are fetched at once, at first and at most. */
const FIRST = 16;
const MOST = 512;

/** The LMDB files: reads, and one queue of writes that commits together whatever has arrived. */
export class Environment {
  readonly documents: Bytes;
  readonly entries: Bytes;
  readonly catalog: Bytes;
  private readonly root: RootDatabase<Buffer, Buffer>;
  private queue: WriteJob[] = [];
  private committing = false;
  private closed = false;
  private idle: (() => void)[] = [];
  /** Write transactions and disk flushes so far. */
  commits = 0;
  flushes = 0;
  /** Called inside the transaction after the jobs of a batch: writes what they share. */
  beforeCommit: () => void = () => undefined;
  /** Called when a batch was undone: what is held in memory must be read again. */
  onAbort: () => void = () => undefined;

  /** Opens the store in a folder; read only, also while another process serves it, or a backup file. */
  constructor(dir: string, readOnly = false) {
    const file = readOnly && existsSync(dir) && statSync(dir).isFile() ? dir : join(dir, 'store.mdb');
    if (!readOnly) mkdirSync(dir, { recursive: true, mode: 0o700 });
    else if (!existsSync(file)) throw new StoreError(96, `there is no store in ${dir}`);
    checkFile(file);
    this.root = open<Buffer, Buffer>({ path: file, noSubdir: true, keyEncoding: 'binary', encoding: 'binary', maxDbs: 4, maxReaders: 64, separateFlushed: true, readOnly });
    this.documents = this.root.openDB<Buffer, Buffer>({ name: 'documents', keyEncoding: 'binary', encoding: 'binary' });
    this.entries = this.root.openDB<Buffer, Buffer>({ name: 'entries', keyEncoding: 'binary', encoding: 'binary' });
    this.catalog = this.root.openDB<Buffer, Buffer>({ name: 'catalog', keyEncoding: 'binary', encoding: 'binary' });
    const format = this.catalog.getBinary(Buffer.from('format'));
    if (format === undefined && !readOnly) this.catalog.putSync(Buffer.from('format'), Buffer.from(FORMAT));
    else if (format?.toString() !== FORMAT) {
      void this.root.close();
      throw new StoreError(96, `the store in ${dir} has disk format ${format?.toString() ?? 'unknown'}; this version reads format ${FORMAT}`);
    }
  }

  /** A copy of a value that stays valid. */
  read(from: Bytes, key: Buffer): Buffer | undefined {
    const bytes = this.peek(from, key);
    if (bytes === undefined) return undefined;
    const copy = Buffer.allocUnsafe(bytes.length);
    copy.set(bytes);
    return copy;
  }

  /** A view of a value, valid until the next read. */
  peek(from: Bytes, key: Buffer): Buffer | undefined {
    const bytes = from.getBinaryFast(key);
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, (from as Bytes & { lastSize: number }).lastSize);
  }

  keys(from: Bytes, range: RangeOf): Buffer[] {
    const { start, end, reverse } = range;
    const bounds = reverse ? { start: end, end: start, reverse, exclusiveStart: true, inclusiveEnd: true } : { start, end };
    const found: Buffer[] = [];
    for (const key of from.getKeys({ ...bounds, limit: range.limit ?? Infinity, snapshot: false })) found.push(key);
    return found;
  }

  /** The keys of a range one by one, fetched in growing portions: what is written meanwhile may show. */
  *each(from: Bytes, range: RangeOf): Generator<Buffer, undefined> {
    let { start, end } = range;
    for (let limit = FIRST; ; limit = Math.min(limit * 4, MOST)) {
      const keys = this.keys(from, { ...range, start, end, limit });
      yield* keys;
      if (keys.length < limit) return;
      const last = keys[keys.length - 1]!;
      if (range.reverse) end = last;
      else start = Buffer.concat([last, Buffer.from([0])]);
    }
  }

  /** Queues a write; jobs that wait at the same time share one transaction. */
  submit(job: WriteJob): void {
    if (this.closed) return job.done(new StoreError(91, 'the store is shutting down'));
    this.queue.push(job);
    if (!this.committing) this.commit();
  }

  private commit(): void {
    this.committing = true;
    this.commits += 1;
    const batch: WriteJob[] = [];
    const more: WriteJob[] = [];
    const transaction = this.root.childTransaction(() => {
      const until = performance.now() + BATCH_MS;
      while (this.queue.length > 0 && performance.now() < until) {
        const job = this.queue.shift()!;
        batch.push(job);
        if (!job.run(until)) more.push(job);
      }
      this.beforeCommit();
    });
    transaction.then(() => this.settle(batch, more), async (error: unknown) => {
      const cause = await causeOf(error);
      this.onAbort();
      this.next(batch, [], asStoreError(cause));
    });
  }

  private settle(batch: WriteJob[], more: WriteJob[]): void {
    const finished = batch.filter((job) => !more.includes(job));
    const durable = finished.filter((job) => job.durable);
    if (durable.length > 0) {
      this.flush().then(() => durable.forEach((job) => job.done()), (error: unknown) => durable.forEach((job) => job.done(asStoreError(error))));
    }
    this.next(finished.filter((job) => !job.durable), more);
  }

  private next(finished: WriteJob[], more: WriteJob[], error?: StoreError): void {
    this.queue.unshift(...more);
    for (const job of finished) job.done(error);
    if (this.queue.length > 0) setImmediate(() => this.commit());
    else {
      this.committing = false;
      for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  /** Resolves when everything committed so far is on the disk. */
  flush(): Promise<void> {
    this.flushes += 1;
    return new Promise((resolve, reject) => {
      (this.root as unknown as Native).env.sync((error) => (error ? reject(error) : resolve()));
    });
  }

  /** How many keys there are in a range. */
  count(from: Bytes, range: RangeOf): number {
    return from.getKeysCount({ start: range.start, end: range.end });
  }

  /** Copies a consistent snapshot, compacted, while reads and writes go on. */
  backup(to: string): Promise<void> {
    return this.root.backup(to, true);
  }

  /** Waits for queued writes, flushes and closes. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.committing) await new Promise<void>((resolve) => this.idle.push(resolve));
    await this.root.flushed;
    await this.root.close();
  }
}
