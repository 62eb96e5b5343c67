import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asNumber, calculate, divideDecimals, isNumeric } from '../bson/numbers';
import type { Numeric } from '../bson/numbers';
import { Double, Raw, double, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { valueText } from '../storage/key';
import { isNullish } from './operator';

/** Gathers values, of one group or of one array. */
export interface Gathering {
  add: (value: Maybe, root: Doc) => void;
  result: () => Value;
  /** About how many bytes it holds beyond a constant. */
  held?: () => number;
}

/** Adds numbers in the widest of their types; of doubles it keeps what rounding would lose, as MongoDB does, so that 10 × 0.1 is 1. */
export class Total {
  private whole: Numeric = 0;
  private decimal: Numeric | undefined;
  private isDouble = false;
  private high = 0;
  private low = 0;
  private special = 0;

  add(value: Numeric): void {
    if (value instanceof Raw) this.decimal = this.decimal === undefined ? value : calculate('+', [this.decimal, value]) as Numeric;
    else if (value instanceof Double || (typeof value === 'number' && (value | 0) !== value)) this.addDouble(asNumber(value));
    else this.whole = calculate('+', [this.whole, value]) as Numeric;
  }

  private addDouble(value: number): void {
    this.isDouble = true;
    if (!Number.isFinite(value)) {
      this.special += value;
      return;
    }
    const sum = this.high + value;
    const part = sum - this.high;
    this.low += (this.high - (sum - part)) + (value - part);
    this.high = sum;
  }

  result(): Numeric {
    const real = this.isDouble ? double(this.special !== 0 ? this.special : this.high + asNumber(this.whole) + this.low) as Numeric : this.whole;
    return this.decimal === undefined ? real : calculate('+', [this.decimal, real]) as Numeric;
  }
}

function sum(): Gathering {
  const total = new Total();
  return { add: (value) => { if (isNumeric(value)) total.add(value); }, result: () => total.result() };
}

function average(): Gathering {
  const total = new Total();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total.add(value);
      count++;
    },
    result: () => {
      const all = total.result();
      return count === 0 ? null : all instanceof Raw ? divideDecimals(all, count) : double(asNumber(all) / count);
    },
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

/** The accumulators that are expressions too, or take one plain argument. */
export const gatherings = new Map<string, () => Gathering>(Object.entries({
  $sum: sum, $avg: average, $min: () => extreme(-1), $max: () => extreme(1), $first: first, $last: last, $push: push, $addToSet: addToSet,
  $mergeObjects: mergeObjects,
}));
