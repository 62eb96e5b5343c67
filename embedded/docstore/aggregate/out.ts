import { fail } from '../errors';
import { decode } from '../bson/decode';
import { encode } from '../bson/encode';
import { doc, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { checkNamespace, optionalDoc, required } from '../commands/request';
import { compileExpression, extendScope } from '../expression/compile';
import type { Expression } from '../expression/compile';
import { isNullish } from '../expression/operator';
import { compileMatch } from '../query/match';
import { makePlan } from '../query/planner';
import { scan } from '../query/scan';
import type { Found } from '../query/scan';
import { UNFINISHED } from '../storage/catalog';
import type { Collection } from '../storage/catalog';
import type { Steps } from '../store';
import { compileUpdate, idFirst } from '../update/apply';
import { newId } from '../update/upsert';
import { STAGE_MEMORY, bytesOf } from './stage';
import type { Item, Place } from './stage';

/** How `$merge` treats a document. */
interface Merge {
  into: string;
  on: string[];
  matched: Value;
  unmatched: Value;
  /** The variables of its pipeline, made from the new document. */
  vars: [string, Expression][];
}

function target(place: Place, given: Maybe, name: string): string {
  for (const field of isDoc(given) ? given.keys() : []) if (field !== 'db' && field !== 'coll') fail(field === 'timeseries' ? 238 : 40415, `BSON field '${name}.${field}' is an unknown field.`);
  if (isDoc(given)) required(given.get('coll'), `${name}.coll`);
  const [db, collection] = isDoc(given) ? [given.get('db') ?? place.db, given.get('coll')] : [place.db, given];
  if (typeof db !== 'string' || typeof collection !== 'string') fail(16990, `${name} only supports a string or object argument`);
  return checkNamespace(db, collection);
}

function withSomeId(bytes: Buffer): { value: Doc; bytes: Buffer } {
  const value = decode(bytes);
  if (value.has('_id')) return { value, bytes: [...value.keys()][0] === '_id' ? bytes : encode(idFirst(value)) };
  const made: Doc = new Map([['_id', newId() as Value], ...value]);
  return { value: made, bytes: encode(made) };
}

function* out(results: readonly Buffer[], ns: string, place: Place): Steps<void> {
  const { catalog, documents } = place.store;
  const old = catalog.get(ns);
  const temporary = catalog.create(`${place.db}.${UNFINISHED}${Date.now()}.${Math.floor(Math.random() * 1e9)}`, old?.options ?? new Map());
  try {
    for (const index of old?.indexes ?? []) if (index.name !== '_id_') catalog.addIndex(temporary, index.spec, false);
    for (const bytes of results) {
      const item = withSomeId(bytes);
      documents.insert(temporary, item.value, item.bytes);
      yield;
    }
  } catch (error) {
    catalog.drop(temporary);
    throw error;
  }
  const current = catalog.get(ns);
  if (current) catalog.drop(current);
  catalog.rename(temporary, ns);
}

function parseMerge(operand: Value, place: Place): Merge {
  const spec = typeof operand === 'string' ? doc({ into: operand }) : isDoc(operand) ? operand : fail(51182, '$merge requires a string or object argument');
  for (const name of spec.keys()) if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(name)) fail(40415, `BSON field '$merge.${name}' is an unknown field.`);
  const into = spec.get('into') ?? fail(40414, "BSON field '$merge.into' is missing but a required field");
  const given = spec.get('on') ?? '_id';
  const on = Array.isArray(given) ? given : [given];
  if (on.length === 0 || on.some((path) => typeof path !== 'string')) fail(51186, "$merge 'on' field must be a string or a non-empty array of strings");
  if (new Set(on).size < on.length) fail(31465, "Found a duplicate field in the 'on' fields of $merge");
  const matched = spec.get('whenMatched') ?? 'merge';
  const unmatched = spec.get('whenNotMatched') ?? 'insert';
  if (!Array.isArray(matched) && !['merge', 'replace', 'keepExisting', 'fail'].includes(matched as string)) fail(2, `Enumeration value '${String(matched)}' for field 'whenMatched' is not a valid value.`);
  if (!['insert', 'discard', 'fail'].includes(unmatched as string)) fail(2, `Enumeration value '${String(unmatched)}' for field 'whenNotMatched' is not a valid value.`);
  const own = optionalDoc(spec, 'let');
  if (own && !Array.isArray(matched)) fail(51199, "Cannot use 'let' variables with 'whenMatched' unless it is a pipeline");
  if (own?.has('new') && own.get('new') !== '$$ROOT') fail(51273, "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'");
  const vars = [...own ?? [], ...(own?.has('new') ? [] : [['new', '$$ROOT'] as const])].map(([name, value]): [string, Expression] => [name, compileExpression(value, place.scope)]);
  if (Array.isArray(matched)) compileUpdate(matched, { scope: vars.reduce((outer, [name]) => extendScope(outer, name, null), place.scope) });
  return { into: target(place, into, '$merge'), on: on as string[], matched, unmatched, vars };
}

