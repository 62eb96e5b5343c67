import { fail } from '../errors';
import { compare, equal } from '../bson/compare';
import { show } from '../bson/show';
import { asInteger } from '../bson/numbers';
import { isDoc, typeNames, typeOf } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import { compileSort } from '../query/order';
import { isRegex } from '../query/regex';
import type { Change } from './paths';

function arrayAt(old: Maybe, [operator, path, root]: [operator: string, path: string, root: Doc]): Value[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return old;
  const type = typeNames[typeOf(old)];
  if (operator === '$pop') fail(14, `Path '${path}' contains an element of non-array type '${type}'`);
  if (operator === '$addToSet') fail(2, `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1)}' has non-array type ${type}`);
  return fail(2, `The field '${path}' must be an array but is of type ${type} in document {_id: ${show(root.get('_id'))}}`);
}

const nest = (filter: Doc): ((value: Doc) => boolean) => compileMatch(filter).test;

function sorter(by: Value): (items: Value[]) => Value[] {
  if (!isDoc(by)) {
    const direction = asInteger(by);
    if (direction !== 1 && direction !== -1) fail(2, 'The $sort element value must be either 1 or -1');
    return (items) => [...items].sort((a, b) => compare(a, b) * direction);
  }
  if (by.size === 0) fail(2, 'The $sort pattern is empty when it should be a set of fields.');
  for (const way of by.values()) if (![1, -1].includes(asInteger(way)!)) fail(2, 'The $sort element value must be either 1 or -1');
  for (const path of by.keys()) if (path.split('.').includes('')) fail(2, `The $sort field is a dotted field but has an empty part: ${path}`);
  const sort = compileSort(by);
  const key = (item: Value): Maybe[] => sort.key(isDoc(item) ? item : new Map());
  return (items) => items.map((item) => ({ item, key: key(item) })).sort((a, b) => sort.compare(a.key, b.key)).map(({ item }) => item);
}

function push(operand: Value, path: string): Change {
  const modifiers = isDoc(operand) && operand.has('$each') ? operand : undefined;
  if (!modifiers) return (old, root) => [...arrayAt(old, ['$push', path, root]), operand];
  for (const name of modifiers.keys()) if (!['$each', '$slice', '$sort', '$position'].includes(name)) fail(2, `Unrecognized clause in $push: ${name}`);
  const each = modifiers.get('$each');
  if (!Array.isArray(each)) fail(2, 'The argument to $each in $push must be an array');
  const whole = (name: string): number | undefined => {
    const value = modifiers.get(name);
    return value === undefined ? undefined : asInteger(value) ?? fail(2, `The value for ${name} must be an integer value`);
  };
  const slice = whole('$slice');
  const position = whole('$position');
  const by = modifiers.get('$sort');
  const sort = by === undefined ? undefined : sorter(by);
  return (old, root) => {
    const items = arrayAt(old, ['$push', path, root]);
    const at = position === undefined ? items.length : position < 0 ? Math.max(items.length + position, 0) : position;
    let next = each.length === 0 ? items : [...items.slice(0, at), ...each, ...items.slice(at)];
    if (sort) next = sort(next);
    if (slice !== undefined && next.length > Math.abs(slice)) next = slice < 0 ? next.slice(slice) : next.slice(0, slice);
    return next;
  };
}

// A text is found without comparing it with each, where the array has it already.
const holds = (items: readonly Value[], value: Value): boolean => items.includes(value) || items.some((item) => (typeof item !== 'string' || typeof value !== 'string') && equal(item, value));

function addToSet(operand: Value, path: string): Change {
  const each = isDoc(operand) && operand.has('$each') ? operand.get('$each') : [operand];
  if (!Array.isArray(each)) fail(14, 'The argument to $each in $addToSet must be an array');
  if (isDoc(operand) && operand.has('$each') && operand.size > 1) fail(2, 'Found unexpected fields after $each in $addToSet');
  return (old, root) => {
    const items = arrayAt(old, ['$addToSet', path, root]);
    const added: Value[] = [];
    for (const value of each) if (!holds(items, value) && !holds(added, value)) added.push(value);
    return added.length === 0 && old !== undefined ? items : [...items, ...added];
  };
}

function pop(operand: Value, path: string): Change {
  const end = asInteger(operand);
  if (end !== 1 && end !== -1) fail(9, `$pop expects 1 or -1, found: ${String(operand)}`);
  return (old, root) => {
    if (old === undefined) return undefined;
    const items = arrayAt(old, ['$pop', path, root]);
    return items.length === 0 ? items : end === 1 ? items.slice(0, -1) : items.slice(1);
  };
}

function pullTest(operand: Value): (item: Value) => boolean {
  const first = isDoc(operand) ? [...operand.keys()][0] : undefined;
  if (isRegex(operand) || (first?.startsWith('$') && !['$and', '$or', '$nor'].includes(first))) {
    const test = nest(new Map([['', operand]]));
    return (item) => test(new Map([['', item]]));
  }
  if (!isDoc(operand)) return (item) => equal(item, operand);
  const test = nest(operand);
  return (item) => isDoc(item) && test(item);
}

function without(test: (item: Value) => boolean): Change {
  return (old) => {
    if (old === undefined) return undefined;
    if (!Array.isArray(old)) fail(2, 'Cannot apply $pull to a non-array value');
    const kept = old.filter((item) => !test(item));
    return kept.length === old.length ? old : kept;
  };
}

/** The change an array operator makes; undefined when it is none of them. */
export function arrayChange(operator: string, operand: Value, path: string): Change | undefined {
  switch (operator) {
    case '$push': return push(operand, path);
    case '$addToSet': return addToSet(operand, path);
    case '$pop': return pop(operand, path);
    case '$pull': return without(pullTest(operand));
    case '$pullAll':
      if (!Array.isArray(operand)) fail(2, '$pullAll requires an array argument');
      return without((item) => operand.some((value) => equal(item, value)));
    case '$pushAll': return fail(9, 'Unknown modifier: $pushAll. Expected a valid update modifier or pipeline-style update specified as an array');
    default: return undefined;
  }
}
