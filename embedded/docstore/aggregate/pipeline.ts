import { fail } from '../errors';
import { doc, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression, extendScope, followPath } from '../expression/compile';
import { variableName } from '../expression/scope';
import type { Scope } from '../expression/scope';
import { prepareFind } from '../query/find';
import type { FindSpec } from '../query/find';
import { isRegex } from '../query/regex';
import { withPath } from '../query/values';
import { positive } from './group';
import { docOf } from './stage';
import type { Item, Items, Place, Stage } from './stage';
import { compileSimple, compileSortStage } from './stages';

/** One stage as it is given: its name and its specification. */
export type Given = [name: string, operand: Value];

const refused = new Set(['$graphLookup', '$geoNear', '$setWindowFields', '$densify', '$fill', '$bucketAuto', '$search', '$searchMeta', '$vectorSearch',
  '$planCacheStats', '$listSessions', '$changeStreamSplitLargeEvent', '$querySettings', '$listSampledQueries', '$shardedDataDistribution', '$unionWith', '$redact',
  '$currentOp', '$collStats', '$indexStats']);
/** What makes documents without a collection: the session a command came with, or a list in the command. */
const sources = new Set(['$listLocalSessions', '$documents']);

/** The stages of a pipeline; refuses what is no pipeline. */
export function parsePipeline(pipeline: Maybe): Given[] {
  if (!Array.isArray(pipeline)) fail(14, "'pipeline' option must be specified as an array");
  return pipeline.map((stage): Given => {
    if (!isDoc(stage)) fail(14, 'Each element of the \'pipeline\' array must be an object');
    if (stage.size !== 1) fail(40323, 'A pipeline stage specification object must contain exactly one field.');
    return [...stage][0]!;
  });
}

/** The leading stages a find can do: `$match`, then `$sort`, `$skip`, `$limit`. */
export function leading(stages: readonly Given[], scope: Scope | undefined): { spec: FindSpec; rest: Given[] } {
  const filters: Value[] = [];
  let at = 0;
  while (stages[at]?.[0] === '$match' && isDoc(stages[at]![1])) filters.push(stages[at++]![1]);
  const filter: Doc = filters.length === 0 ? new Map() : filters.length === 1 ? filters[0] as Doc : new Map([['$and', filters]]);
  const spec: FindSpec = { filter, scope };
  if (stages[at]?.[0] === '$sort' && isDoc(stages[at]![1]) && (stages[at]![1] as Doc).size > 0) spec.sort = stages[at++]![1] as Doc;
  if (stages[at]?.[0] === '$skip') spec.skip = positive(stages[at++]![1], '$skip');
  if (stages[at]?.[0] === '$limit') spec.limit = positive(stages[at++]![1], '$limit');
  return { spec, rest: stages.slice(at) };
}

function needsOf(stages: readonly Stage[]): ReadonlySet<string> | undefined {
  const needs = new Set<string>();
  for (const stage of stages) {
    if (!stage.needs) return undefined;
    for (const name of stage.needs) needs.add(name);
    if (stage.closed) return needs;
  }
  return undefined;
}

