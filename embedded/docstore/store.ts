import { StoreError, asStoreError, fail } from './errors';
import { Catalog } from './storage/catalog';
import type { Collection } from './storage/catalog';
import { Cursors } from './cursors';
import { Documents } from './storage/documents';
import { Environment } from './storage/environment';
import { Tally } from './tally';

/** Work in small steps: each yield is a moment to let others work. */
export type Steps<T> = Generator<unknown, T>;

const SLICE_MS = 4;

/** Runs a piece of work: at once when it is short, else in slices between which other work goes on. */
export function runSteps<T>(steps: Steps<T>, deadline = Infinity): T | Promise<T> {
  const slice = (): T | undefined => {
    const until = performance.now() + SLICE_MS;
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
      const now = performance.now();
      if (now > deadline) fail(50, 'operation exceeded time limit');
      if (now >= until) return undefined;
    }
  };
  const first = slice();
  if (first !== undefined) return first;
  return new Promise((resolve, reject) => {
    const again = (): void => {
      try {
        const result = slice();
        if (result === undefined) setImmediate(again);
        else resolve(result);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    setImmediate(again);
  });
}

/** One open store: what commands work on. */
export class Store {
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly documents: Documents;
  readonly cursors = new Cursors();
  readonly tally = new Tally();
  readonly startedAt = Date.now();

  constructor(dir: string) {
    this.environment = new Environment(dir);
    this.catalog = new Catalog(this.environment);
    this.documents = new Documents(this.environment, this.catalog);
  }

  /** Runs a piece of work in write transactions, shared with whatever else waits; resolves after the commit, or after the flush. */
  write<T>(steps: Steps<T>, durable: boolean, deadline = Infinity): Promise<T> {
    return new Promise((resolve, reject) => {
      let outcome: { value: T } | { refused: StoreError } | undefined;
      const run = (until: number): boolean => {
        try {
          for (;;) {
            const next = steps.next();
            if (next.done) {
              outcome = { value: next.value };
              return true;
            }
            const now = performance.now();
            if (now > deadline) fail(50, 'operation exceeded time limit');
            if (now >= until) return false;
          }
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          outcome = { refused: error };
          return true;
        }
      };
      const done = (error?: StoreError): void => {
        if (error) reject(error);
        else if (outcome && 'value' in outcome) resolve(outcome.value);
        else reject(outcome ? outcome.refused : asStoreError(new Error('the write did not finish')));
      };
      this.environment.submit({ run, done, durable });
    });
  }

  /** The collection of a namespace, made when it is not there; inside a transaction. */
  need(ns: string): Collection {
    return this.catalog.get(ns) ?? this.catalog.create(ns);
  }

  async close(): Promise<void> {
    this.cursors.closeAll();
    await this.environment.close();
  }
}
