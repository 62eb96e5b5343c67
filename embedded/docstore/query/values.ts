import { UNDEFINED } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';

/** What a path means in a document, for its index entries and for sorting. */
export interface PathValues {
  values: Maybe[];
  /** There was an array on the way, or at its end. */
  multi: boolean;
  /** What an empty array on the way counts as. */
  emptied: Maybe;
}

function collect(value: Maybe, parts: readonly string[], found: PathValues): void {
  let current = value;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (current instanceof Map) current = current.get(part);
    else if (Array.isArray(current)) return collectArray(current, parts.slice(i), found);
    else {
      found.values.push(undefined);
      return;
    }
  }
  if (!Array.isArray(current)) {
    found.values.push(current);
    return;
  }
  found.multi = true;
  if (current.length === 0) found.values.push(UNDEFINED);
  for (const item of current) found.values.push(item);
}

function collectArray(items: Value[], parts: readonly string[], found: PathValues): void {
  const part = parts[0]!;
  if (/^\d+$/.test(part) && Number(part) < items.length) {
    const before = found.values.length;
    collect(items[Number(part)], parts.slice(1), found);
    if (items.some((item) => item instanceof Map && item.has(part))) found.multi = true;
    else if (found.values.length > before) return;
  }
  found.multi = true;
  if (items.length === 0) found.values.push(found.emptied);
  for (const item of items) {
    if (item instanceof Map) collect(item, parts, found);
    else found.values.push(undefined);
  }
}

/** The values of one path of a document; an absent one is undefined, an empty array counts as BSON's undefined. */
export function indexedValues(value: Doc, parts: readonly string[], emptied: Maybe = UNDEFINED): PathValues {
  const found: PathValues = { values: [], multi: false, emptied };
  collect(value, parts, found);
  return found;
}

/** Puts a value at a path of names; what is not a document on the way is replaced. */
export function withPath(value: Doc, parts: readonly string[], item: Maybe): Doc {
  const [name, ...rest] = parts as [string, ...string[]];
  const inner = value.get(name);
  const next = rest.length === 0 ? item : withPath(inner instanceof Map ? inner : new Map(), rest, item);
  const out: Doc = new Map(value);
  if (next === undefined) out.delete(name);
  else out.set(name, next);
  return out;
}

/** The document once for each item of the array that these paths share, with the item in its place; undefined when they share none. */
export function perItem(value: Doc, paths: readonly (readonly string[])[]): Doc[] | undefined {
  const [first] = paths as [string[]];
  let at: Maybe = value;
  for (const [depth, part] of first.entries()) {
    if (!(at instanceof Map) || paths.some((path) => path[depth] !== part)) return undefined;
    at = at.get(part);
    if (Array.isArray(at)) return (at.length === 0 ? [null] : at).map((item) => withPath(value, first.slice(0, depth + 1), item));
  }
  return undefined;
}
