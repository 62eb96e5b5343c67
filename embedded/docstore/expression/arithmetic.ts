import { fail } from '../errors';
import { compare } from '../bson/compare';
import { decimalText, makeDecimal, parseDecimal, readDecimal, toDecimal } from '../bson/decimal';
import { asNumber, calculate, divideDecimals, isNumeric, wholeOf } from '../bson/numbers';
import type { Numeric } from '../bson/numbers';
import { Double, Raw, T, double, isInt32, typeOf } from '../bson/value';
import type { Maybe, Value } from '../bson/value';
import { Total } from './gather';
import { isNullish, needWhole, operator, typeName, truthy } from './operator';
import type { Operator } from './operator';

function need(value: Maybe, where: string, code = 14): Numeric {
  return isNumeric(value) ? value : fail(code, `${where} only supports numeric types, not ${typeName(value)}`);
}

function isDecimal(value: Maybe): value is Raw {
  return value instanceof Raw && value.type === T.decimal;
}

/** An int32 or int64. */
function isWhole(value: Numeric): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value));
}

function add(args: Maybe[]): Maybe {
  if (args.some(isNullish)) return null;
  const date = args.findIndex((arg) => arg instanceof Date);
  if (date < 0) {
    const total = new Total();
    for (const arg of args) total.add(need(arg, '$add'));
    return total.result();
  }
  if (args.some((arg, i) => i !== date && arg instanceof Date)) fail(16612, 'only one date allowed in an $add expression');
  const ms = args.reduce<number>((sum, arg) => sum + (arg instanceof Date ? arg.getTime() : Math.round(asNumber(need(arg, '$add')))), 0);
  return new Date(ms);
}

function subtract([a, b]: Maybe[]): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
  if (a instanceof Date) return new Date(a.getTime() - Math.round(asNumber(need(b, '$subtract'))));
  return calculate('-', [need(a, '$subtract'), need(b, '$subtract')]);
}

function divide([a, b]: Maybe[]): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  const [x, y] = [need(a, '$divide'), need(b, '$divide')];
  if (asNumber(y) === 0) fail(2, "can't $divide by zero");
  return isDecimal(x) || isDecimal(y) ? divideDecimals(x, y) : double(asNumber(x) / asNumber(y));
}

function mod([a, b]: Maybe[]): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  const [x, y] = [need(a, '$mod', 16611), need(b, '$mod', 16611)];
  if (asNumber(y) === 0) fail(16610, "can't $mod by zero");
  if (isDecimal(x) || isDecimal(y)) fail(238, '$mod of Decimal128 is not supported by this store');
  if (!isWhole(x) || !isWhole(y)) return double(asNumber(x) % asNumber(y));
  return typeof x === 'number' && typeof y === 'number' ? x % y + 0 : BigInt(x) % BigInt(y);
}

function rounded(name: string): Operator {
  const placed = name === '$round' || name === '$trunc';
  return operator([1, placed ? 2 : 1], (args) => {
    if (args.some(isNullish)) return null;
    const number = need(args[0], name, placed ? 51081 : 28765);
    const place = args.length > 1 ? needWhole(args[1], name, 51081) : 0;
    if (place < -20 || place > 100) fail(51083, `cannot apply ${name} with precision value ${place}: it must be between -20 and 100`);
    if (isDecimal(number)) return decimalPlaces(name, number, place);
    const near = asNumber(number);
    if (!Number.isFinite(near) || (place >= 0 && Number.isInteger(near))) return number;
    const exact = Number.isInteger(near) ? toDecimal(typeof number === 'bigint' ? number : BigInt(near)) : parseDecimal(near.toFixed(20))!;
    const result = decimalPlaces(name, makeDecimal(exact), place);
    if (!isWhole(number)) return double(asNumber(result));
    const whole = wholeOf(result)!;
    return typeof number === 'bigint' || !isInt32(Number(whole)) ? whole : Number(whole);
  });
}

function decimalPlaces(name: string, value: Raw, places: number): Raw {
  const from = readDecimal(value);
  if (from.kind !== 'finite' || from.exponent >= -places) return value;
  const unit = 10n ** BigInt(-from.exponent - places);
  const rest = from.digits % unit;
  let digits = from.digits / unit;
  const up = name === '$round' ? rest * 2n > unit || (rest * 2n === unit && digits % 2n === 1n)
    : name === '$ceil' ? rest > 0n && !from.negative : name === '$floor' && rest > 0n && from.negative;
  if (up) digits += 1n;
  return makeDecimal({ ...from, digits, exponent: -places });
}

