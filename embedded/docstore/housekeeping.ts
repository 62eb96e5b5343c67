import { decode } from './bson/decode';
import { doc } from './bson/value';
import { compileMatch } from './query/match';
import { makePlan } from './query/planner';
import { scan } from './query/scan';
import { UNFINISHED, idBuffer, recordKey } from './storage/catalog';
import type { Collection, Index } from './storage/catalog';
import type { Steps, Store } from './store';

const PORTION = 200;

function* sweepGarbage(store: Store): Steps<null> {
  const { environment, catalog } = store;
  for (const { marker, kind, id } of catalog.garbage()) {
    const from = environment[kind];
    for (;;) {
      const keys = environment.keys(from, { start: idBuffer(id), end: idBuffer(id + 1), limit: PORTION });
      for (const key of keys) from.remove(key);
      if (keys.length < PORTION) break;
      yield;
    }
    environment.catalog.remove(marker);
  }
  return null;
}

function* expire(store: Store, collection: Collection, index: Index): Steps<number> {
  const before = new Date(Date.now() - index.ttl! * 1000);
  const filter = doc({ [index.fields[0]!.path]: doc({ $lte: before }) });
  const match = compileMatch(index.partial ? doc({ $and: [filter, index.partial.filter] }) : filter);
  const plan = makePlan(collection, { filter: match.filter, sort: undefined, hint: index.name });
  let removed = 0;
  for (const found of scan(store.environment, collection, { plan, match })) {
    if (found) {
      const current = store.environment.read(store.environment.documents, recordKey(collection.id, found.record));
      if (current && match.bytes(current)) {
        store.documents.delete(collection, found.record, decode(current));
        removed++;
      }
    }
    yield;
  }
  return removed;
}

/** Removes documents whose time is over; answers how many. */
export async function expireDocuments(store: Store): Promise<number> {
  let removed = 0;
  for (const collection of store.catalog.list()) {
    for (const index of collection.indexes) {
      if (index.ttl !== undefined && !index.building) removed += await store.write(expire(store, collection, index), false);
    }
  }
  return removed;
}

function* giveUp({ catalog }: Store): Steps<null> {
  for (const collection of catalog.list()) {
    const unfinished = collection.indexes.filter((index) => index.building);
    if (collection.name.startsWith(UNFINISHED)) catalog.drop(collection);
    else if (unfinished.length > 0) catalog.removeIndexes(collection, unfinished);
  }
  return null;
}

/** Index builds and results of `$out` that a crash cut short are given up. */
export async function dropUnfinished(store: Store): Promise<void> {
  if (store.catalog.list().some(({ name, indexes }) => name.startsWith(UNFINISHED) || indexes.some((index) => index.building))) await store.write(giveUp(store), false);
}

/** Starts the periodic work: expiry, removal of what was dropped, idle cursors. Answers how to stop it. */
export function startHousekeeping(store: Store, ttlMs: number, report: (error: unknown) => void): () => void {
  let working = false;
  const exclusively = (work: () => Promise<unknown>) => (): void => {
    if (working) return;
    working = true;
    work().catch(report).finally(() => {
      working = false;
    });
  };
  const sweep = setInterval(exclusively(async () => {
    store.cursors.expire(Date.now());
    if (store.catalog.garbage().length > 0) await store.write(sweepGarbage(store), false);
  }), 2000);
  const ttl = setInterval(exclusively(() => expireDocuments(store)), ttlMs);
  return () => {
    clearInterval(sweep);
    clearInterval(ttl);
  };
}
