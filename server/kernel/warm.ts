import type { Schema } from 'mongoose';
import type { DomainEvent } from './event.model';

/** Which of the kept are another by now: their keys, or all of the company's. */
export type Stale = readonly string[] | 'all';

interface WarmSpec<T> {
  schemas: readonly Schema[];
  read(companyId: string, key: string): Promise<T | null>;
  /** Whether what was read is worth keeping; that there is nothing never is, somebody may be about to make it. */
  keep?(value: T): boolean;
  /** Ids of the schemas' documents in what is kept; without it the key is the id. */
  ids?(value: T): readonly string[];
  /** What an event makes old. Every change of what is kept must cause one, for the other nodes. */
  stale(event: DomainEvent, kept: Kept<T>): Stale;
}

/** What is kept of a company, by key. */
export type Kept<T> = Iterable<readonly [key: string, value: T]>;

interface Entry<T> {
  at: number;
  promise: Promise<T | null>;
  value?: T;
}

// Documents are written by queries; a new one makes nothing old.
const writes = ['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'replaceOne', 'deleteOne', 'deleteMany', 'findOneAndDelete'] as const;
const mostKeys = 5000;
// What pub/sub lost is found by comparing event numbers within this time.
const keptMs = 5000;
const all = new Set<Warm<unknown>>();
let hearing = false;

/** Says whether this process hears of every event; only then is anything kept. */
export function setHearing(on: boolean): void {
  hearing = on;
  for (const each of all) each.forgetAll();
}

/** Whether this process hears of every event. */
export const isHearing = (): boolean => hearing;

/** Forgets what an event makes old. Called before anybody acts on it. */
export function forgetAbout(event: DomainEvent): void {
  for (const each of all) each.heard(event);
}

/**
 * Documents a node reads with every message and that hardly change: kept until an event of whatever node, or a write of this process, says that
 * they are another. An event is heard a few milliseconds after the change, as the consoles hear it; where that is not enough, read the store.
 */
export class Warm<T> {
  private readonly companies = new Map<string, Map<string, Entry<T>>>();

  constructor(private readonly spec: WarmSpec<T>) {
    all.add(this as Warm<unknown>);
    const forget = (filter: Record<string, unknown> | undefined): void => this.written(filter);
    for (const schema of spec.schemas) {
      for (const write of writes) {
        // Before and after: what is read while the write is under way may be the old state.
        schema.pre(write as 'updateOne', function before() { forget(filterOf(this)); });
        schema.post(write as 'updateOne', function after() { forget(filterOf(this)); });
      }
    }
  }

  get(companyId: string, key: string): Promise<T | null> {
    if (!hearing) return this.spec.read(companyId, key);
    const kept = this.keptOf(companyId);
    const found = kept.get(key);
    if (found && performance.now() - found.at < keptMs) return found.promise;
    const entry: Entry<T> = { at: performance.now(), promise: this.spec.read(companyId, key) };
    this.keep(kept, key, entry);
    const drop = (): void => { if (kept.get(key) === entry) kept.delete(key); };
    entry.promise.then((value) => { if (value === null || this.spec.keep?.(value) === false) drop(); else entry.value = value; }, drop);
    return entry.promise;
  }

  /** Keeps what is at hand anyway, such as what was just written. */
  put(companyId: string, key: string, value: T): void {
    if (hearing) this.keep(this.keptOf(companyId), key, { at: performance.now(), promise: Promise.resolve(value), value });
  }

  /** Applies a change that is known to what is kept; null: it is not known after all. */
  change(companyId: string, key: string, to: (value: T) => T | null): void {
    const kept = this.keptOf(companyId);
    const entry = kept.get(key);
    const value = entry?.value === undefined ? null : to(entry.value);
    if (!entry || value === null) kept.delete(key);
    else kept.set(key, { at: entry.at, promise: Promise.resolve(value), value });
  }

  heard(event: DomainEvent): void {
    const kept = this.companies.get(event.companyId);
    if (!kept || kept.size === 0) return;
    const stale = this.spec.stale(event, values(kept));
    if (stale === 'all') kept.clear();
    else for (const key of stale) kept.delete(key);
  }

  forgetAll(): void {
    this.companies.clear();
  }

  private keep(kept: Map<string, Entry<T>>, key: string, entry: Entry<T>): void {
    kept.delete(key);
    kept.set(key, entry);
    // The oldest stand first: what is too old to be used goes, and what is too much.
    for (const [oldest, { at }] of kept) {
      if (kept.size <= mostKeys && entry.at - at < keptMs) break;
      kept.delete(oldest);
    }
  }

  private keptOf(companyId: string): Map<string, Entry<T>> {
    const kept = this.companies.get(companyId) ?? new Map<string, Entry<T>>();
    this.companies.set(companyId, kept);
    return kept;
  }

  private written(filter: Record<string, unknown> | undefined): void {
    const [companyId, id] = [filter?.['companyId'], filter?.['_id']];
    if (typeof companyId !== 'string') this.forgetAll();
    else if (typeof id !== 'string') this.companies.get(companyId)?.clear();
    else for (const key of this.keysOf(companyId, id)) this.companies.get(companyId)?.delete(key);
  }

  private keysOf(companyId: string, id: string): string[] {
    const { ids } = this.spec;
    return ids ? [...(this.companies.get(companyId) ?? [])].filter(([, { value }]) => value === undefined || ids(value).includes(id)).map(([key]) => key) : [id];
  }
}

function* values<T>(kept: Map<string, Entry<T>>): Kept<T> {
  for (const [key, { value }] of kept) if (value !== undefined) yield [key, value] as const;
}

const filterOf = (query: unknown): Record<string, unknown> | undefined => (typeof query === 'object' && query !== null && 'getFilter' in query && typeof query.getFilter === 'function' ? (query.getFilter() as Record<string, unknown>) : undefined);
