import { fail } from '../errors';
import { asNumber, isNumeric } from '../bson/numbers';
import { Raw, T, typeNames, typeOf } from '../bson/value';
import type { Maybe } from '../bson/value';

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
export function needText(value: Maybe, where: string): string {
  return typeof value === 'string' ? value : fail(16702, `${where} requires string arguments, found: ${typeName(value)}`);
}

export function needWhole(value: Maybe, where: string): number {
  if (!isNumeric(value) || !Number.isSafeInteger(asNumber(value))) fail(28690, `${where} requires a whole number, found: ${typeName(value)}`);
  return asNumber(value);
}