function checkOn(collection: Collection | undefined, on: readonly string[]): void {
  if (on.length === 1 && on[0] === '_id') return;
  const fits = collection?.indexes.some((index) => index.unique && !index.partial && index.fields.length === on.length && index.fields.every((field) => on.includes(field.path)));
  if (!fits) fail(51183, 'Cannot find index to verify that join fields will be unique');
}

function existing(place: Place, merge: Merge, value: Doc): Found | undefined {
  const collection = place.store.catalog.get(merge.into);
  const filter: Doc = new Map(merge.on.map((path) => {
    const found = path.split('.').reduce<Maybe>((at, part) => (isDoc(at) ? at.get(part) : undefined), value);
    if (isNullish(found) || Array.isArray(found)) fail(51132, "$merge write error: 'on' field cannot be missing, null, undefined or an array");
    return [path, doc({ $eq: found })];
  }));
  const match = compileMatch(filter);
  if (!collection) return undefined;
  for (const found of scan(place.store.environment, collection, { plan: makePlan(collection, { filter, sort: undefined }), match })) if (found) return found;
  return undefined;
}

function merged(before: Doc, value: Doc, how: { merge: Merge; place: Place }): Doc {
  const { matched } = how.merge;
  const scope = how.merge.vars.reduce((outer, [name, expression]) => extendScope(outer, name, expression.evaluate(value)), how.place.scope);
  const update = matched === 'replace' ? compileUpdate([doc({ $replaceWith: doc({ $literal: value }) })], {})
    : matched === 'merge' ? compileUpdate([doc({ $replaceWith: doc({ $mergeObjects: ['$$ROOT', doc({ $literal: value })] }) })], {}) : compileUpdate(matched, { scope });
  return update.apply(before, { match: compileMatch(new Map()), insert: false });
}

function* mergeInto(results: readonly Buffer[], merge: Merge, place: Place): Steps<void> {
  const { store } = place;
  checkOn(store.catalog.get(merge.into), merge.on);
  for (const result of results) {
    const made = withSomeId(result);
    const value = merge.on.includes('_id') ? made.value : decode(result);
    const found = existing(place, merge, value);
    if (!found && merge.unmatched === 'fail') fail(13113, '$merge could not find a matching document in the target collection for at least one document in the source collection');
    // One that must not be there is inserted all the same: the index refuses it, with the key and its value.
    if (found ? merge.matched === 'fail' : merge.unmatched === 'insert') store.documents.insert(store.need(merge.into), made.value, made.bytes);
    else if (found && merge.matched !== 'keepExisting') {
      const before = decode(found.bytes);
      const after = merged(before, value, { merge, place });
      store.documents.replace(store.need(merge.into), found.record, { before, after, bytes: encode(after) });
    }
    yield;
  }
}

/** Runs a pipeline to its end, then does its `$out` or `$merge`; inside transactions. */
export function* writeOut(source: Iterable<Item>, [name, operand]: [string, Value], place: Place): Steps<void> {
  const merge = name === '$merge' ? parseMerge(operand, place) : undefined;
  const ns = merge ? merge.into : target(place, operand, '$out');
  const results: Buffer[] = [];
  let size = 0;
  for (const item of source) {
    if (item) {
      const bytes = bytesOf(item);
      results.push(bytes);
      size += bytes.length;
      if (size > STAGE_MEMORY) fail(292, `the result for ${name} is larger than 100 MB`);
    }
    yield;
  }
  if (merge) yield* mergeInto(results, merge, place);
  else yield* out(results, ns, place);
}
