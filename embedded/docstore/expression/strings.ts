import { fail } from '../errors';
import { isNumeric } from '../bson/numbers';
import { Raw, T, typeOf } from '../bson/value';
import type { Maybe } from '../bson/value';
import { numberText } from './arithmetic';
import { isNullish, needText, needWhole, operator, typeName } from './operator';
import type { Operator } from './operator';

/** The text of whatever string operators take: strings, numbers, dates; null is empty. */
function text(value: Maybe, where: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  return isNumeric(value) ? numberText(value) : fail(16007, `can't convert from BSON type ${typeName(value)} to String in ${where}`);
}

function toText([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Raw && value.type === T.objectId) return value.bytes.toString('hex');
  if (value instanceof Map || Array.isArray(value) || typeOf(value) === T.binary) fail(241, `Unsupported conversion from ${typeName(value)} to string in $convert with no onError value`);
  return text(value, '$toString');
}

function lowered(name: string, how: (value: string) => string): [string, Operator] {
  return [name, operator(1, ([value]) => how(text(value, name)))];
}

const lower = (value: string): string => value.replace(/[A-Z]+/g, (part) => part.toLowerCase());
const upper = (value: string): string => value.replace(/[a-z]+/g, (part) => part.toUpperCase());

function substringPoints([value, start, count]: Maybe[]): Maybe {
  const points = [...text(value, '$substrCP')];
  const from = needWhole(start, '$substrCP');
  const length = needWhole(count, '$substrCP');
  if (length < 0) fail(34454, '$substrCP: length must be a nonnegative integer.');
  if (from < 0) fail(34455, '$substrCP: the starting index must be nonnegative integer.');
  return points.slice(from, from + length).join('');
}

function substringBytes([value, start, count]: Maybe[]): Maybe {
  const bytes = Buffer.from(text(value, '$substrBytes'));
  const from = needWhole(start, '$substrBytes');
  const length = needWhole(count, '$substrBytes');
  if (from < 0) fail(50752, '$substrBytes: starting index must be non-negative');
  const end = length < 0 ? bytes.length : Math.min(from + length, bytes.length);
  const middle = (at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
  if (middle(from) || middle(end)) fail(28656, '$substrBytes: Invalid range, the range cuts a UTF-8 character');
  return bytes.toString('utf8', from, end);
}

function find([value, wanted, start, end]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  const points = [...needText(value, '$indexOfCP', 40093)];
  const part = [...needText(wanted, '$indexOfCP', 40094)];
  const last = Math.min(end === undefined ? points.length : needWhole(end, '$indexOfCP'), points.length);
  const first = start === undefined ? 0 : needWhole(start, '$indexOfCP', 40096);
  if (first < 0 || last < 0) fail(40097, '$indexOfCP requires a nonnegative index');
  for (let at = first; at + part.length <= last; at++) {
    if (part.every((point, i) => points[at + i] === point)) return at;
  }
  return -1;
}

/** Strings. */
export const strings = new Map<string, Operator>([
  ['$concat', operator([0, Infinity], (args) => (args.some(isNullish) ? null
    : args.map((arg) => (typeof arg === 'string' ? arg : fail(16702, `$concat only supports strings, not ${typeName(arg)}`))).join('')))],
  ['$toString', operator(1, toText)], lowered('$toLower', lower), lowered('$toUpper', upper),
  ['$strLenCP', operator(1, ([value]) => [...needText(value, '$strLenCP', 34471)].length)],
  ['$split', operator(2, ([value, by]) => {
    if (isNullish(value) || isNullish(by)) return null;
    if (by === '') fail(40087, '$split requires a non-empty separator');
    return needText(value, '$split', 40085).split(needText(by, '$split', 40086));
  })],
  ['$substrCP', operator(3, substringPoints)], ['$substrBytes', operator(3, substringBytes)], ['$substr', operator(3, substringBytes)],
  ['$indexOfCP', operator([2, 4], find)],
]);

