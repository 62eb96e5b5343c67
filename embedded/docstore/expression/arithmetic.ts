import { fail } from '../errors';
import { compare } from '../bson/compare';
import { decimalNumber, decimalText, makeDecimal, parseDecimal, readDecimal, toDecimal } from '../bson/decimal';
import { asNumber, calculate, divideDecimals, isNumeric, wholeOf } from '../bson/numbers';
import type { Numeric } from '../bson/numbers';
import { Double, Raw, T, double, isInt32, typeOf } from '../bson/value';
import type { Maybe, Value } from '../bson/value';
import { isNullish, operator, typeName, truthy } from './operator';
import type { Operator } from './operator';

function need(value: Maybe, where: string): Numeric {
  return isNumeric(value) ? value : fail(14, `${where} only supports numeric types, not ${typeName(value)}`);
}

function isDecimal(value: Maybe): value is Raw {
  return value instanceof Raw && value.type === T.decimal;
}

function add(args: Maybe[]): Maybe {
  if (args.some(isNullish)) return null;
  const date = args.findIndex((arg) => arg instanceof Date);
  if (date < 0) return args.reduce<Value>((sum, arg) => calculate('+', [sum as Numeric, need(arg, '$add')])!, 0);
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
  const [x, y] = [need(a, '$mod'), need(b, '$mod')];
  if (asNumber(y) === 0) fail(16610, "can't $mod by zero");
  if (isDecimal(x) || isDecimal(y)) fail(238, '$mod of Decimal128 is not supported by this store');
  const whole = (n: Numeric): n is number | bigint => typeof n === 'bigint' || (typeof n === 'number' && isInt32(n));
  if (!whole(x) || !whole(y)) return double(asNumber(x) % asNumber(y));
  return typeof x === 'number' && typeof y === 'number' ? x % y + 0 : BigInt(x) % BigInt(y);
}

function rounded(name: string, how: (value: number, place: number) => number): Operator {
  return operator([1, name === '$round' || name === '$trunc' ? 2 : 1], ([value, place]) => {
    if (isNullish(value) || place === null) return null;
    const number = need(value, name);
    const digits = place === undefined ? 0 : asNumber(need(place, name));
    if (isDecimal(number)) return decimalPlaces(name, number, digits);
    if (typeof number === 'bigint' || (typeof number === 'number' && isInt32(number))) {
      if (digits >= 0) return number;
      const result = how(asNumber(number), digits);
      return typeof number === 'bigint' ? BigInt(result) : result;
    }
    return double(how(asNumber(number), digits));
  });
}

function decimalPlaces(name: string, value: Raw, places: number): Value {
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

/** Rounds half to even, at a decimal place. */
function roundEven(value: number, place: number): number {
  if (!Number.isFinite(value)) return value;
  const text = Math.abs(value).toFixed(20);
  const parsed = Math.abs(value) < 1e21 ? parseDecimal(text)! : toDecimal(Math.abs(value));
  const result = decimalNumber(readDecimal(decimalPlaces('$round', makeDecimal(parsed), place) as Raw));
  return value < 0 ? -result : result;
}

function cut(value: number, place: number): number {
  const factor = 10 ** place;
  return place === 0 ? Math.trunc(value) : Math.trunc(value * factor) / factor;
}

function absolute([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  const number = need(value, '$abs');
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
  return typeof value === 'bigint' ? value.toString() : String(asNumber(value)).replace(/e\+?/, 'e+').replace('e+-', 'e-');
}

/** Arithmetic, comparison, logic of evaluated arguments, number conversions. */
export const arithmetic = new Map<string, Operator>([
  ['$add', operator([0, Infinity], add)],
  ['$multiply', operator([0, Infinity], (args) => (args.some(isNullish) ? null
    : args.reduce<Value>((product, arg) => calculate('*', [product as Numeric, need(arg, '$multiply')])!, 1)))],
  ['$subtract', operator(2, subtract)], ['$divide', operator(2, divide)], ['$mod', operator(2, mod)],
  ['$abs', operator(1, absolute)],
  ['$ceil', rounded('$ceil', (value) => Math.ceil(value))], ['$floor', rounded('$floor', (value) => Math.floor(value))],
  ['$round', rounded('$round', roundEven)], ['$trunc', rounded('$trunc', cut)],
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
