import { createHash } from 'node:crypto';
import { dateOf, textOf } from '../bson/compare';
import { decimalNumber, readDecimal } from '../bson/decimal';
import { compareDecimal } from '../bson/numbers';
import { Double, Raw, T, placeOf } from '../bson/value';
import type { Maybe, Value } from '../bson/value';

/** Keys of this length or more are cut and end in a hash: equality stays exact, order is lost beyond the cut. */
const LIMIT = 1900;
const HASH = 16;

let out = Buffer.allocUnsafeSlow(16 * 1024);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= out.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(out.length * 2, pos + bytes));
  out.copy(larger, 0, 0, pos);
  out = larger;
}

function escaped(bytes: Uint8Array): void {
  room(bytes.length * 2 + 2);
  for (const byte of bytes) {
    out[pos++] = byte;
    if (byte === 0) out[pos++] = 0xff;
  }
  out[pos++] = 0;
  out[pos++] = 0;
}

function text(value: string): void {
  room(value.length * 3 + 2);
  if (value.length > 64) return escaped(Buffer.from(value));
  const start = pos;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit === 0 || unit > 127) {
      pos = start;
      return escaped(Buffer.from(value));
    }
    out[pos++] = unit;
  }
  out[pos++] = 0;
  out[pos++] = 0;
}

/** Eight bytes whose order is that of the doubles; NaN is lowest, −0 is 0. */
function doubleBytes(value: number): void {
  room(10);
  if (Number.isNaN(value)) {
    out.fill(0, pos, pos + 8);
  } else {
    out.writeDoubleBE(value + 0, pos);
    if (out[pos]! & 0x80) for (let i = 0; i < 8; i++) out[pos + i] = ~out[pos + i]!;
    else out[pos] = out[pos]! | 0x80;
  }
  pos += 8;
}

/** The next double below. */
function below(value: number): number {
  if (value === Infinity) return Number.MAX_VALUE;
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  const bits = bytes.getBigInt64(0);
  bytes.setBigInt64(0, value > 0 ? bits - 1n : value < 0 ? bits + 1n : -0x7fffffffffffffffn);
  return bytes.getFloat64(0);
}

/** After the double just below: the number's decimal digits, so that what a double cannot tell apart still has its own key. */
function remainder(negative: boolean, digits: string, exponent: number): void {
  const significant = digits.replace(/0+$/, '');
  const scientific = exponent + digits.length + 8192;
  const tail = Buffer.from(`__${significant}\0`, 'latin1');
  tail.writeUInt16BE(scientific, 0);
  room(tail.length + 1);
  out[pos++] = 1;
  for (const byte of tail) out[pos++] = negative ? ~byte : byte;
}

function number(value: number | bigint | Double | Raw): void {
  if (typeof value === 'number' || value instanceof Double) {
    doubleBytes(typeof value === 'number' ? value : value.value);
    out[pos++] = 0;
    return;
  }
  const decimal = value instanceof Raw ? readDecimal(value) : undefined;
  let near = decimal ? decimalNumber(decimal) : Number(value);
  const order = decimal ? (Number.isFinite(near) ? compareDecimal(decimal, near) : decimal.kind === 'finite' ? -1 : 0)
    : Number(BigInt(near) < (value as bigint)) - Number(BigInt(near) > (value as bigint));
  if (order === 0) {
    doubleBytes(near);
    out[pos++] = 0;
    return;
  }
  const negative = decimal ? decimal.negative : (value as bigint) < 0n;
  if (near === -Infinity) doubleBytes(near);
  else {
    if (order < 0) near = below(near);
    doubleBytes(near);
  }
  const digits = (decimal ? decimal.digits : (value as bigint) < 0n ? -(value as bigint) : value as bigint).toString();
  remainder(negative, digits, decimal ? decimal.exponent : 0);
}

function raw(value: Raw): void {
  const { bytes } = value;
  room(bytes.length * 2 + 16);
  switch (value.type) {
    case T.binary:
      pos = out.writeUInt32BE(bytes.readInt32LE(0), pos);
      pos += bytes.copy(out, pos, 4);
      return;
    case T.timestamp: pos = out.writeBigUInt64BE(bytes.readBigUInt64LE(0), pos); return;
    case T.objectId: case T.pointer: pos += bytes.copy(out, pos); return;
    case T.regex: {
      const middle = bytes.indexOf(0);
      escaped(bytes.subarray(0, middle));
      escaped(bytes.subarray(middle + 1, bytes.length - 1));
      return;
    }
    case T.code: text(textOf(value)); return;
    case T.scoped: escaped(bytes); return;
    default:
  }
}

function write(value: Maybe): void {
  const place = value === undefined ? 2 : placeOf(value);
  room(16);
  out[pos++] = place;
  switch (place) {
    case 4: number(value as number); return;
    case 5: text(textOf(value as Value)); return;
    case 6:
      for (const [name, item] of value as Map<string, Value>) {
        room(2);
        out[pos++] = placeOf(item);
        text(name);
        write(item);
      }
      room(1);
      out[pos++] = 0;
      return;
    case 7:
      for (const item of value as Value[]) write(item);
      room(1);
      out[pos++] = 0;
      return;
    case 10: out[pos++] = value ? 1 : 0; return;
    case 11:
      pos = out.writeBigUInt64BE(BigInt.asUintN(64, BigInt(dateOf(value as Value))) ^ 0x8000000000000000n, pos);
      return;
    default: if (value instanceof Raw) raw(value);
  }
}

/** Starts a key with the number of its index. */
export function beginKey(index: number): void {
  pos = 0;
  room(16);
  pos = out.writeUInt32BE(index, 0);
}

/** Adds one field; a descending one has its bytes inverted. */
export function addToKey(value: Maybe, descending: boolean): void {
  const start = pos;
  write(value);
  if (descending) for (let i = start; i < pos; i++) out[i] = ~out[i]!;
}

/** Where the key stands, to come back to with `rewindKey`. */
export function keyPosition(): number {
  return pos;
}

export function rewindKey(to: number): void {
  pos = to;
}

/** The finished key. */
export function endKey(): { key: Buffer; cut: boolean } {
  if (pos < LIMIT) return { key: Buffer.from(out.subarray(0, pos)), cut: false };
  const hash = createHash('sha256').update(out.subarray(0, pos)).digest().subarray(0, HASH);
  return { key: Buffer.concat([out.subarray(0, LIMIT - HASH), hash]), cut: true };
}

/** The ordered bytes of one value, never cut: equal values have equal bytes. */
export function valueKey(value: Maybe): Buffer {
  pos = 0;
  write(value);
  return Buffer.from(out.subarray(0, pos));
}

/** A short text, the same for equal values and different for others. */
export function valueText(value: Maybe): string {
  pos = 0;
  write(value);
  return out.latin1Slice(0, pos);
}
