import { fail } from '../errors';
import { compare, equal, textOf } from '../bson/compare';
import { asInteger, asNumber, isNumeric, wholeOf } from '../bson/numbers';
import { Raw, T, placeOf, typeNames, typeOf, isOperators } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { reaches, walkPath } from './path';
import { isRegex, regexParts, toRegExp } from './regex';

/** One condition on one path: on each value the path may mean, or on arrays as a whole. */
export interface Predicate {
  accept: (value: Maybe) => boolean;
  /** Looks at an array as a whole, not at its items. */
  whole?: { reach?: (value: Maybe, parts: readonly string[]) => boolean };
  negated?: boolean;
}

type Accept = (value: Maybe) => boolean;
/** Compiles a filter inside a filter (`$elemMatch`). */
export type Nest = (filter: Doc) => (value: Doc) => boolean;

function equals(operand: Value): Accept {
  if (operand === null) return (value) => value === undefined || value === null || (value instanceof Raw && value.type === T.undefined);
  if (typeof operand === 'string') return (value) => value === operand || (value instanceof Raw && equal(value, operand));
  return (value) => value !== undefined && equal(value, operand);
}

function isNaN(value: Maybe): boolean {
  return isNumeric(value) && Number.isNaN(asNumber(value));
}

function ordered(name: string, operand: Value): Accept {
  const place = placeOf(operand);
  const same = equals(operand);
  const inclusive = name.endsWith('e');
  const up = name.startsWith('$g');
  if (operand === null) return inclusive ? same : () => false;
  if (isNaN(operand)) return inclusive ? isNaN : () => false;
  if (place === 1 || place === 17) {
    return (value) => {
      const order = compare(value ?? null, operand);
      return order === 0 ? inclusive : up ? order > 0 : order < 0;
    };
  }
  if (place === 13) fail(2, `Can't have RegEx as arg to predicate over field`);
  return (value) => {
    if (value === undefined || placeOf(value) !== place || isNaN(value)) return false;
    const order = compare(value, operand);
    return order === 0 ? inclusive : up ? order > 0 : order < 0;
  };
}

/** Matches a regular expression against strings, and against an equal expression. */
export function regexAccept(pattern: string, options: string): Accept {
  const regex = toRegExp(pattern, options);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (!(value instanceof Raw)) return false;
    if (value.type === T.symbol) return regex.test(textOf(value));
    if (value.type !== T.regex) return false;
    const own = regexParts(value);
    return own.pattern === pattern && own.options === [...options].sort().join('');
  };
}

function within(operand: Value): Accept {
  if (!Array.isArray(operand)) fail(2, '$in needs an array');
  for (const item of operand) if (isOperators(item)) fail(2, 'cannot nest $ under $in');
  const texts = new Set(operand.filter((item) => typeof item === 'string'));
  const others = operand.filter((item) => typeof item !== 'string').map((item) => {
    if (!isRegex(item)) return equals(item);
    const { pattern, options } = regexParts(item);
    return regexAccept(pattern, options);
  });
  return (value) => (typeof value === 'string' && texts.has(value)) || others.some((accept) => accept(value))
    || (value instanceof Raw && value.type === T.symbol && texts.has(textOf(value)));
}

const typeNumbers = new Map(Object.entries(typeNames).map(([number, name]) => [name, Number(number)]));

/** The type numbers `$type` asks for. */
export function typesOf(operand: Value): Set<number> {
  const types = new Set<number>();
  if (Array.isArray(operand) && operand.length === 0) fail(9, 'a $type must match at least one type');
  for (const item of Array.isArray(operand) ? operand : [operand]) {
    if (item === 'number') [T.double, T.int, T.long, T.decimal].forEach((type) => types.add(type));
    else if (typeof item === 'string') types.add(typeNumbers.get(item) ?? fail(2, `Unknown type name alias: ${item}`));
    else {
      const number = asInteger(item);
      if (number === undefined || (typeNames[number] === undefined && number !== -1)) fail(2, `Invalid numerical type code: ${String(item)}`);
      types.add(number === -1 ? T.minKey : number);
    }
  }
  return types;
}

function modulo(operand: Value): Accept {
  if (!Array.isArray(operand) || operand.length < 2) fail(2, 'malformed mod, not enough elements');
  if (operand.length > 2) fail(2, 'malformed mod, too many elements');
  const [divisor, rest] = operand.map((item) => (isNumeric(item) ? wholeOf(item) : undefined) ?? fail(2, 'malformed mod, not a number')) as [bigint, bigint];
  if (divisor === 0n) fail(2, 'divisor cannot be 0');
  return (value) => {
    const whole = isNumeric(value) ? wholeOf(value) : undefined;
    return whole !== undefined && whole % divisor === rest;
  };
}

/** The condition of `$elemMatch` on one item. */
export function itemTest(operand: Value, nest: Nest): (item: Value) => boolean {
  if (!(operand instanceof Map)) fail(2, '$elemMatch needs an Object');
  const first = [...operand.keys()][0];
  if (first?.startsWith('$') && !['$and', '$or', '$nor', '$expr', '$comment'].includes(first)) {
    const predicates = predicateFor(operand, nest);
    return (item) => predicates.every(({ accept, whole, negated }) => (whole?.reach ? whole.reach(item, []) : accept(item)) !== (negated ?? false));
  }
  const test = nest(operand);
  return (item) => (item instanceof Map ? test(item) : Array.isArray(item) && test(new Map(item.map((one, i) => [String(i), one]))));
}

