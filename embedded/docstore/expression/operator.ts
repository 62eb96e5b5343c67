import { fail } from '../errors';
import { asNumber, isNumeric } from '../bson/numbers';
import { Raw, T, typeNames, typeOf } from '../bson/value';
import type { Maybe, Value } from '../bson/value';

/** An operator whose arguments are all evaluated first. */
export interface Operator {
  arity: [number, number];
  run: (args: Maybe[]) => Maybe;
}

export function operator(arity: number | [number, number], run: Operator['run']): Operator {
  return { arity: typeof arity === 'number' ? [arity, arity] : arity, run };
}

/** null, absent and undefined. */
export function isNullish(value: Maybe): value is null | undefined {
  return value === null || value === undefined || (value instanceof Raw && value.type === T.undefined);
}

export function typeName(value: Maybe): string {
  return value === undefined ? 'missing' : typeNames[typeOf(value)] ?? 'missing';
}

/** The text of an argument that must be a string. */
export function needText(value: Maybe, where: string, code = 16702): string {
  return typeof value === 'string' ? value : fail(code, `${where} requires a string argument, found: ${typeName(value)}`);
}

/** The whole number of an argument: refuses what is no number with the code, what is not whole with the next. */
export function needWhole(value: Maybe, where: string, code = 28690): number {
  if (!isNumeric(value) || !Number.isSafeInteger(asNumber(value))) fail(isNumeric(value) ? code + 1 : code, `${where} requires a whole number, found: ${typeName(value)}`);
  return asNumber(value);
}

/** How operators refuse what is no array: with a code and a sentence of their own. */
const noArray: Record<string, [number, string]> = {
  $arrayElemAt: [28689, "$arrayElemAt's first argument must be an array, but is "], $first: [28689, "$first's argument must be an array, but is "],
  $last: [28689, "$last's argument must be an array, but is "], $slice: [28724, 'First argument to $slice must be an array, but is of type: '],
  $reverseArray: [34435, 'The argument to $reverseArray must be an array, but was of type: '], $reduce: [40080, "$reduce requires that 'input' be an array, found: "],
  $indexOfArray: [40090, '$indexOfArray requires an array as a first argument, found: '], $arrayToObject: [40386, '$arrayToObject requires an array input, found: '],
  $setUnion: [17043, 'All operands of $setUnion must be arrays. One argument is of type: '],
  $setIntersection: [17047, 'All operands of $setIntersection must be arrays. One argument is of type: '],
  $setDifference: [17048, 'both operands of $setDifference must be arrays. One argument is of type: '],
  $filter: [28651, 'input to $filter must be an array not '], $map: [16883, 'input to $map must be an array not '],
  $sortArray: [2942504, 'The input argument to $sortArray must be an array, but was of type: '],
};

/** The items of an argument that must be an array. */
export function needArray(value: Maybe, where: string): Value[] {
  if (Array.isArray(value)) return value;
  const [code, sentence] = noArray[where] ?? [17124, `The argument to ${where} must be an array, but was of type: `];
  return fail(code, sentence + typeName(value));
}

/** What counts as true: everything but false, null, zero and absence. */
export function truthy(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value instanceof Raw && value.type === T.undefined) return false;
  return !(isNumeric(value) && asNumber(value) === 0);
}
