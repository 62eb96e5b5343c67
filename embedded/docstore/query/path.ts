import type { Maybe, Value } from '../bson/value';

/** Visits what a path may mean; stops and answers true as soon as one visit does. */
export type Visit = (value: Maybe) => boolean;

function isIndex(part: string): boolean {
  const first = part.charCodeAt(0);
  return first >= 48 && first <= 57 && /^(0|[1-9]\d*)$/.test(part);
}

function intoArray(items: Value[], parts: readonly string[], [at, visit, leaves]: [number, Visit, boolean]): boolean {
  const part = parts[at]!;
  if (isIndex(part) && Number(part) < items.length) {
    const item = items[Number(part)];
    // An array that is reached by its position is looked at as a whole.
    if (at + 1 === parts.length ? visit(item) : (item instanceof Map || Array.isArray(item)) && walkPath(item, parts, [at + 1, visit, leaves])) return true;
  }
  for (const item of items) if (item instanceof Map && walkPath(item, parts, [at, visit, leaves])) return true;
  return false;
}

/**
 * Follows a dotted path from `value` the way a query does: through the items of arrays, by position too. With `leaves`, an array at the end
 * is visited item by item and then as a whole.
 */
export function walkPath(value: Maybe, parts: readonly string[], [at, visit, leaves]: [number, Visit, boolean]): boolean {
  let current = value;
  for (let i = at; i < parts.length; i++) {
    if (current instanceof Map) current = current.get(parts[i]!);
    else if (Array.isArray(current)) return intoArray(current, parts, [i, visit, leaves]);
    else return visit(undefined);
  }
  if (leaves && Array.isArray(current)) for (const item of current) if (visit(item)) return true;
  return visit(current);
}

/** True when a value may be reached at all: for `$exists`. */
export function reaches(value: Maybe, parts: readonly string[]): boolean {
  return walkPath(value, parts, [0, (found) => found !== undefined, false]);
}
