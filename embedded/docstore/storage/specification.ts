import { fail } from '../errors';
import { equal } from '../bson/compare';
import { asInteger, asNumber, isNumeric } from '../bson/numbers';
import { show } from '../bson/show';
import { doc, isDoc, isOperators } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import { isRegex } from '../query/regex';

const known = new Set(['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'v', 'hidden', 'ns', 'clustered', 'prepareUnique',
  'collation', 'weights', 'default_language', 'language_override', 'textIndexVersion', '2dsphereIndexVersion', 'bits', 'min', 'max', 'storageEngine', 'dropDups']);

function checkKey(key: Doc): void {
  if (key.size === 0) fail(67, 'Index keys cannot be an empty object');
  if (key.size > 32) fail(67, 'Index keys cannot have more than 32 fields');
  for (const [path, order] of key) {
    if (typeof order === 'string') fail(order === 'text' || order === '2dsphere' || order === '2d' || order === 'hashed' ? 238 : 67, `an index of the kind '${order}' is not supported by this store`);
    if (!isNumeric(order) || asNumber(order) === 0 || Number.isNaN(asNumber(order))) fail(67, `Values in v:2 index key pattern must be a number (not 0) or a string. ${path}`);
    if (path === '' || path.split('.').includes('')) fail(67, 'Index keys cannot contain an empty field');
    if (path.includes('$**')) fail(238, 'wildcard indexes are not supported by this store');
    if (path.split('.').some((part, i) => part.startsWith('$') && (i === 0 || !['$id', '$ref', '$db'].includes(part)))) fail(67, `Index key contains an illegal field name: field name starts with '$': ${path}`);
  }
}

const inPartial = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in']);

/** Refuses what may not be in a partial index: whether a filter implies it could not be told. */
function checkPartial(filter: Doc): void {
  for (const [name, condition] of filter) {
    const operators = isOperators(condition) ? [...condition] : [];
    const bad = isRegex(condition) ? '$regex' : operators.find(([operator, operand]) => !inPartial.has(operator) || (operator === '$exists' && operand === false) || (Array.isArray(operand) && operand.some(isRegex)))?.[0];
    if (name === '$and' || name === '$or') (condition as Doc[]).forEach(checkPartial);
    else if (bad ?? name.startsWith('$')) fail(67, `Expression not supported in partial index: ${bad ?? name}`);
  }
}

function flagOf(given: Doc, name: string): boolean {
  const value = given.get(name);
  if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value)) fail(14, `The field '${name}' has value of the wrong type`);
  return value === true || (isNumeric(value) && asNumber(value) !== 0);
}

function checkLife(given: Doc, key: Doc): Value | undefined {
  const life = given.get('expireAfterSeconds');
  if (life === undefined) return undefined;
  if (!isNumeric(life)) fail(14, "TTL index 'expireAfterSeconds' option must be numeric");
  if (asNumber(life) < 0 || asNumber(life) > 2147483647 || Number.isNaN(asNumber(life))) fail(67, "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number");
  if (key.size !== 1 || key.has('_id')) fail(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  return life;
}

/** A complete index specification from what createIndexes was given; refuses what this store cannot do. */
export function indexSpec(given: Doc): Doc {
  const key = given.get('key');
  if (!isDoc(key)) fail(9, "The 'key' field is a required property of an index specification");
  const name = given.get('name');
  if (typeof name !== 'string' || name === '') fail(9, "The 'name' field is a required property of an index specification");
  for (const option of given.keys()) if (!known.has(option)) fail(197, `The field '${option}' is not valid for an index specification.`);
  checkKey(key);
  const version = given.get('v');
  if (version !== undefined && ![1, 2].includes(asInteger(version)!)) fail(67, `Invalid index specification ${show(given)}; cannot create an index with v=${show(version)}`);
  const own = equal(key, doc({ _id: 1 }));
  if (name === '_id_' && !own) fail(2, "The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}");
  if (name === '*') fail(67, "index name cannot be '*'");
  for (const option of own ? ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'hidden'] : []) {
    if (given.has(option)) fail(197, `The field '${option}' is not valid for an _id index specification.`);
  }
  const collation = given.get('collation');
  if (isDoc(collation) && collation.get('locale') !== 'simple') fail(238, 'collation is not supported by this store');
  for (const option of ['hidden', 'clustered', 'prepareUnique']) if (flagOf(given, option)) fail(238, `the index option ${option} is not supported by this store`);
  const partial = given.get('partialFilterExpression');
  if (partial !== undefined && !isDoc(partial)) fail(14, "The field 'partialFilterExpression' must be an object");
  if (partial) {
    compileMatch(partial);
    checkPartial(partial);
  }
  if (partial && flagOf(given, 'sparse')) fail(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  const spec = doc({ v: 2, key, name });
  if (flagOf(given, 'unique')) spec.set('unique', true);
  if (flagOf(given, 'sparse')) spec.set('sparse', true);
  if (partial) spec.set('partialFilterExpression', partial);
  const life = checkLife(given, key);
  if (life !== undefined) spec.set('expireAfterSeconds', asInteger(life) ?? life);
  return spec;
}

/** Whether the index is there already; refuses one that clashes with it. */
export function alreadyThere(existing: readonly Doc[], spec: Doc): boolean {
  if (equal(spec.get('key'), doc({ _id: 1 }))) return true;
  const name = String(spec.get('name'));
  const same = (other: Doc, options: readonly string[]): boolean => options.every((option) => equal(other.get(option), spec.get(option)));
  for (const other of existing) {
    const sameName = other.get('name') === name;
    if (!same(other, ['key', 'unique', 'sparse', 'partialFilterExpression'])) {
      if (sameName) {
        fail(86, `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${name}`);
      }
    } else if (!same(other, ['expireAfterSeconds'])) {
      fail(85, `An equivalent index already exists with ${sameName ? 'the same name but different options' : 'a different name and options'}. Requested index: ${name}`);
    } else if (sameName) return true;
    else fail(85, `Index already exists with a different name: ${String(other.get('name'))}`);
  }
  return false;
}
