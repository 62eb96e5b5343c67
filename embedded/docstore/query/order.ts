import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asInteger } from '../bson/numbers';
import type { Doc, Maybe, Value } from '../bson/value';
import { indexedValues, perItem } from './values';

export interface SortField {
  path: string;
  parts: string[];
  descending: boolean;
}

/** A compiled sort: the key of a document, and the order of two keys. */
export interface Sort {
  fields: SortField[];
  key: (value: Doc) => Maybe[];
  compare: (a: Maybe[], b: Maybe[]) => number;
  tops: Set<string>;
}

function plainKey(value: Doc, fields: readonly SortField[]): Maybe[] | undefined {
  const key: Maybe[] = [];
  for (const { parts } of fields) {
    let current: Maybe = value;
    for (const part of parts) {
      current = current instanceof Map ? current.get(part) : undefined;
      if (Array.isArray(current)) return undefined;
    }
    key.push(current ?? null);
  }
  return key;
}

/** The key of a document with arrays: of all the keys it could have, the first in this order. */
function arrayKey(value: Doc, sort: Sort): Maybe[] {
  const found = sort.fields.map(({ parts }) => indexedValues(value, parts, null));
  const many = sort.fields.filter((_, i) => found[i]!.multi);
  if (many.length > 1) {
    const docs = perItem(value, many.map(({ parts }) => parts)) ?? fail(2, 'cannot sort with keys that are parallel arrays');
    return docs.map(sort.key).reduce((best, key) => (sort.compare(key, best) < 0 ? key : best));
  }
  return sort.fields.map(({ descending }, i) => found[i]!.values.map((item) => item ?? null)
    .reduce<Maybe>((best, item) => ((descending ? compare(item, best) > 0 : compare(item, best) < 0) ? item : best), found[i]!.values[0] ?? null));
}

/** The fields of a sort document; refuses anything but 1 and −1. */
export function sortFields(sort: Doc): SortField[] {
  return [...sort].map(([path, direction]) => {
    if (path === '' || path.startsWith('.') || path.endsWith('.')) fail(15998, 'FieldPath field names may not be empty strings.');
    if (path.startsWith('$') && path !== '$natural') fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    if (direction instanceof Map) fail(238, 'a sort by $meta is not supported by this store');
    const number = asInteger(direction as Value);
    if (number !== 1 && number !== -1) fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: path.split('.'), descending: number === -1 };
  });
}

/** Compiles a sort document. */
export function compileSort(spec: Doc): Sort {
  const fields = sortFields(spec);
  const sort: Sort = {
    fields,
    tops: new Set(fields.map((field) => field.parts[0]!)),
    key: (value) => plainKey(value, fields) ?? arrayKey(value, sort),
    compare: (a, b) => {
      for (let i = 0; i < fields.length; i++) {
        const order = compare(a[i], b[i]);
        if (order !== 0) return fields[i]!.descending ? -order : order;
      }
      return 0;
    },
  };
  return sort;
}
