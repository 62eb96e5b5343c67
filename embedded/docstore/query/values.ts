import { UNDEFINED } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';

/** What a path means in a document, for its index entries and for sorting. */
export interface PathValues {
  values: Maybe[];
  /** There was an array on the way, or at its end. */
  multi: boolean;
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
  if (items.length === 0) found.values.push(UNDEFINED);
  for (const item of items) {
    if (item instanceof Map) collect(item, parts, found);
    else found.values.push(undefined);
  }
}

/** The values of one path of a document; an absent one is undefined, an empty array counts as BSON's undefined. */
export function indexedValues(value: Doc, parts: readonly string[]): PathValues {
  const found: PathValues = { values: [], multi: false };
  collect(value, parts, found);
  return found;
}
