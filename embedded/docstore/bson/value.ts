/** A document in memory: keeps the order of its fields, whatever their names. */
export type Doc = Map<string, Value>;

/**
 * A BSON value in memory, without loss of its type. A plain number is an int32 when it fits one, else a double; `Double` is a double that
 * would look like an int32; bigint is an int64. Everything rare stays in its bytes (`Raw`).
 */
export type Value = null | boolean | number | bigint | string | Date | Double | Raw | Doc | Value[];

/** A value that may be absent. */
export type Maybe = Value | undefined;

/** A double whose value is a whole number within the range of an int32. */
export class Double {
  constructor(readonly value: number) {}
}

/** A value kept in its BSON bytes: binary, ObjectId, regex, timestamp, code, Decimal128, MinKey… */
export class Raw {
  constructor(readonly type: number, readonly bytes: Buffer) {}
}

export const T = {
  double: 1, string: 2, object: 3, array: 4, binary: 5, undefined: 6, objectId: 7, bool: 8, date: 9, null: 10, regex: 11, pointer: 12,
  code: 13, symbol: 14, scoped: 15, int: 16, timestamp: 17, long: 18, decimal: 19, minKey: 255, maxKey: 127,
} as const;

const empty = Buffer.alloc(0);
export const MIN_KEY = new Raw(T.minKey, empty);
export const MAX_KEY = new Raw(T.maxKey, empty);
export const UNDEFINED = new Raw(T.undefined, empty);

export function isInt32(value: number): boolean {
  return (value | 0) === value && !(value === 0 && 1 / value < 0);
}

/** A double in memory, in the form of this module. */
export function double(value: number): Value {
  return isInt32(value) ? new Double(value) : value;
}

export function isDoc(value: unknown): value is Doc {
  return value instanceof Map;
}

/** A document of operators: its first name starts with a dollar. */
export function isOperators(value: unknown): value is Doc {
  return value instanceof Map && (value as Doc).keys().next().value?.startsWith('$') === true;
}

/** The BSON type number of a value. */
export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'string': return T.string;
    case 'number': return isInt32(value) ? T.int : T.double;
    case 'boolean': return T.bool;
    case 'bigint': return T.long;
    default:
      if (value === null) return T.null;
      if (value instanceof Map) return T.object;
      if (Array.isArray(value)) return T.array;
      if (value instanceof Raw) return value.type;
      return value instanceof Date ? T.date : T.double;
  }
}

const orders = new Map<number, number>([
  [T.minKey, 1], [T.undefined, 2], [T.null, 3], [T.double, 4], [T.int, 4], [T.long, 4], [T.decimal, 4], [T.string, 5], [T.symbol, 5],
  [T.object, 6], [T.array, 7], [T.binary, 8], [T.objectId, 9], [T.bool, 10], [T.date, 11], [T.timestamp, 12], [T.regex, 13], [T.pointer, 14],
  [T.code, 15], [T.scoped, 16], [T.maxKey, 17],
]);

/** Where a type stands in BSON's order: types with the same place compare by value. */
export function placeOf(value: Value): number {
  switch (typeof value) {
    case 'string': return 5;
    case 'number': case 'bigint': return 4;
    case 'boolean': return 10;
    default: return value === null ? 3 : orders.get(typeOf(value)) ?? 17;
  }
}

/** The alias of a type, as `$type` spells it. */
export const typeNames: Record<number, string> = {
  1: 'double', 2: 'string', 3: 'object', 4: 'array', 5: 'binData', 6: 'undefined', 7: 'objectId', 8: 'bool', 9: 'date', 10: 'null', 11: 'regex',
  12: 'dbPointer', 13: 'javascript', 14: 'symbol', 15: 'javascriptWithScope', 16: 'int', 17: 'timestamp', 18: 'long', 19: 'decimal',
  255: 'minKey', 127: 'maxKey',
};

/** A document from name and value pairs. */
export function doc(fields: Record<string, Maybe>): Doc {
  const out: Doc = new Map();
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value !== undefined) out.set(key, value);
  }
  return out;
}

/** A copy that shares no container with the original. */
export function clone<V extends Maybe>(value: V): V;
export function clone(value: Maybe): Maybe {
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, clone(item)]));
  return Array.isArray(value) ? value.map((item) => clone(item)) : value;
}

declare global {
  // Node's own fast paths, absent from its published types.
  interface Buffer {
    latin1Slice(start?: number, end?: number): string;
    utf8Slice(start?: number, end?: number): string;
    utf8Write(text: string, offset?: number, length?: number): number;
  }
}
