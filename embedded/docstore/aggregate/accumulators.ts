import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asInteger } from '../bson/numbers';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import { gatherings } from '../expression/gather';
import type { Gathering } from '../expression/gather';
import { isNullish } from '../expression/operator';
import type { Scope } from '../expression/scope';
import { compileSort } from '../query/order';

/** A compiled accumulator: its argument, and a fresh gathering per group. */
export interface Accumulator {
  evaluate: (root: Doc) => Maybe;
  fields: ReadonlySet<string> | undefined;
  start: () => Gathering;
}

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
    return { evaluate: () => 1, fields: new Set(), start: gatherings.get('$sum')! };
  }
  if (/^\$(first|last|min|max|top|bottom)N$|^\$(top|bottom)$/.test(name)) return several(name, operand, scope);
  const start = gatherings.get(name);
  if (!start) return fail(name === '$accumulator' || name === '$median' || name === '$percentile' ? 238 : 15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand) && operand.length !== 1 && name !== '$push' && name !== '$addToSet') fail(40237, `The ${name} accumulator is a unary operator`);
  const argument = Array.isArray(operand) && operand.length === 1 && name !== '$push' && name !== '$addToSet' ? operand[0]! : operand;
  const expression = compileExpression(argument, scope);
  return { evaluate: expression.evaluate, fields: expression.fields, start };
}
