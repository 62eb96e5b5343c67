import { compareNumbers } from './numbers';
import type { Numeric } from './numbers';
import { Raw, T, placeOf } from './value';
import type { Doc, Maybe, Value } from './value';

/** Strings in the order of their UTF-8 bytes, which is not the order of their UTF-16 units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc): number {
  const right = b.entries();
  for (const [name, value] of a) {
    const next = right.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const order = placeOf(value) - placeOf(other) || compareText(name, otherName) || compare(value, other);
    if (order !== 0) return order;
  }
  return right.next().done ? 0 : -1;
}

function compareArrays(a: Value[], b: Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The text of a string or symbol. */
export function textOf(value: Value): string {
  return value instanceof Raw ? value.bytes.toString('utf8', 4, value.bytes.length - 1) : String(value);
}

/** The milliseconds of a date, also of one that JavaScript's Date cannot hold. */
export function dateOf(value: Value): number {
  return value instanceof Date ? value.getTime() : Number((value as Raw).bytes.readBigInt64LE(0));
}

function compareRaw(a: Raw, b: Raw): number {
  if (a.type === T.binary) {
    return a.bytes.length - b.bytes.length || a.bytes[4]! - b.bytes[4]! || a.bytes.compare(b.bytes);
  }
  if (a.type === T.timestamp) {
    const x = a.bytes.readBigUInt64LE(0);
    const y = b.bytes.readBigUInt64LE(0);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.type === T.code) return compareText(textOf(a), textOf(b));
  return a.bytes.compare(b.bytes);
}

/** BSON's order of two values, the only one in this store; an absent value stands with `undefined`, before null. */
export function compare(a: Maybe, b: Maybe): number {
  if (a === b) return 0;
  const place = a === undefined ? 2 : placeOf(a);
  const order = place - (b === undefined ? 2 : placeOf(b));
  if (order !== 0 || a === undefined || b === undefined) return order;
  switch (place) {
    case 4: return compareNumbers(a as Numeric, b as Numeric);
    case 5: return compareText(textOf(a), textOf(b));
    case 6: return compareDocs(a as Doc, b as Doc);
    case 7: return compareArrays(a as Value[], b as Value[]);
    case 10: return Number(a) - Number(b);
    case 11: return dateOf(a) - dateOf(b);
    default: return a instanceof Raw && b instanceof Raw ? compareRaw(a, b) : 0;
  }
}

export function equal(a: Maybe, b: Maybe): boolean {
  return a === b || compare(a, b) === 0;
}
