import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asInteger } from '../bson/numbers';
import type { Doc, Maybe, Value } from '../bson/value';
import { indexedValues } from './values';

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

function keyOf(value: Doc, field: SortField): Maybe {
  let current: Maybe = value;
  for (const part of field.parts) {
    if (!(current instanceof Map)) {
      if (Array.isArray(current)) return extreme(value, field);
      current = undefined;
      break;
    }
    current = current.get(part);
  }
  return Array.isArray(current) ? extreme(value, field) : current ?? null;
}

function extreme(value: Doc, field: SortField): Maybe {
  const found = indexedValues(value, field.parts).values.map((item) => item ?? null);
  return found.reduce<Maybe>((best, item) => ((field.descending ? compare(item, best) > 0 : compare(item, best) < 0) ? item : best), found[0]);
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
export function compileSort(sort: Doc): Sort {
  const fields = sortFields(sort);
  return {
    fields,
    tops: new Set(fields.map((field) => field.parts[0]!)),
    key: (value) => fields.map((field) => keyOf(value, field)),
    compare: (a, b) => {
      for (let i = 0; i < fields.length; i++) {
        const order = compare(a[i], b[i]);
        if (order !== 0) return fields[i]!.descending ? -order : order;
      }
      return 0;
    },
  };
}
