import { fail } from '../errors';
import { Double, Raw, T, isInt32 } from './value';
import type { Doc, Value } from './value';

const MAX_BUFFER = 64 * 1024 * 1024;
let out = Buffer.allocUnsafeSlow(64 * 1024);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= out.length) return;
  if (pos + bytes > MAX_BUFFER) fail(10334, 'the document is larger than 16 MB');
  const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, pos + bytes));
  out.copy(larger, 0, 0, pos);
  out = larger;
}

function int32(value: number): void {
  out[pos] = value;
  out[pos + 1] = value >> 8;
  out[pos + 2] = value >> 16;
  out[pos + 3] = value >> 24;
  pos += 4;
}

function text(value: string): void {
  const length = value.length;
  room(length * 3 + 9);
  if (length > 40) {
    pos += out.utf8Write(value, pos);
    return;
  }
  const start = pos;
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 127) {
      pos = start + out.utf8Write(value, start);
      return;
    }
    out[pos++] = unit;
  }
}

function head(type: number, name: string): void {
  room(32);
  out[pos++] = type;
  text(name);
  out[pos++] = 0;
  room(16);
}

function field(name: string, value: Value): void {
  switch (typeof value) {
    case 'string': {
      head(T.string, name);
      const start = pos;
      pos += 4;
      text(value);
      out[pos++] = 0;
      const end = pos;
      pos = start;
      int32(end - start - 4);
      pos = end;
      return;
    }
    case 'number':
      if (isInt32(value)) {
        head(T.int, name);
        int32(value);
      } else {
        head(T.double, name);
        pos = out.writeDoubleLE(value, pos);
      }
      return;
    case 'boolean': head(T.bool, name); out[pos++] = value ? 1 : 0; return;
    case 'bigint': head(T.long, name); pos = out.writeBigInt64LE(BigInt.asIntN(64, value), pos); return;
    default: object(name, value);
  }
}

function object(name: string, value: null | Date | Double | Raw | Doc | Value[]): void {
  if (value === null) head(T.null, name);
  else if (value instanceof Map) {
    head(T.object, name);
    fields(value);
  } else if (Array.isArray(value)) {
    head(T.array, name);
    items(value);
  } else if (value instanceof Raw) {
    head(value.type, name);
    room(value.bytes.length + 16);
    pos += value.bytes.copy(out, pos);
  } else if (value instanceof Date) {
    head(T.date, name);
    pos = out.writeBigInt64LE(BigInt(value.getTime()), pos);
  } else {
    head(T.double, name);
    pos = out.writeDoubleLE(value.value, pos);
  }
}

function close(start: number): void {
  room(16);
  out[pos++] = 0;
  const end = pos;
  pos = start;
  int32(end - start);
  pos = end;
}

function fields(value: Doc): void {
  const start = pos;
  room(16);
  pos += 4;
  for (const [name, item] of value) field(name, item);
  close(start);
}

const numerals = Array.from({ length: 256 }, (_, i) => String(i));

function items(value: Value[]): void {
  const start = pos;
  room(16);
  pos += 4;
  for (let i = 0; i < value.length; i++) field(numerals[i] ?? String(i), value[i]!);
  close(start);
}

/** The BSON bytes of a document, in a buffer of their own, after `before` free bytes for a header. */
export function encode(value: Doc, before = 0): Buffer {
  pos = 0;
  fields(value);
  const bytes = Buffer.allocUnsafe(before + pos);
  out.copy(bytes, before, 0, pos);
  return bytes;
}
