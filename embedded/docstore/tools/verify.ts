import { decode } from '../bson/decode';
import { Catalog, idBuffer, recordKey } from '../storage/catalog';
import type { Collection, Index } from '../storage/catalog';
import { entriesOf } from '../storage/entries';
import { Environment } from '../storage/environment';

/** What a verification found. */
export interface Verification {
  collections: number;
  documents: number;
  /** Index entries that were checked. */
  entries: number;
  /** Missing, wrong and superfluous entries together, and collections that count wrongly. */
  mismatches: number;
  /** A sentence for each of the first hundred mismatches. */
  faults: string[];
}

function checkDocument(environment: Environment, index: Index, { keys, record }: { keys: readonly Buffer[]; record: number }): number {
  let missing = 0;
  for (const key of keys) {
    const tail = recordKey(0, record).subarray(4);
    const entry = environment.peek(environment.entries, index.unique ? key : Buffer.concat([key, tail]));
    if (entry === undefined || (index.unique && entry.readUIntBE(0, 6) !== record)) missing++;
  }
  return missing;
}

function verifyCollection(environment: Environment, collection: Collection, report: Verification): void {
  const name = `${collection.db}.${collection.name}`;
  const fault = (count: number, text: string): void => {
    if (count === 0) return;
    report.mismatches += count;
    if (report.faults.length < 100) report.faults.push(`${name}: ${text}`);
  };
  const expected = new Map<Index, number>(collection.indexes.map((index) => [index, 0]));
  let documents = 0;
  for (const key of environment.each(environment.documents, { start: idBuffer(collection.id), end: idBuffer(collection.id + 1) })) {
    documents++;
    const record = key.readUIntBE(4, 6);
    const value = decode(environment.read(environment.documents, key)!);
    for (const index of collection.indexes) {
      if (index.building) continue;
      const { keys } = entriesOf(value, index);
      expected.set(index, expected.get(index)! + keys.length);
      fault(checkDocument(environment, index, { keys, record }), `record ${record} has no entry in ${index.name}`);
    }
  }
  for (const [index, count] of expected) {
    if (index.building) continue;
    const found = environment.count(environment.entries, { start: idBuffer(index.id), end: idBuffer(index.id + 1) });
    report.entries += count;
    fault(Math.abs(found - count), `${index.name} has ${found} entries, ${count} are right`);
  }
  fault(collection.count === documents ? 0 : 1, `counts ${collection.count} documents, has ${documents}`);
  report.collections++;
  report.documents += documents;
}

/**
 * Checks every index entry against every document, also while the store is running: all of it is one snapshot.
 * `progress` is told the name of each collection that was checked.
 */
export async function verifyStore(options: { dataDir: string; progress?: (collection: string) => void }): Promise<Verification> {
  const environment = new Environment(options.dataDir, true);
  try {
    const report: Verification = { collections: 0, documents: 0, entries: 0, mismatches: 0, faults: [] };
    // Not interrupted on purpose: within one turn of the event loop every read sees the same snapshot.
    for (const collection of new Catalog(environment).list()) {
      verifyCollection(environment, collection, report);
      options.progress?.(`${collection.db}.${collection.name}`);
    }
    return report;
  } finally {
    await environment.close();
  }
}
