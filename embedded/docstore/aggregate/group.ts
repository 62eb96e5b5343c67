import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asNumber, isNumeric } from '../bson/numbers';
import { doc, isDoc, placeOf, isOperators } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import type { Expression } from '../expression/compile';
import { gatherings } from '../expression/gather';
import type { Gathering } from '../expression/gather';
import type { Scope } from '../expression/scope';
import { valueText } from '../storage/key';
import { STAGE_MEMORY, docOf } from './stage';
import type { Item, Items, Stage } from './stage';

/** A compiled accumulator: its argument, and a fresh gathering per group. */
interface Accumulator {
  evaluate: (root: Doc) => Maybe;
  fields: ReadonlySet<string> | undefined;
  start: () => Gathering;
}

const noAccumulators = new Set(['$accumulator', '$median', '$percentile', '$stdDevPop', '$stdDevSamp', '$firstN', '$lastN', '$minN', '$maxN', '$topN', '$bottomN', '$top', '$bottom']);

/** Compiles one field of a `$group`. */
function compileAccumulator(spec: Value, scope: Scope | undefined): Accumulator {
  if (!isDoc(spec)) return fail(40234, 'The field must be an accumulator object');
  if (spec.size !== 1) return fail(40238, 'The field must specify one accumulator');
  const [[name, operand]] = [...spec] as [[string, Value]];
  if (name === '$count') {
    if (!isDoc(operand) || operand.size > 0) fail(9, '$count takes no arguments, i.e. $count:{}');
    return { evaluate: () => 1, fields: new Set(), start: gatherings.get('$sum')! };
  }
  const start = gatherings.get(name);
  if (!start && noAccumulators.has(name)) return fail(238, `${name} is not supported by this store`);
  if (!start) return fail(15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand) && operand.length !== 1 && name !== '$push' && name !== '$addToSet') fail(40237, `The ${name} accumulator is a unary operator`);
  const argument = Array.isArray(operand) && operand.length === 1 && name !== '$push' && name !== '$addToSet' ? operand[0]! : operand;
  const expression = compileExpression(argument, scope);
  return { evaluate: expression.evaluate, fields: expression.fields, start };
}

interface Group {
  id: Maybe;
  gatherings: Gathering[];
}

/** A compiled `$group`: how groups are told apart, and what each gathers. */
interface Grouping {
  key: (value: Doc) => Maybe;
  names: string[];
  accumulators: Accumulator[];
  needs: ReadonlySet<string> | undefined;
}

function union(sets: (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  return sets.includes(undefined) ? undefined : new Set(sets.flatMap((set) => [...set!]));
}

function* runGroup(source: Iterable<Item>, grouping: Grouping): Items {
  const { key, accumulators, names, needs } = grouping;
  const groups = new Map<string, Group>();
  let size = 0;
  let seen = 0;
  for (const item of source) {
    if (item === null) {
      yield null;
      continue;
    }
    const value = docOf(item, needs);
    const id = key(value);
    const text = typeof id === 'string' ? `s${id}` : valueText(id ?? null);
    let group = groups.get(text);
    if (!group) {
      group = { id, gatherings: accumulators.map((accumulator) => accumulator.start()) };
      groups.set(text, group);
      size += text.length + 200 + 80 * accumulators.length;
    }
    for (let i = 0; i < accumulators.length; i++) group.gatherings[i]!.add(accumulators[i]!.evaluate(value), value);
    if (++seen % 16 === 0) yield null;
    if (seen % 4096 === 0 || size > STAGE_MEMORY) checkMemory(groups, size);
  }
  for (const group of groups.values()) {
    const out: Doc = new Map([['_id', group.id ?? null]]);
    names.forEach((name, i) => out.set(name, group.gatherings[i]!.result()));
    yield out;
  }
  return undefined;
}

function checkMemory(groups: Map<string, Group>, base: number): void {
  let total = base;
  for (const group of groups.values()) for (const gathering of group.gatherings) total += gathering.held?.() ?? 0;
  if (total > STAGE_MEMORY) fail(292, 'PlanExecutor error during aggregation :: caused by :: Exceeded memory limit for $group, but didn\'t allow external sort.');
}

/** Compiles `$group`. */
export function compileGroup(operand: Value, scope: Scope | undefined): Stage {
  if (!isDoc(operand)) fail(15947, "a group's fields must be specified in an object");
  if (!operand.has('_id')) fail(15955, 'a group specification must include an _id');
  const id = compileExpression(operand.get('_id')!, scope);
  const names = [...operand.keys()].filter((name) => name !== '_id');
  for (const name of names) {
    if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) fail(40236, `The field name '${name}' cannot be an operator name`);
  }
  const accumulators = names.map((name) => compileAccumulator(operand.get(name)!, scope));
  return grouped({ key: id.evaluate, names, accumulators, needs: union([id.fields, ...accumulators.map((one) => one.fields)]) });
}

