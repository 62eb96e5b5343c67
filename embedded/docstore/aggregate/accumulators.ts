import { fail } from '../errors';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import { gatherings } from '../expression/gather';
import type { Gathering } from '../expression/gather';
import type { Scope } from '../expression/scope';

/** A compiled accumulator: its argument, and a fresh gathering per group. */
export interface Accumulator {
  evaluate: (root: Doc) => Maybe;
  fields: ReadonlySet<string> | undefined;
  start: () => Gathering;
}

const refused = new Set(['$accumulator', '$median', '$percentile', '$stdDevPop', '$stdDevSamp', '$firstN', '$lastN', '$minN', '$maxN', '$topN', '$bottomN', '$top', '$bottom']);

/** Compiles one field of a `$group`. */
export function compileAccumulator(spec: Value, scope: Scope | undefined): Accumulator {
  if (!isDoc(spec)) return fail(40234, 'The field must be an accumulator object');
  if (spec.size !== 1) return fail(40238, 'The field must specify one accumulator');
  const [[name, operand]] = [...spec] as [[string, Value]];
  if (name === '$count') {
    if (!isDoc(operand) || operand.size > 0) fail(9, '$count takes no arguments, i.e. $count:{}');
    return { evaluate: () => 1, fields: new Set(), start: gatherings.get('$sum')! };
  }
  const start = gatherings.get(name);
  if (!start && refused.has(name)) return fail(238, `${name} is not supported by this store`);
  if (!start) return fail(15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand) && operand.length !== 1 && name !== '$push' && name !== '$addToSet') fail(40237, `The ${name} accumulator is a unary operator`);
  const argument = Array.isArray(operand) && operand.length === 1 && name !== '$push' && name !== '$addToSet' ? operand[0]! : operand;
  const expression = compileExpression(argument, scope);
  return { evaluate: expression.evaluate, fields: expression.fields, start };
}
