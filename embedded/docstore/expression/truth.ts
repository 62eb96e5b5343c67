import { asNumber, isNumeric } from '../bson/numbers';
import { Raw, T } from '../bson/value';
import type { Maybe } from '../bson/value';

/** What counts as true: everything but false, null, zero and absence. */
export function truthy(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value instanceof Raw && value.type === T.undefined) return false;
  return !(isNumeric(value) && asNumber(value) === 0);
}