function grouped(grouping: Grouping): Stage {
  return { needs: grouping.needs, closed: true, run: (source) => runGroup(source, grouping) };
}

/** Whether a value is worth evaluating: a path or an operator. */
export function isExpression(value: Value): boolean {
  return typeof value === 'string' ? value.startsWith('$') : isOperators(value);
}

/** Compiles `$bucket`. */
export function compileBucket(operand: Value, scope: Scope | undefined): Stage {
  if (!isDoc(operand)) fail(40201, 'Argument to $bucket stage must be an object');
  for (const name of operand.keys()) if (!['groupBy', 'boundaries', 'default', 'output'].includes(name)) fail(40197, `Unrecognized option to $bucket: ${name}`);
  const bounds = operand.get('boundaries');
  if (!Array.isArray(bounds) || bounds.length < 2) fail(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (let i = 1; i < bounds.length; i++) if (compare(bounds[i - 1], bounds[i]) >= 0) fail(40194, "The 'boundaries' option to $bucket must be sorted");
  if (bounds.some((bound) => placeOf(bound) !== placeOf(bounds[0]!))) fail(40193, "All values in the the 'boundaries' option to $bucket must have the same type");
  const groupBy = operand.get('groupBy');
  if (groupBy !== undefined && !isExpression(groupBy)) fail(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  const by: Expression = compileExpression(groupBy ?? fail(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified."), scope);
  const output = operand.get('output') ?? doc({ count: doc({ $sum: 1 }) });
  const names = [...(output as Doc).keys()];
  const accumulators = names.map((name) => compileAccumulator((output as Doc).get(name)!, scope));
  const other = operand.get('default');
  if (other !== undefined && compare(other, bounds[0]) >= 0 && compare(other, bounds.at(-1)) < 0) fail(40199, "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.");
  const key = (value: Doc): Value => {
    const found = by.evaluate(value) ?? null;
    for (let i = 1; i < bounds.length; i++) if (compare(found, bounds[i - 1]) >= 0 && compare(found, bounds[i]) < 0) return bounds[i - 1]!;
    return other ?? fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  };
  const stage = grouped({ key, names, accumulators, needs: union([by.fields, ...accumulators.map((one) => one.fields)]) });
  return { ...stage, *run(source) {
    const made: Doc[] = [];
    for (const item of stage.run(source)) {
      if (item === null) yield null;
      else made.push(item as Doc);
    }
    yield* made.sort((a, b) => compare(a.get('_id'), b.get('_id')));
    return undefined;
  } };
}

/** Compiles `$count`. */
export function compileCount(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '') fail(operand === '' ? 40157 : 40156, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) fail(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('.')) fail(40160, "the count field cannot contain '.'");
  return { needs: new Set(), closed: true, *run(source) {
    let n = 0;
    for (const item of source) {
      if (item) n++;
      yield null;
    }
    if (n > 0) yield doc({ [operand]: n });
    return undefined;
  } };
}

export function positive(operand: Value, name: string): number {
  const number = isNumeric(operand) ? asNumber(operand) : NaN;
  if (!Number.isInteger(number) || number < (name === '$limit' ? 1 : 0)) fail(name === '$limit' ? 15958 : 5107200, `invalid argument to ${name} stage: it must be a ${name === '$limit' ? 'positive' : 'non-negative'} whole number`);
  return number;
}
