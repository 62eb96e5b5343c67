import { StoreError } from '../errors';
import type { Doc, Maybe } from '../bson/value';
import type { Index } from './catalog';
import { indexedValues, perItem } from '../query/values';
import type { PathValues } from '../query/values';
import { addToKey, beginKey, endKey, keyPosition, rewindKey } from './key';

/** The keys of one document in one index, and what they tell about it. */
export interface Entries {
  keys: Buffer[];
  /** Which fields held an array. */
  multikey: boolean[] | undefined;
  cut: boolean;
}

function simpleKey(value: Doc, index: Index): { key: Buffer; cut: boolean } | undefined {
  beginKey(index.id);
  let present = false;
  for (const field of index.fields) {
    let current: Maybe = value;
    for (const part of field.parts) {
      if (current instanceof Map) current = current.get(part);
      else if (Array.isArray(current)) return undefined;
      else current = undefined;
    }
    if (Array.isArray(current)) return undefined;
    if (current !== undefined) present = true;
    addToKey(current ?? null, field.descending);
  }
  return present || !index.sparse ? endKey() : { key: Buffer.alloc(0), cut: false };
}

/** The index keys of a document, without the record number. */
export function entriesOf(value: Doc, index: Index): Entries {
  if (index.partial && !index.partial.test(value)) return { keys: [], multikey: undefined, cut: false };
  const simple = simpleKey(value, index);
  if (simple) return { keys: simple.key.length > 0 ? [simple.key] : [], multikey: undefined, cut: simple.cut };
  const found = index.fields.map((field) => indexedValues(value, field.parts));
  const multikey = found.map((item) => item.multi);
  if (index.sparse && found.every((item) => item.values.every((one) => one === undefined))) return { keys: [], multikey, cut: false };
  return { ...arrayEntries(value, index, found), multikey };
}

/** Several fields of the sub-documents of one array: one key per sub-document, not their cross product. */
function arrayEntries(value: Doc, index: Index, found: PathValues[]): Entries {
  const arrays = index.fields.filter((_, i) => found[i]!.multi);
  if (arrays.length <= 1) return crossed(found, index);
  const docs = perItem(value, arrays.map((field) => field.parts));
  if (!docs) throw new StoreError(171, `cannot index parallel arrays [${arrays[1]!.path}] [${arrays[0]!.path}]`);
  const keys = new Map<string, Buffer>();
  let cut = false;
  for (const one of docs) {
    const part = arrayEntries(one, index, index.fields.map((field) => indexedValues(one, field.parts)));
    cut ||= part.cut;
    for (const key of part.keys) keys.set(key.latin1Slice(), key);
  }
  return { keys: [...keys.values()], multikey: undefined, cut };
}

function crossed(found: PathValues[], index: Index): Entries {
  const keys = new Map<string, Buffer>();
  let cut = false;
  const add = (i: number): void => {
    const field = index.fields[i];
    if (!field) {
      const end = endKey();
      cut ||= end.cut;
      keys.set(end.key.latin1Slice(), end.key);
      return;
    }
    const start = keyPosition();
    for (const item of found[i]!.values) {
      rewindKey(start);
      addToKey(item ?? null, field.descending);
      add(i + 1);
    }
  };
  beginKey(index.id);
  add(0);
  return { keys: [...keys.values()], multikey: undefined, cut };
}

/**
 * The new version of a document with only what was added to the one array that changed in the fields of an index; undefined when more than
 * that changed. Its keys are those the index lacks: an array of words may have thousands, of which a few are new.
 */
export function appended(before: Doc, after: Doc, index: Index): Doc | undefined {
  if (index.partial) return undefined;
  const changed = index.fields.filter((field) => before.get(field.top) !== after.get(field.top));
  const [field] = changed;
  if (!field || changed.length > 1 || field.parts.length > 1) return undefined;
  const [old, whole] = [before.get(field.top), after.get(field.top)];
  if (!Array.isArray(old) || !Array.isArray(whole) || old.length === 0 || whole.length <= old.length) return undefined;
  return old.every((item, i) => item === whole[i]) ? new Map([...after, [field.top, whole.slice(old.length)]]) : undefined;
}

/** Remembers what new keys tell about an index; true when its definition must be saved. */
export function learn(index: Index, entries: Entries): boolean {
  let changed = false;
  if (entries.cut && !index.cut) {
    index.cut = true;
    changed = true;
  }
  entries.multikey?.forEach((multi, i) => {
    if (!multi || index.multikey[i]) return;
    index.multikey[i] = true;
    changed = true;
  });
  return changed;
}

