import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asInteger, asNumber, calculate, divideDecimals, isNumeric } from '../bson/numbers';
import type { Numeric } from '../bson/numbers';
import { Raw, double, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import { isNullish } from '../expression/operator';
import type { Scope } from '../expression/scope';
import { compileSort } from '../query/order';
import { valueText } from '../storage/key';

/** Gathers values of one group. */
export interface Gathering {
  add: (value: Maybe, root: Doc) => void;
  result: () => Value;
  /** About how many bytes it holds beyond a constant. */
  held?: () => number;
}

/** A compiled accumulator: its argument, and a fresh gathering per group. */
export interface Accumulator {
  evaluate: (root: Doc) => Maybe;
  fields: ReadonlySet<string> | undefined;
  start: () => Gathering;
}

function sum(): Gathering {
  let total: Numeric = 0;
  return { add: (value) => { if (isNumeric(value)) total = calculate('+', [total, value]) as Numeric; }, result: () => total };
}

function average(): Gathering {
  let total: Numeric = 0;
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total = calculate('+', [total, value]) as Numeric;
      count++;
    },
    result: () => (count === 0 ? null : total instanceof Raw ? divideDecimals(total, count) : double(asNumber(total) / count)),
  };
}

function extreme(sign: number): Gathering {
  let best: Maybe;
  return {
    add: (value) => { if (!isNullish(value) && (best === undefined || compare(value, best) * sign > 0)) best = value; },
    result: () => best ?? null,
  };
}

function first(): Gathering {
  let kept: Maybe;
  let any = false;
  return { add: (value) => { if (!any) { kept = value; any = true; } }, result: () => kept ?? null };
}

function last(): Gathering {
  let kept: Maybe;
  return { add: (value) => { kept = value; }, result: () => kept ?? null };
}

function weight(value: Value): number {
  if (typeof value === 'string') return 16 + value.length;
  return value instanceof Map || Array.isArray(value) ? 64 + valueText(value).length * 4 : 32;
}

function push(): Gathering {
  const items: Value[] = [];
  let size = 0;
  return { add: (value) => { if (value !== undefined) { items.push(value); size += weight(value); } }, result: () => items, held: () => size };
}

function addToSet(): Gathering {
  const items = new Map<string, Value>();
  let size = 0;
  return {
    add: (value) => {
      if (value === undefined) return;
      const id = valueText(value);
      if (items.has(id)) return;
      items.set(id, value);
      size += id.length + 64;
    },
    result: () => [...items.values()], held: () => size,
  };
}

function mergeObjects(): Gathering {
  const merged: Doc = new Map();
  return {
    add: (value) => {
      if (isNullish(value)) return;
      if (!isDoc(value)) fail(40400, '$mergeObjects requires object inputs');
      for (const [name, item] of value) merged.set(name, item);
    },
    result: () => merged,
  };
}

function deviation(sample: boolean): Gathering {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      const number = asNumber(value);
      const delta = number - mean;
      mean += delta / ++count;
      squares += delta * (number - mean);
    },
    result: () => (count < (sample ? 2 : 1) ? null : double(Math.sqrt(squares / (count - (sample ? 1 : 0))))),
  };
}

const simple: Record<string, () => Gathering> = {
  $sum: sum, $avg: average, $min: () => extreme(-1), $max: () => extreme(1), $first: first, $last: last, $push: push, $addToSet: addToSet,
  $mergeObjects: mergeObjects, $stdDevPop: () => deviation(false), $stdDevSamp: () => deviation(true),
};

/** `$firstN`, `$lastN`, `$minN`, `$maxN`, `$topN`, `$bottomN`, `$top`, `$bottom`. */
function several(name: string, operand: Value, scope: Scope | undefined): Accumulator {
  if (!isDoc(operand)) return fail(5787900, `specification must be an object; found ${name}`);
  const sorted = /^\$(top|bottom)/.test(name);
  const n = name.endsWith('N') ? asInteger(operand.get('n')) : 1;
  if (n === undefined || n < 1) return fail(5787902, `'n' must be a positive whole number in ${name}`);
  const value = compileExpression(operand.get(sorted ? 'output' : 'input') ?? fail(5787906, `Missing value for ${sorted ? 'output' : 'input'} in ${name}`), scope);
  const by = operand.get('sortBy');
  const sort = sorted ? compileSort(isDoc(by) ? by : fail(5788005, `Missing value for 'sortBy' in ${name}`)) : undefined;
  const fields = value.fields && new Set([...value.fields, ...(sort?.tops ?? [])]);
  const start = (): Gathering => {
    let kept: { value: Value; key: Maybe[] }[] = [];
    const before = (a: { value: Value; key: Maybe[] }, b: { value: Value; key: Maybe[] }): number => (
      sort ? sort.compare(a.key, b.key) : name === '$minN' ? compare(a.value, b.value) : name === '$maxN' ? compare(b.value, a.value) : 0);
    return {
      add: (item, root) => {
        if ((name === '$minN' || name === '$maxN') && isNullish(item)) return;
        if (name === '$firstN' && kept.length >= n) return;
        kept.push({ value: item ?? null, key: sort ? sort.key(root) : [] });
        if (kept.length <= n) return;
        if (name === '$lastN') kept.shift();
        else {
          kept.sort(before);
          kept = name.startsWith('$bottom') ? kept.slice(-n) : kept.slice(0, n);
        }
      },
      result: () => {
        if (name !== '$firstN' && name !== '$lastN') kept.sort(before);
        const values = kept.map((item) => item.value);
        return name.endsWith('N') ? values : values[0] ?? null;
      },
    };
  };
  return { evaluate: value.evaluate, fields, start };
}

/** Compiles one field of a `$group`. */
export function compileAccumulator(spec: Value, scope: Scope | undefined): Accumulator {
  if (!isDoc(spec)) return fail(40234, 'The field must be an accumulator object');
  if (spec.size !== 1) return fail(40238, 'The field must specify one accumulator');
  const [[name, operand]] = [...spec] as [[string, Value]];
  if (name === '$count') {
    if (!isDoc(operand) || operand.size > 0) fail(9, '$count takes no arguments, i.e. $count:{}');
    return { evaluate: () => 1, fields: new Set(), start: sum };
  }
  if (/^\$(first|last|min|max|top|bottom)N$|^\$(top|bottom)$/.test(name)) return several(name, operand, scope);
  const start = simple[name];
  if (!start) return fail(name === '$accumulator' || name === '$median' || name === '$percentile' ? 238 : 15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand) && operand.length !== 1 && name !== '$push' && name !== '$addToSet') fail(40237, `The ${name} accumulator is a unary operator`);
  const argument = Array.isArray(operand) && operand.length === 1 && name !== '$push' && name !== '$addToSet' ? operand[0]! : operand;
  const expression = compileExpression(argument, scope);
  return { evaluate: expression.evaluate, fields: expression.fields, start };
}