function all(operand: Value, nest: Nest): Predicate[] {
  if (!Array.isArray(operand)) fail(2, '$all needs an array');
  if (operand.length === 0) return [{ accept: () => false }];
  const nested = operand.filter((item) => item instanceof Map && item.has('$elemMatch')).length;
  if (nested > 0 && nested < operand.length) fail(2, '$all/$elemMatch has to be consistent');
  return operand.map((item) => {
    if (item instanceof Map && item.has('$elemMatch')) return elements(item.get('$elemMatch')!, nest);
    if (isOperators(item)) fail(2, 'no $ expressions in $all');
    return { accept: isRegex(item) ? within([item]) : equals(item) };
  });
}

function elements(operand: Value, nest: Nest): Predicate {
  const test = itemTest(operand, nest);
  return { accept: (value) => Array.isArray(value) && value.some(test), whole: {} };
}

function not(operand: Value, nest: Nest): Predicate[] {
  if (isRegex(operand)) return [{ accept: within([operand]), negated: true }];
  if (!isOperators(operand)) fail(2, '$not needs a regex or a document of operators');
  const parts = predicateFor(operand, nest);
  const reach = (value: Maybe, path: readonly string[]): boolean => parts.every(({ accept, whole, negated }) => {
    // Inside $elemMatch there is no path: an item that is an array is looked at as a whole.
    const found = whole?.reach ? whole.reach(value, path) : walkPath(value, path, [0, accept, !whole && path.length > 0]);
    return negated ? !found : found;
  });
  return [{ accept: () => false, whole: { reach }, negated: true }];
}

function sizeOf(operand: Value): Predicate {
  const size = asInteger(operand);
  if (size === undefined) fail(2, 'Failed to parse $size. Expected an integer');
  if (size < 0) fail(2, 'Failed to parse $size. Expected a non-negative number');
  return { accept: (value) => Array.isArray(value) && value.length === size, whole: {} };
}

function operator(name: string, operand: Value, { siblings, nest }: { siblings: Doc; nest: Nest }): Predicate[] {
  switch (name) {
    case '$eq': return [{ accept: equals(operand) }];
    case '$ne':
      if (isRegex(operand)) fail(2, "Can't have regex as arg to $ne.");
      return [{ accept: equals(operand), negated: true }];
    case '$gt': case '$gte': case '$lt': case '$lte': return [{ accept: ordered(name, operand) }];
    case '$in': return [{ accept: within(operand) }];
    case '$nin': return [{ accept: within(operand), negated: true }];
    case '$exists': {
      const wanted = !(operand === false || operand === null || (isNumeric(operand) && asNumber(operand) === 0));
      return [{ accept: () => false, whole: { reach: reaches }, negated: !wanted }];
    }
    case '$type': {
      const types = typesOf(operand);
      return [{ accept: (value) => value !== undefined && types.has(typeOf(value)) }];
    }
    case '$mod': return [{ accept: modulo(operand) }];
    case '$size': return [sizeOf(operand)];
    case '$all': return all(operand, nest);
    case '$not': return not(operand, nest);
    case '$elemMatch': return [elements(operand, nest)];
    case '$regex': {
      const options = siblings.get('$options');
      if (options !== undefined && typeof options !== 'string') fail(2, '$options has to be a string');
      if (!isRegex(operand) && typeof operand !== 'string') fail(2, '$regex has to be a string');
      const own = isRegex(operand) ? regexParts(operand) : { pattern: operand, options: '' };
      if (own.options !== '' && options !== undefined) fail(51075, 'options set in both $regex and $options');
      return [{ accept: regexAccept(own.pattern, options ?? own.options) }];
    }
    case '$options': return siblings.has('$regex') ? [] : fail(2, '$options needs a $regex');
    case '$comment': return [];
    case '$bitsAllSet': case '$bitsAllClear': case '$bitsAnySet': case '$bitsAnyClear': case '$near': case '$nearSphere': case '$geoWithin': case '$geoIntersects': case '$within': case '$maxDistance': case '$minDistance':
      return fail(238, `${name} is not supported by this store`);
    default: return fail(2, `unknown operator: ${name}`);
  }
}

/** The conditions of `{ field: condition }`. */
export function predicateFor(condition: Value, nest: Nest): Predicate[] {
  if (isRegex(condition)) return [{ accept: within([condition]) }];
  const names = condition instanceof Map ? [...condition.keys()] : [];
  if (!(condition instanceof Map) || !names[0]?.startsWith('$') || names[0] === '$ref' || names[0] === '$id') {
    return [{ accept: equals(condition) }];
  }
  const predicates = [...condition].flatMap(([name, operand]) => {
    if (!name.startsWith('$')) fail(2, `unknown operator: ${name}`);
    return operator(name, operand, { siblings: condition, nest });
  });
  return predicates.length > 0 ? predicates : [{ accept: () => true, whole: {} }];
}
