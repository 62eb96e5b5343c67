import { fail } from '../errors';
import { show } from '../bson/show';
import { isDoc, typeOf } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compare } from '../bson/compare';

/** Turns the old value at a path of a document into the new one; undefined takes it away. */
export type Change = (old: Maybe, root: Doc) => Maybe;

/** The same bytes in BSON: same types, same values, same order. */
export function identical(a: Maybe, b: Maybe): boolean {
  if (a === b) return !(typeof a === 'number' && a === 0 && !Object.is(a, b));
  if (a === undefined || b === undefined || typeOf(a) !== typeOf(b)) return false;
  if (isDoc(a)) {
    const other = b as Doc;
    if (a.size !== other.size) return false;
    const names = [...other.keys()];
    let i = 0;
    for (const [name, value] of a) if (names[i++] !== name || !identical(value, other.get(name))) return false;
    return true;
  }
  if (Array.isArray(a)) return a.length === (b as Value[]).length && a.every((item, i) => identical(item, (b as Value[])[i]));
  if (typeof a === 'object' && a !== null && 'bytes' in a) return a.bytes.equals((b as typeof a).bytes);
  return compare(a, b) === 0 && !Object.is(a, -0) && !Object.is(b, -0);
}

const MAX_PADDING = 1_500_000;

/** Field names that count as positions. */
export function isPosition(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

function notViable(parts: readonly string[], at: number, value: Value): never {
  return fail(28, `Cannot create field '${parts[at]}' in element {${at > 0 ? parts[at - 1] : ''}: ${show(value)}}`);
}

/** What a path does where it does not lead anywhere. */
export interface Follow {
  parts: readonly string[];
  /** The whole document, as it was. */
  root: Doc;
  /** Whether missing parents are made. */
  create: boolean;
  change: Change;
}

function below(value: Maybe, follow: Follow, at: number): Maybe {
  return at === follow.parts.length ? follow.change(value, follow.root) : changeAt(value, follow, at);
}

function changeArray(items: Value[], follow: Follow, at: number): Maybe {
  const part = follow.parts[at]!;
  if (!isPosition(part)) return follow.create ? notViable(follow.parts, at, items) : items;
  const index = Number(part);
  const old = items[index];
  const next = below(old, follow, at + 1);
  if (next === old) return items;
  if (next === undefined) return index < items.length ? items.map((item, i) => (i === index ? null : item)) : items;
  if (index - items.length > MAX_PADDING) fail(2, `cannot backfill more than ${MAX_PADDING} elements`);
  const out = [...items];
  while (out.length < index) out.push(null);
  out[index] = next;
  return out;
}

/** Changes what is at a path; whatever is on the way is copied, the rest stays the same object. */
export function changeAt(container: Maybe, follow: Follow, at = 0): Maybe {
  if (Array.isArray(container)) return changeArray(container, follow, at);
  if (container !== undefined && !isDoc(container)) return follow.create ? notViable(follow.parts, at, container) : container;
  if (container === undefined && !follow.create) return undefined;
  const part = follow.parts[at]!;
  const old = container?.get(part);
  const next = below(old, follow, at + 1);
  if (next === old && (next !== undefined || container !== undefined)) return container;
  const out: Doc = new Map(container);
  if (next === undefined) out.delete(part);
  else out.set(part, next);
  return out;
}

/** The value exactly at a path of names and positions. */
export function valueAt(container: Maybe, parts: readonly string[]): Maybe {
  let current = container;
  for (const part of parts) {
    if (isDoc(current)) current = current.get(part);
    else if (Array.isArray(current) && isPosition(part)) current = current[Number(part)];
    else return undefined;
  }
  return current;
}

/** Resolves `$`, `$[]` and `$[name]` to positions in this document. */
export function expandPath(value: Doc, parts: readonly string[], how: Expansion): string[][] {
  const special = parts.findIndex((part) => part.startsWith('$'));
  if (special < 0) return [[...parts]];
  const before = parts.slice(0, special);
  const part = parts[special]!;
  const path = before.join('.');
  if (part === '$') {
    const position = how.position(path);
    if (position === undefined) fail(2, `The positional operator did not find the match needed from the query.`);
    return expandPath(value, [...before, String(position), ...parts.slice(special + 1)], how);
  }
  const items = valueAt(value, before);
  const name = part.slice(2, -1);
  if (!Array.isArray(items)) {
    return fail(2, items === undefined ? `The path '${path}' must exist in the document in order to apply array updates.`
      : `Cannot apply array updates to non-array element ${path}`);
  }
  const chosen = items.flatMap((item, i) => (name === '' || how.filter(name, item) ? [String(i)] : []));
  return chosen.flatMap((index) => expandPath(value, [...before, index, ...parts.slice(special + 1)], how));
}

export interface Expansion {
  /** The item the query matched in the array at this path. */
  position: (path: string) => number | undefined;
  /** Whether an item passes the array filter of this name. */
  filter: (name: string, item: Value) => boolean;
}