function absolute([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  const number = need(value, '$abs', 28765);
  if (typeof number === 'bigint') return number < 0n ? -number : number;
  if (isDecimal(number)) return makeDecimal({ ...readDecimal(number), negative: false });
  if (number instanceof Double) return double(Math.abs(number.value));
  return isInt32(number as number) && number === -2147483648 ? 2147483648n : Math.abs(number as number);
}

const comparisons: [string, (order: number) => Value][] = [
  ['$eq', (o) => o === 0], ['$ne', (o) => o !== 0], ['$gt', (o) => o > 0], ['$gte', (o) => o >= 0], ['$lt', (o) => o < 0], ['$lte', (o) => o <= 0],
  ['$cmp', (o) => Math.sign(o)],
];

/** In expressions an absent value is less than null. */
export function order(a: Maybe, b: Maybe): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compare(a, b);
}

function toWhole(name: string, long: boolean): Operator {
  return operator(1, ([value]) => {
    if (isNullish(value)) return null;
    let number: bigint | undefined;
    if (typeof value === 'boolean') number = value ? 1n : 0n;
    else if (typeof value === 'bigint') number = value;
    else if (value instanceof Date && long) number = BigInt(value.getTime());
    else if (isNumeric(value)) number = wholeOf(value) ?? fail(241, `Attempt to convert ${String(asNumber(value))} in ${name}`);
    else if (typeof value === 'string') number = /^[+-]?\d+$/.test(value) ? BigInt(value) : fail(241, `Failed to parse number '${value}' in ${name} with no onError value`);
    else fail(241, `Unsupported conversion from ${typeName(value)} in ${name} with no onError value`);
    const limit = long ? 2n ** 63n : 2n ** 31n;
    if (number >= limit || number < -limit) fail(241, `Conversion would overflow target type in ${name} with no onError value`);
    return long ? number : Number(number);
  });
}

function toDouble([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return double(value ? 1 : 0);
  if (value instanceof Date) return double(value.getTime());
  if (typeof value === 'string') {
    const parsed = parseDecimal(value);
    return parsed ? double(Number(value.replace(/inf(inity)?/i, 'Infinity'))) : fail(241, `Failed to parse number '${value}' in $toDouble`);
  }
  return isNumeric(value) ? double(asNumber(value)) : fail(241, `Unsupported conversion from ${typeName(value)} to double in $convert`);
}

function toDecimal128([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  if (isDecimal(value)) return value;
  if (typeof value === 'boolean') return makeDecimal(toDecimal(value ? 1n : 0n));
  if (value instanceof Date) return makeDecimal(toDecimal(BigInt(value.getTime())));
  if (typeof value === 'string') return makeDecimal(parseDecimal(value) ?? fail(241, `Failed to parse number '${value}' in $toDecimal`));
  if (!isNumeric(value)) fail(241, `Unsupported conversion from ${typeName(value)} to decimal in $convert`);
  return makeDecimal(toDecimal(typeof value === 'bigint' ? value : asNumber(value)));
}

/** The text of a number, as `$toString` gives it. */
export function numberText(value: Numeric): string {
  if (isDecimal(value)) return decimalText(value);
  return typeof value === 'bigint' ? value.toString() : String(asNumber(value)).replace(/e(\D)(\d)$/, 'e$10$2');
}

/** Arithmetic, comparison, logic of evaluated arguments, number conversions. */
export const arithmetic = new Map<string, Operator>([
  ['$add', operator([0, Infinity], add)],
  ['$multiply', operator([0, Infinity], (args) => (args.some(isNullish) ? null
    : args.reduce<Value>((product, arg) => calculate('*', [product as Numeric, need(arg, '$multiply')])!, 1)))],
  ['$subtract', operator(2, subtract)], ['$divide', operator(2, divide)], ['$mod', operator(2, mod)],
  ['$abs', operator(1, absolute)],
  ...['$ceil', '$floor', '$round', '$trunc'].map((name): [string, Operator] => [name, rounded(name)]),
  ...comparisons.map(([name, answer]): [string, Operator] => [name, operator(2, ([a, b]) => answer(order(a, b)))]),
  ['$not', operator(1, ([value]) => !truthy(value))],
  ['$toInt', toWhole('$toInt', false)], ['$toLong', toWhole('$toLong', true)], ['$toDouble', operator(1, toDouble)],
  ['$toDecimal', operator(1, toDecimal128)],
  ['$toBool', operator(1, ([value]) => (isNullish(value) ? null : truthy(value)))],
  ['$isNumber', operator(1, ([value]) => isNumeric(value))],
  ['$type', operator(1, ([value]) => typeName(value))],
  ['$toObjectId', operator(1, ([value]) => {
    if (isNullish(value)) return null;
    if (typeof value === 'object' && typeOf(value) === T.objectId) return value;
    return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value) ? new Raw(T.objectId, Buffer.from(value, 'hex')) : fail(241, 'Failed to parse objectId in $convert with no onError value');
  })],
]);
