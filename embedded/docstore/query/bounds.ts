import { UNDEFINED, isDoc, placeOf, typeOf, T, isOperators } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { asNumber, isNumeric } from '../bson/numbers';
import { valueKey } from '../storage/key';
import { isRegex, literalPrefix, makeRegex, regexParts } from './regex';

/** A half-open stretch of one field's ordered bytes. */
export type Interval = [low: Buffer, high: Buffer];

/** Where the values of one field can be. */
export interface Bounds {
  intervals: Interval[];
  /** Every interval is one single value. */
  points: boolean;
  /** Absent fields may match. */
  nullish: boolean;
}

/** The first bytes after everything that starts with these. */
export function after(bytes: Buffer): Buffer {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0xff) length--;
  const next = Buffer.from(bytes.subarray(0, length));
  if (length > 0) next[length - 1] = next[length - 1]! + 1;
  return next;
}

function point(value: Value): Interval {
  const key = valueKey(value);
  return [key, after(key)];
}

function bracket(value: Value): Interval {
  const place = placeOf(value);
  return [Buffer.from([place]), Buffer.from([place + 1])];
}

const nothing: Bounds = { intervals: [point(UNDEFINED), point(null)], points: true, nullish: true };

function equality(value: Value): Bounds | undefined {
  if (value === null) return nothing;
  if (Array.isArray(value) || typeOf(value) === T.undefined) return undefined;
  return { intervals: [point(value)], points: true, nullish: false };
}

/** Texts that start as the pattern does, and the stored expression that equals it. */
function regex(pattern: string, options: string): Bounds | undefined {
  const prefix = literalPrefix(pattern, options);
  if (prefix === '') return undefined;
  const open = valueKey(prefix).subarray(0, -2);
  return { intervals: [[Buffer.from(open), after(open)], point(makeRegex(pattern, options))], points: false, nullish: false };
}

function oneOf(operand: Value): Bounds | undefined {
  if (!Array.isArray(operand)) return undefined;
  const all: Bounds = { intervals: [], points: true, nullish: false };
  for (const item of operand) {
    const parts = isRegex(item) ? regexParts(item) : undefined;
    const bounds = parts ? regex(parts.pattern, parts.options) : equality(item);
    if (!bounds) return undefined;
    all.intervals.push(...bounds.intervals);
    all.points &&= bounds.points;
    all.nullish ||= bounds.nullish;
  }
  all.intervals.sort(([a], [b]) => a.compare(b));
  all.intervals = all.intervals.filter((interval, i) => i === 0 || !interval[0].equals(all.intervals[i - 1]![0]));
  if (!all.points) all.intervals = joined(all.intervals);
  return all;
}

function joined(intervals: Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const [low, high] of intervals) {
    const last = out[out.length - 1];
    if (last && last[1].compare(low) >= 0) last[1] = last[1].compare(high) > 0 ? last[1] : high;
    else out.push([low, high]);
  }
  return out;
}

function side(name: string, operand: Value): Bounds | undefined {
  if ([1, 7, 13, 17].includes(placeOf(operand))) return undefined;
  if (operand === null) return name === '$gte' || name === '$lte' ? nothing : undefined;
  if (isNumeric(operand) && Number.isNaN(asNumber(operand))) return undefined;
  const key = valueKey(operand);
  const [low, high] = bracket(operand);
  const interval: Interval = name === '$gt' ? [after(key), high] : name === '$gte' ? [key, high] : name === '$lt' ? [low, key] : [low, after(key)];
  return { intervals: [interval], points: false, nullish: false };
}

function operatorBounds(name: string, operand: Value, siblings: Doc): Bounds | undefined {
  switch (name) {
    case '$eq': return equality(operand);
    case '$in': return oneOf(operand);
    case '$gt': case '$gte': case '$lt': case '$lte': return side(name, operand);
    case '$all': return Array.isArray(operand) && operand.length > 0 && !isRegex(operand[0]) && !isDoc(operand[0]) ? equality(operand[0]!) : undefined;
    case '$regex': {
      const options = siblings.get('$options');
      const own = isRegex(operand) ? regexParts(operand) : { pattern: String(operand), options: '' };
      return regex(own.pattern, typeof options === 'string' ? options : own.options);
    }
    case '$exists': return operand === false ? nothing : undefined;
    default: return undefined;
  }
}

function intersect(a: Bounds, b: Bounds): Bounds {
  const intervals: Interval[] = [];
  for (const [low, high] of a.intervals) {
    for (const [otherLow, otherHigh] of b.intervals) {
      const start = low.compare(otherLow) > 0 ? low : otherLow;
      const end = high.compare(otherHigh) < 0 ? high : otherHigh;
      if (start.compare(end) < 0) intervals.push([start, end]);
    }
  }
  return { intervals, points: a.points || b.points, nullish: a.nullish && b.nullish };
}

function better(a: Bounds | undefined, b: Bounds): Bounds {
  if (!a) return b;
  if (a.points !== b.points) return a.points ? a : b;
  return a.points && b.intervals.length < a.intervals.length ? b : a;
}

/**
 * Where a field's values must be so that all these conditions can hold; undefined when nothing is known. On a field with arrays two
 * conditions may be met by two items, so only the best one counts.
 */
export function boundsOf(conditions: readonly Value[], multikey: boolean): Bounds | undefined {
  let best: Bounds | undefined;
  const add = (bounds: Bounds | undefined, together: boolean): void => {
    if (bounds) best = best === undefined || !together ? better(best, bounds) : intersect(best, bounds);
  };
  for (const condition of conditions) {
    if (isRegex(condition)) add(regex(regexParts(condition).pattern, regexParts(condition).options), !multikey);
    else if (!isOperators(condition)) add(equality(condition), !multikey);
    else {
      for (const [name, operand] of condition) {
        if (name === '$elemMatch' && isDoc(operand)) {
          const inner = isOperators(operand) ? boundsOf([operand], false) : undefined;
          if (inner) add(inner, !multikey);
        } else add(operatorBounds(name, operand, condition), !multikey);
      }
    }
  }
  return best;
}

/** The conditions every match must meet, path by path. */
export function conjuncts(filter: Doc, prefix = '', into = new Map<string, Value[]>()): Map<string, Value[]> {
  for (const [name, condition] of filter) {
    if (name === '$and' && Array.isArray(condition)) for (const item of condition) conjuncts(item as Doc, prefix, into);
    else if (!name.startsWith('$')) {
      const path = prefix + name;
      into.set(path, [...into.get(path) ?? [], condition]);
      const inner = isDoc(condition) ? condition.get('$elemMatch') : undefined;
      if (isDoc(inner) && !isOperators(inner)) conjuncts(inner, `${path}.`, into);
    }
  }
  return into;
}
