import { fail } from '../errors';
import { compare, equal } from '../bson/compare';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { valueText } from '../storage/key';
import { gatherings } from './gather';
import { isNullish, needArray, needWhole, operator, typeName } from './operator';
import type { Operator } from './operator';

function elementAt([value, index]: Maybe[]): Maybe {
  if (isNullish(value) || isNullish(index)) return null;
  const items = needArray(value, '$arrayElemAt');
  const at = needWhole(index, '$arrayElemAt');
  return items[at < 0 ? items.length + at : at];
}

function slice([value, first, count]: Maybe[]): Maybe {
  if (isNullish(value) || isNullish(first) || count === null) return null;
  const items = needArray(value, '$slice');
  const at = needWhole(first, '$slice', 28725);
  if (count === undefined) return at < 0 ? items.slice(at) : items.slice(0, at);
  const length = needWhole(count, '$slice', 28727);
  if (length <= 0) fail(28729, 'Third argument to $slice must be positive');
  const start = at < 0 ? Math.max(items.length + at, 0) : at;
  return items.slice(start, start + length);
}

function concat(args: Maybe[]): Maybe {
  if (args.some(isNullish)) return null;
  return args.flatMap((arg) => (Array.isArray(arg) ? arg : fail(28664, `$concatArrays only supports arrays, not ${typeName(arg)}`)));
}

function range([start, end, step]: Maybe[]): Maybe {
  const by = step === undefined ? 1 : needWhole(step, '$range', 34447);
  if (by === 0) fail(34449, '$range requires a non-zero step value');
  const out: Value[] = [];
  const last = needWhole(end, '$range', 34445);
  for (let at = needWhole(start, '$range', 34443); by > 0 ? at < last : at > last; at += by) {
    out.push(at);
    if (out.length > 10_000_000) fail(292, '$range would use too much memory');
  }
  return out;
}

function unique(items: Value[]): Value[] {
  const seen = new Map<string, Value>();
  for (const item of items) if (!seen.has(valueText(item))) seen.set(valueText(item), item);
  return [...seen.values()];
}

function setOperation(name: string, run: (sets: Value[][]) => Value): [string, Operator] {
  return [name, operator(name === '$setDifference' ? 2 : [0, Infinity], (args) => (args.some(isNullish) ? null : run(args.map((arg) => needArray(arg, name)))))];
}

function has(items: Value[], item: Value): boolean {
  return items.some((other) => equal(item, other));
}

function toObject([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  const out: Doc = new Map();
  const items = needArray(value, '$arrayToObject');
  for (const item of items) {
    if (Array.isArray(item) !== Array.isArray(items[0])) fail(Array.isArray(item) ? 40391 : 40396, '$arrayToObject requires a consistent input format: all arrays or all objects');
    const [key, content] = Array.isArray(item) ? item : isDoc(item) ? [item.get('k'), item.get('v')] : fail(40398, `Unrecognised input type format for $arrayToObject: ${typeName(item)}`);
    if ((Array.isArray(item) ? item.length : (item as Doc).size) !== 2) fail(Array.isArray(item) ? 40397 : 40392, '$arrayToObject requires an array of size 2 arrays or an object with the keys k and v');
    if (typeof key !== 'string' || content === undefined) fail(Array.isArray(item) ? 40395 : 40394, '$arrayToObject requires a string key and a value');
    out.set(key, content);
  }
  return out;
}

function toArray([value]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  if (!isDoc(value)) fail(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return [...value].map(([k, v]) => new Map<string, Value>([['k', k], ['v', v]]));
}

const nothing: Doc = new Map();

/** What an expression gathers: its arguments, or its only argument's items. */
function spread(args: Maybe[]): Maybe[] {
  return args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
}

/** An accumulator over what an expression was given. */
function gathered(name: string): [string, Operator] {
  return [name, operator([0, Infinity], (args) => {
    const gathering = gatherings.get(name)!();
    for (const value of spread(args)) gathering.add(value, nothing);
    return gathering.result();
  })];
}

function position([value, wanted, from, to]: Maybe[]): Maybe {
  if (isNullish(value)) return null;
  const items = needArray(value, '$indexOfArray');
  const start = from === undefined ? 0 : needWhole(from, '$indexOfArray', 40096);
  const end = Math.min(to === undefined ? items.length : needWhole(to, '$indexOfArray'), items.length);
  if (start < 0 || end < 0) fail(40097, '$indexOfArray requires a nonnegative index');
  for (let at = start; at < end; at++) if (equal(items[at], wanted)) return at;
  return -1;
}

/** Arrays, sets and objects. */
export const arrays = new Map<string, Operator>([
  ['$arrayElemAt', operator(2, elementAt)], ['$slice', operator([2, 3], slice)], ['$concatArrays', operator([0, Infinity], concat)],
  ['$first', operator(1, ([value]) => (isNullish(value) ? null : needArray(value, '$first')[0]))],
  ['$last', operator(1, ([value]) => (isNullish(value) ? null : needArray(value, '$last').at(-1)))],
  ['$size', operator(1, ([value]) => needArray(value, '$size').length)],
  ['$isArray', operator(1, ([value]) => Array.isArray(value))],
  ['$in', operator(2, ([value, items]) => (Array.isArray(items) ? value !== undefined && has(items, value)
    : fail(40081, `$in requires an array as a second argument, found: ${typeName(items)}`)))],
  ['$reverseArray', operator(1, ([value]) => (isNullish(value) ? null : [...needArray(value, '$reverseArray')].reverse()))],
  ['$range', operator([2, 3], range)], ['$indexOfArray', operator([2, 4], position)],
  ['$arrayToObject', operator(1, toObject)], ['$objectToArray', operator(1, toArray)],
  setOperation('$setUnion', (sets) => unique(sets.flat()).sort(compare)),
  setOperation('$setIntersection', (sets) => unique(sets[0] ?? []).filter((item) => sets.every((set) => has(set, item))).sort(compare)),
  setOperation('$setDifference', (sets) => unique(sets[0]!).filter((item) => !has(sets[1]!, item))),
  ...['$sum', '$avg', '$min', '$max', '$mergeObjects'].map(gathered),
]);