function compileStage([name, operand]: Given, place: Place): Stage {
  switch (name) {
    case '$lookup': return lookup(operand, place);
    case '$facet': return facet(operand, place);
    case '$out': case '$merge': return fail(40601, `${name} can only be the final stage in the pipeline`);
    case '$changeStream': return fail(40573, 'The $changeStream stage is only supported on replica sets');
    case '$listSearchIndexes': return fail(31082, 'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration that this store does not have.');
    default:
      if (sources.has(name)) fail(40602, `${name} is only valid as the first stage in a pipeline`);
      if (refused.has(name)) fail(238, `${name} is not supported by this store`);
      return compileSimple(name, operand, place) ?? fail(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function compileStages(given: readonly Given[], place: Place): Stage[] {
  return given.map((stage, i) => {
    const next = given[i + 1];
    if (stage[0] === '$sort' && next?.[0] === '$limit') return compileSortStage(stage[1], positive(next[1], '$limit'));
    return compileStage(stage, place);
  });
}

function* decoded(source: Iterable<Item>, needs: ReadonlySet<string> | undefined): Items {
  for (const item of source) yield item && docOf(item, needs);
  return undefined;
}

function chain(source: Iterable<Item>, stages: readonly Stage[]): Iterable<Item> {
  return stages.reduce<Iterable<Item>>((stream, stage) => stage.run(stream), source);
}

function* made([name, operand]: Given, { session, scope }: Place): Items {
  if (name === '$documents') {
    const list = compileExpression(operand, scope).evaluate(new Map());
    if (!Array.isArray(list)) fail(5858203, 'an array is expected for $documents');
    for (const one of list) yield isDoc(one) ? one : fail(40228, '$documents must be documents');
  } else if (session) yield doc({ _id: doc({ id: session.get('id') }), lastUse: new Date() });
  return undefined;
}

/** A pipeline's documents. Leading stages are done by the planner, fields nobody looks at are not decoded. */
export function runPipeline(given: readonly Given[], place: Place, hint?: Maybe): Iterable<Item> {
  const first = given[0];
  if (first && sources.has(first[0])) {
    if (place.ns !== undefined) fail(73, `'${first[0]}' can only be run with {aggregate: 1}`);
    return chain(made(first, place), compileStages(given.slice(1), place));
  }
  if (first && refused.has(first[0])) compileStage(first, place);
  if (place.ns === undefined) fail(73, `{aggregate: 1} is not valid for '${first?.[0] ?? ''}'; a collection is required.`);
  const { spec, rest } = leading(given, place.scope);
  const stages = compileStages(rest, place);
  if (given.some(([name]) => name === '$match')) compileStages(given.filter(([name]) => name === '$match'), place);
  const collection = place.store.catalog.get(place.ns);
  if (!collection) return chain([], stages);
  const { stream } = prepareFind(place.store.environment, collection, { ...spec, hint });
  const needs = needsOf(stages);
  return chain(needs ? decoded(stream, needs) : stream, stages);
}

function foreignFilter(field: string, value: Maybe): Doc {
  if (Array.isArray(value)) {
    const plain = value.filter((item) => !isRegex(item));
    return new Map<string, Value>([['$or', [doc({ [field]: doc({ $in: plain }) }), ...value.filter(isRegex).map((item) => doc({ [field]: doc({ $eq: item }) }))]]]);
  }
  return doc({ [field]: doc({ $eq: value ?? null }) });
}

function lookup(operand: Value, place: Place): Stage {
  if (!isDoc(operand)) fail(9, 'the $lookup specification must be an Object');
  for (const name of operand.keys()) if (!['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'].includes(name)) fail(9, `unknown argument to $lookup: ${name}`);
  const [from, as, localField, foreignField] = ['from', 'as', 'localField', 'foreignField'].map((name) => operand.get(name)) as [Value, Value, Maybe, Maybe];
  if (typeof as !== 'string') fail(9, "must specify 'as' field for a $lookup");
  const inner = operand.has('pipeline') ? parsePipeline(operand.get('pipeline')) : [];
  if (typeof from !== 'string') fail(9, "missing 'from' option to $lookup stage specification");
  if ((localField === undefined) !== (foreignField === undefined)) fail(9, '$lookup requires both or neither of \'localField\' and \'foreignField\' to be specified');
  if (localField === undefined && !operand.has('pipeline')) fail(9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  for (const [name, field] of [['localField', localField], ['foreignField', foreignField]] as const) {
    if (field !== undefined && typeof field !== 'string') fail(9, `$lookup argument '${name}' must be a string`);
    if (field?.startsWith('$')) fail(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  }
  const own = operand.get('let') ?? new Map();
  if (!isDoc(own)) fail(9, "$lookup argument 'let' must be an object");
  const vars = [...own].map(([name, value]) => [variableName(name), compileExpression(value, place.scope)] as const);
  const ns = `${place.db}.${from}`;
  const bad = inner.find(([name]) => name === '$out' || name === '$merge');
  if (bad) fail(51047, `${bad[0]} is not allowed within a $lookup's sub-pipeline`);
  const blank = vars.reduce((scope, [name]) => extendScope(scope, name, null), place.scope);
  compileStages(inner, { ...place, ns, scope: blank });
  return { needs: undefined, closed: false, *run(source) {
    for (const item of source) {
      if (item === null) {
        yield null;
        continue;
      }
      const value = docOf(item, undefined);
      let scope = place.scope;
      for (const [name, expression] of vars) scope = extendScope(scope, name, expression.evaluate(value));
      const filter = typeof localField === 'string' ? foreignFilter(foreignField as string, followPath(value, localField.split('.'))) : undefined;
      const stages: Given[] = filter ? [['$match', filter], ...inner] : inner;
      const found: Value[] = [];
      for (const other of runPipeline(stages, { ...place, ns, scope })) {
        if (other) found.push(docOf(other, undefined));
        yield null;
      }
      yield withPath(value, as.split('.'), found);
    }
    return undefined;
  } };
}

function facet(operand: Value, place: Place): Stage {
  if (!isDoc(operand) || operand.size === 0) fail(40169, 'the $facet specification must be a non-empty object');
  const facets = [...operand].map(([name, pipeline]) => {
    const stages = parsePipeline(pipeline);
    const bad = stages.find(([stage]) => ['$out', '$merge', '$facet'].includes(stage));
    if (bad) fail(40600, `${bad[0]} is not allowed to be used within a $facet stage`);
    return { name, stages: compileStages(stages, place) };
  });
  return { needs: undefined, closed: true, *run(source) {
    const all: Doc[] = [];
    let size = 0;
    for (const item of source) {
      if (item) {
        all.push(docOf(item, undefined));
        size += item instanceof Uint8Array ? item.length * 3 : 1024;
        if (size > 256 * 1024 * 1024) fail(292, 'Exceeded memory limit for $facet');
      }
      yield null;
    }
    const out: Doc = new Map();
    for (const { name, stages } of facets) {
      const found: Value[] = [];
      for (const item of chain(all, stages)) {
        if (item) found.push(docOf(item, undefined));
        yield null;
      }
      out.set(name, found);
    }
    yield out;
    return undefined;
  } };
}
