import { compare, equal } from '../bson/compare';
import { isDoc, placeOf, isOperators } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { compileMatch } from './match';
import { isRegex } from './regex';

function values(condition: Value): Value[] | undefined {
  if (isRegex(condition)) return undefined;
  if (!isOperators(condition)) return [condition];
  if (condition.has('$eq')) return [condition.get('$eq')!];
  const list = condition.get('$in');
  return Array.isArray(list) && !list.some(isRegex) ? list : undefined;
}

function nest(path: string, value: Value): Doc {
  const parts = path.split('.');
  return parts.reduceRight<Value>((inner, part) => new Map([[part, inner]]), value) as Doc;
}

const lower = new Set(['$gt', '$gte']);
const upper = new Set(['$lt', '$lte']);

function rangeImplies(name: string, limit: Value, condition: Doc): boolean {
  for (const [own, value] of condition) {
    const sameSide = (lower.has(name) && lower.has(own)) || (upper.has(name) && upper.has(own));
    if (!sameSide || placeOf(value) !== placeOf(limit)) continue;
    const order = compare(value, limit) * (lower.has(name) ? 1 : -1);
    if (order > 0 || (order === 0 && (name.endsWith('e') || !own.endsWith('e')))) return true;
  }
  return false;
}

function oneImplies(name: string, operand: Value, condition: Value): boolean {
  if (isDoc(condition) && condition.has(name) && equal(condition.get(name), operand)) return true;
  if (name === '$exists' && operand !== false && isDoc(condition)) {
    return [...condition].some(([own, value]) => ['$gt', '$gte', '$lt', '$lte', '$regex', '$type', '$mod', '$elemMatch', '$size'].includes(own) && value !== null);
  }
  return isDoc(condition) && rangeImplies(name, operand, condition);
}

function conditionImplied(path: string, wanted: Value, given: readonly Value[]): boolean {
  const operators = isOperators(wanted) ? [...wanted] : undefined;
  return given.some((condition) => {
    const known = values(condition);
    if (known) {
      const match = compileMatch(new Map([[path, wanted]]));
      return known.every((value) => !Array.isArray(value) && value !== null && match.test(nest(path, value)));
    }
    return operators !== undefined && operators.every(([name, operand]) => oneImplies(name, operand, condition));
  });
}

/** Whether every match of a filter is sure to match the partial filter of an index; false when it cannot be told. */
export function implies(given: ReadonlyMap<string, Value[]>, partial: Doc): boolean {
  for (const [path, wanted] of partial) {
    if (path === '$and') {
      if (!(wanted as Doc[]).every((item) => implies(given, item))) return false;
    } else if (path.startsWith('$') || !conditionImplied(path, wanted, given.get(path) ?? [])) return false;
  }
  return true;
}
