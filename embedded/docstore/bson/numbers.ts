import { decimalNumber, makeDecimal, readDecimal, toDecimal } from './decimal';
import type { Decimal } from './decimal';
import { Double, Raw, T, double, isInt32 } from './value';
import type { Maybe, Value } from './value';

/** Any of the four number types, in memory. */
export type Numeric = number | bigint | Double | Raw;

export function isNumeric(value: Maybe): value is Numeric {
  const kind = typeof value;
  return kind === 'number' || kind === 'bigint' || value instanceof Double || (value instanceof Raw && value.type === T.decimal);
}

/** The nearest JavaScript number. */
export function asNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : decimalNumber(readDecimal(value));
}

/** The whole number a value stands for, or undefined when it is not whole, or too large to count with. */
export function asInteger(value: Maybe): number | undefined {
  if (!isNumeric(value)) return undefined;
  const number = asNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The whole part of a number, exactly; undefined when it is infinite or none. */
export function wholeOf(value: Numeric): bigint | undefined {
  if (!(value instanceof Raw)) {
    const near = asNumber(value);
    return typeof value === 'bigint' ? value : Number.isFinite(near) ? BigInt(Math.trunc(near)) : undefined;
  }
  const { negative, digits, exponent, kind } = readDecimal(value);
  if (kind !== 'finite') return undefined;
  const whole = exponent >= 0 ? digits * 10n ** BigInt(exponent) : digits / 10n ** BigInt(-exponent);
  return negative ? -whole : whole;
}

function asDecimal(value: Numeric): Decimal {
  if (value instanceof Raw) return readDecimal(value);
  return toDecimal(value instanceof Double ? value.value : value);
}

const view = new DataView(new ArrayBuffer(8));

/** A finite double as whole number × 2^power, exactly. */
function parts(value: number): { whole: bigint; power: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const whole = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { whole: bits >> 63n === 1n ? -whole : whole, power: Math.max(exponent, 1) - 1075 };
}

/** Compares a Decimal128 with a finite double or an int64, exactly. */
export function compareDecimal(left: Decimal, right: number | bigint): number {
  if (left.kind === 'infinite') return left.negative ? -1 : 1;
  const near = decimalNumber(left);
  const other = Number(right);
  if (Math.abs(near - other) > Math.max(Math.abs(near), Math.abs(other)) * 1e-14) return near < other ? -1 : 1;
  if (!Number.isFinite(near)) return left.negative ? -1 : 1;
  let a = left.negative ? -left.digits : left.digits;
  let { whole: b, power } = typeof right === 'bigint' ? { whole: right, power: 0 } : parts(right);
  if (left.exponent >= 0) a *= 10n ** BigInt(left.exponent);
  else b *= 10n ** BigInt(-left.exponent);
  if (power >= 0) b <<= BigInt(power);
  else a <<= BigInt(-power);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.kind === 'infinite' || b.kind === 'infinite') {
    const rank = (d: Decimal): number => (d.kind === 'infinite' ? (d.negative ? -1 : 1) : 0);
    return rank(a) - rank(b);
  }
  const low = Math.min(a.exponent, b.exponent);
  const scale = (d: Decimal): bigint => (d.negative ? -d.digits : d.digits) * 10n ** BigInt(d.digits === 0n ? 0 : d.exponent - low);
  const left = scale(a);
  const right = scale(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Compares numbers of any types exactly; NaN equals itself and comes first. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  const a = left instanceof Double ? left.value : left;
  const b = right instanceof Double ? right.value : right;
  if (!(a instanceof Raw) && !(b instanceof Raw)) {
    if (a < b) return -1;
    if (a > b) return 1;
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
    return Number.isNaN(b) ? 1 : 0;
  }
  const x = a instanceof Raw ? readDecimal(a) : undefined;
  const y = b instanceof Raw ? readDecimal(b) : undefined;
  const isNan = (d: Decimal | undefined, n: unknown): boolean => (d ? d.kind === 'nan' : typeof n === 'number' && Number.isNaN(n));
  if (isNan(x, a) || isNan(y, b)) return Number(isNan(y, b)) - Number(isNan(x, a));
  if (x && y) return compareDecimals(x, y);
  const other = (x ? b : a) as number | bigint;
  if (typeof other === 'number' && !Number.isFinite(other)) return compareDecimals(x ?? toDecimal(other), y ?? toDecimal(other));
  return x ? compareDecimal(x, other) : -compareDecimal(y!, other);
}

/** What to do when an int64 result does not fit: an update fails, an expression goes on as a double. */
export type Overflow = 'double' | 'fail';
export type Operation = '+' | '-' | '*';

const MAX_LONG = 2n ** 63n;

function whole(result: bigint, long: boolean, overflow: Overflow): Value | undefined {
  if (result >= MAX_LONG || result < -MAX_LONG) return overflow === 'fail' ? undefined : double(Number(result));
  return !long && result >= -2147483648n && result <= 2147483647n ? Number(result) : result;
}

function decimalResult(op: Operation, a: Decimal, b: Decimal): Raw {
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    const signed = (d: Decimal): number => decimalNumber(d);
    const x = signed(a);
    const y = signed(b);
    return makeDecimal(toDecimal(op === '+' ? x + y : op === '-' ? x - y : x * y));
  }
  const x = a.negative ? -a.digits : a.digits;
  const y = (b.negative ? -b.digits : b.digits) * (op === '-' ? -1n : 1n);
  if (op === '*') {
    const product = x * y;
    return makeDecimal({ negative: product < 0n, digits: product < 0n ? -product : product, exponent: a.exponent + b.exponent, kind: 'finite' });
  }
  const low = Math.min(a.exponent, b.exponent);
  const sum = x * 10n ** BigInt(a.exponent - low) + y * 10n ** BigInt(b.exponent - low);
  return makeDecimal({ negative: sum < 0n, digits: sum < 0n ? -sum : sum, exponent: low, kind: 'finite' });
}

