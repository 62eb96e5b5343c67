import { fail } from '../errors';
import { Double, Raw, UNDEFINED, MIN_KEY, MAX_KEY, T, isInt32 } from './value';
import type { Doc, Value } from './value';

// Decoding is synchronous and never re-entered, so the position lives here.
let pos = 0;
const keyCache: (string | undefined)[] = new Array<string | undefined>(4096);
const scratch = Buffer.alloc(8);
const view = new DataView(scratch.buffer, scratch.byteOffset, 8);

export function int32At(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function doubleAt(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) scratch[i] = bytes[at + i]!;
  return view.getFloat64(0, true);
}

export function longAt(bytes: Uint8Array, at: number): bigint {
  for (let i = 0; i < 8; i++) scratch[i] = bytes[at + i]!;
  return view.getBigInt64(0, true);
}

function readName(bytes: Buffer): string {
  const start = pos;
  let hash = 0;
  let ascii = 0;
  let byte = bytes[pos]!;
  while (byte !== 0) {
    hash = (hash * 31 + byte) | 0;
    ascii |= byte;
    byte = bytes[++pos]!;
    if (byte === undefined) fail(22, 'a field name does not end');
  }
  const length = pos++ - start;
  if (ascii > 127) return bytes.toString('utf8', start, start + length);
  const slot = (hash ^ (hash >>> 13)) & 4095;
  const known = keyCache[slot];
  if (known !== undefined && known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++;
    if (i === length) return known;
  }
  const name = bytes.latin1Slice(start, start + length);
  if (length < 64) keyCache[slot] = name;
  return name;
}

function readText(bytes: Buffer): string {
  const length = int32At(bytes, pos);
  const start = pos + 4;
  pos = start + length;
  if (length < 24) {
    let text = '';
    for (let i = start; i < pos - 1; i++) {
      const byte = bytes[i]!;
      if (byte > 127) return bytes.utf8Slice(start, pos - 1);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return bytes.utf8Slice(start, pos - 1);
}

/** The length of a value of this type at this place, in bytes; refuses an unknown type. */
export function sizeAt(bytes: Uint8Array, type: number, at: number): number {
  switch (type) {
    case T.double: case T.date: case T.long: case T.timestamp: return 8;
    case T.string: case T.code: case T.symbol: return 4 + int32At(bytes, at);
    case T.object: case T.array: case T.scoped: return int32At(bytes, at);
    case T.binary: return 5 + int32At(bytes, at);
    case T.undefined: case T.null: case T.minKey: case T.maxKey: return 0;
    case T.objectId: return 12;
    case T.bool: return 1;
    case T.int: return 4;
    case T.decimal: return 16;
    case T.pointer: return 16 + int32At(bytes, at);
    case T.regex: {
      const pattern = bytes.indexOf(0, at);
      return bytes.indexOf(0, pattern + 1) + 1 - at;
    }
    default: return fail(22, `unknown BSON type ${type}`);
  }
}

function readRaw(bytes: Buffer, type: number): Raw {
  const size = sizeAt(bytes, type, pos);
  const raw = new Raw(type, bytes.subarray(pos, pos + size));
  pos += size;
  return raw;
}

function readValue(bytes: Buffer, type: number): Value {
  const at = pos;
  switch (type) {
    case T.double: {
      pos += 8;
      const value = doubleAt(bytes, at);
      return isInt32(value) ? new Double(value) : value;
    }
    case T.string: return readText(bytes);
    case T.object: return readFields(bytes, undefined);
    case T.array: return readItems(bytes);
    case T.bool: pos += 1; return bytes[at] === 1;
    case T.date: {
      const date = new Date(Number(longAt(bytes, at)));
      if (Number.isNaN(date.getTime())) return readRaw(bytes, type);
      pos += 8;
      return date;
    }
    case T.null: return null;
    case T.undefined: return UNDEFINED;
    case T.int: pos += 4; return int32At(bytes, at);
    case T.long: pos += 8; return longAt(bytes, at);
    case T.minKey: return MIN_KEY;
    case T.maxKey: return MAX_KEY;
    default: return readRaw(bytes, type);
  }
}

function readItems(bytes: Buffer): Value[] {
  const items: Value[] = [];
  const end = pos + int32At(bytes, pos) - 1;
  pos += 4;
  while (pos < end) {
    const type = bytes[pos++]!;
    while (bytes[pos++] !== 0);
    items.push(readValue(bytes, type));
  }
  pos = end + 1;
  return items;
}

function readFields(bytes: Buffer, only: ReadonlySet<string> | undefined): Doc {
  const fields: Doc = new Map();
  const end = pos + int32At(bytes, pos) - 1;
  pos += 4;
  while (pos < end) {
    const type = bytes[pos++]!;
    const name = readName(bytes);
    if (only !== undefined && !only.has(name)) pos += sizeAt(bytes, type, pos);
    else fields.set(name, readValue(bytes, type));
  }
  pos = end + 1;
  return fields;
}

/** A document from valid BSON bytes, which start at `at`; with `only`, just these top-level fields are decoded. */
export function decode(bytes: Buffer, only?: ReadonlySet<string>, at = 0): Doc {
  pos = at;
  return readFields(bytes, only);
}

/** Slices of the documents in the array that starts here: not decoded. */
export function rawItems(bytes: Buffer, at: number): Buffer[] {
  const items: Buffer[] = [];
  const end = at + int32At(bytes, at) - 1;
  let place = at + 4;
  while (place < end) {
    if (bytes[place] !== T.object) fail(14, 'the items of this array must be documents');
    place = bytes.indexOf(0, place + 1) + 1;
    const size = int32At(bytes, place);
    items.push(bytes.subarray(place, place + size));
    place += size;
  }
  return items;
}