/** Adds, subtracts or multiplies in the wider of the two types; undefined when an int64 overflows and must not. */
export function calculate(op: Operation, [left, right]: [Numeric, Numeric], overflow: Overflow = 'double'): Value | undefined {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = op === '+' ? left + right : op === '-' ? left - right : left * right;
    if (!isInt32(left) || !isInt32(right)) return double(result);
    return isInt32(result) || Object.is(result, -0) ? result + 0 : Number.isSafeInteger(result) ? BigInt(result) : calculate(op, [BigInt(left), right], overflow);
  }
  if (left instanceof Raw || right instanceof Raw) return decimalResult(op, asDecimal(left), asDecimal(right));
  const a = left instanceof Double ? left.value : left;
  const b = right instanceof Double ? right.value : right;
  const isWhole = (from: Numeric): boolean => typeof from === 'bigint' || (typeof from === 'number' && isInt32(from));
  if (isWhole(left) && isWhole(right)) {
    const x = BigInt(a);
    const y = BigInt(b);
    return whole(op === '+' ? x + y : op === '-' ? x - y : x * y, true, overflow);
  }
  const x = Number(a);
  const y = Number(b);
  return double(op === '+' ? x + y : op === '-' ? x - y : x * y);
}

/** Divides two decimals, to 34 digits. */
export function divideDecimals(left: Numeric, right: Numeric): Raw {
  const a = asDecimal(left);
  const b = asDecimal(right);
  if (a.kind !== 'finite' || b.kind !== 'finite') return makeDecimal(toDecimal(decimalNumber(a) / decimalNumber(b)));
  const digits = (a.digits * 10n ** 40n) / b.digits;
  return trimmed({ negative: a.negative !== b.negative, digits, exponent: a.exponent - b.exponent - 40, kind: 'finite' }, a.exponent - b.exponent);
}

function trimmed(value: Decimal, ideal: number): Raw {
  let { digits, exponent } = value;
  while (exponent < ideal && digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  return makeDecimal({ ...value, digits, exponent });
}
