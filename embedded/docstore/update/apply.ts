import { fail } from '../errors';
import { compareText, equal } from '../bson/compare';
import { isDoc, isOperators } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import type { Match } from '../query/match';
import type { Scope } from '../expression/scope';
import { compileTransform } from '../aggregate/transform';
import { changeOf } from './operators';
import { changeAt, expandPath, identical, isPosition, valueAt } from './paths';
import type { Change } from './paths';

interface Step {
  path: string;
  parts: string[];
  operator: string;
  change: Change;
  /** The target of a `$rename`. */
  to?: string[];
}

/** A compiled update: makes the new version of a document; the same object when nothing changes. */
export interface Update {
  kind: 'operators' | 'replacement' | 'pipeline';
  apply: (value: Doc, context: { match: Match; insert: boolean }) => Doc;
}

export interface UpdateOptions {
  arrayFilters?: Maybe;
  scope?: Scope | undefined;
}

function checkPath(path: string): string[] {
  const parts = path.split('.');
  if (path === '') fail(56, "An empty update path is not valid.");
  if (parts.filter((part) => part === '$').length > 1) fail(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  for (const [i, part] of parts.entries()) {
    if (part === '') fail(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (part.startsWith('$') && part !== '$' && !/^\$\[[a-zA-Z0-9]*\]$/.test(part)) {
      fail(52, `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`);
    }
    if (part.startsWith('$') && i === 0) fail(2, `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  return parts;
}

function rename(path: string, target: Value): Step[] {
  if (typeof target !== 'string') fail(2, `The 'to' field for $rename must be a string: ${path}`);
  if (path === target) fail(2, `The source and target field for $rename must differ: ${path}`);
  const parts = checkPath(path);
  const to = checkPath(target);
  if ([...parts, ...to].some((part) => part.startsWith('$'))) fail(2, `The source and destination of $rename may not be dynamic: ${path}`);
  const gone: Step = { path, parts, operator: '$rename', change: () => undefined, to };
  return [gone, { path: target, parts: to, operator: '$renamed', change: (old) => old }];
}

function comparePaths(a: Step, b: Step): number {
  for (let i = 0; i < Math.min(a.parts.length, b.parts.length); i++) {
    const [x, y] = [a.parts[i]!, b.parts[i]!];
    if (x === y) continue;
    if (isPosition(x) && isPosition(y)) return Number(x) - Number(y);
    return compareText(x, y);
  }
  return a.parts.length - b.parts.length;
}

function checkConflicts(steps: Step[]): void {
  for (let i = 1; i < steps.length; i++) {
    const shorter = steps[i - 1]!;
    if (`${steps[i]!.path}.`.startsWith(`${shorter.path}.`)) fail(40, `Updating the path '${steps[i]!.path}' would create a conflict at '${shorter.path}'`);
  }
}

function compileSteps(spec: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of spec) {
    if (!operator.startsWith('$')) fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`);
    if (!isDoc(fields)) {
      changeOf(operator, null, '');
      fail(9, `Modifiers operate on fields but we found type another type instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`);
    }
    for (const [path, operand] of fields) {
      if (operator === '$rename') steps.push(...rename(path, operand));
      else steps.push({ path, parts: checkPath(path), operator, change: changeOf(operator, operand, path) });
    }
    if (fields.size === 0 && operator !== '$rename') changeOf(operator, operator === '$pop' ? 1 : operator === '$pullAll' ? [] : operator === '$currentDate' ? true : 0, '');
  }
  steps.sort(comparePaths);
  checkConflicts(steps);
  return steps;
}

function compileFilters(given: Maybe, steps: readonly Step[]): Map<string, Match> {
  const filters = new Map<string, Match>();
  for (const filter of Array.isArray(given) ? given : []) {
    if (!isDoc(filter)) fail(14, 'arrayFilters must be documents');
    const names = new Set(identifiers(filter));
    if (names.size !== 1) fail(9, `Error parsing array filter :: caused by :: Expected a single top-level field name, found ${names.size}`);
    const [name] = [...names] as [string];
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) fail(2, `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`);
    if (filters.has(name)) fail(9, `Found multiple array filters with the same top-level field name ${name}`);
    filters.set(name, compileMatch(filter));
  }
  const used = new Set(steps.flatMap((step) => step.parts.filter((part) => part.startsWith('$[') && part !== '$[]').map((part) => part.slice(2, -1))));
  for (const name of used) if (!filters.has(name)) fail(2, `No array filter found for identifier '${name}'`);
  for (const name of filters.keys()) if (!used.has(name)) fail(9, `The array filter for identifier '${name}' was not used in the update`);
  return filters;
}

function identifiers(filter: Doc): string[] {
  return [...filter].flatMap(([name, value]) => (['$and', '$or', '$nor'].includes(name) && Array.isArray(value)
    ? value.flatMap((item) => identifiers(item as Doc)) : [name.split('.')[0]!]));
}

function compileOperators(spec: Doc, options: UpdateOptions): Update {
  const steps = compileSteps(spec);
  const filters = compileFilters(options.arrayFilters, steps);
  const dynamic = steps.length > 1 && steps.some((step) => step.parts.some((part) => part.startsWith('$')));
  return {
    kind: 'operators',
    apply: (value, { match, insert }) => {
      const how = {
        position: (path: string) => match.position(value, path),
        filter: (name: string, item: Value) => filters.get(name)!.test(new Map([[name, item]])),
      };
      const renamed = new Map<string, Maybe>();
      for (const step of steps) if (step.to) renamed.set(step.to.join('.'), renameSource(value, step, step.to));
      let next: Maybe = value;
      const claim = dynamic ? claims() : undefined;
      for (const step of steps) {
        if (step.operator === '$setOnInsert' && !insert) continue;
        const create = !['$unset', '$pull', '$pullAll', '$pop', '$rename'].includes(step.operator);
        const moved = step.operator === '$renamed' ? renamed.get(step.path) : undefined;
        if (step.operator === '$renamed' && moved === undefined) continue;
        const change: Change = moved !== undefined ? () => moved : (old, root) => {
          const result = step.change(old, root);
          return identical(result, old) ? old : result;
        };
        for (const parts of expandPath(value, step.parts, how)) {
          claim?.(parts);
          next = changeAt(next, { parts, root: value, create, change });
        }
      }
      return checkSameId(value, next as Doc, insert);
    },
  };
}

/** Two operators may come to the same place only once their positions are known: refuses the second. */
function claims(): (parts: readonly string[]) => void {
  const taken = new Set<string>();
  const above = new Set<string>();
  return (parts) => {
    const paths = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
    const path = paths.pop()!;
    if (above.has(path) || taken.has(path) || paths.some((one) => taken.has(one))) fail(40, `Update created a conflict at '${path}'`);
    taken.add(path);
    for (const one of paths) above.add(one);
  };
}

function renameSource(value: Doc, step: Step, to: readonly string[]): Maybe {
  for (const [which, parts] of [['source', step.parts], ['destination', to]] as const) {
    let current: Maybe = value;
    for (const part of parts.slice(0, -1)) {
      current = isDoc(current) ? current.get(part) : undefined;
      if (Array.isArray(current)) fail(2, `The ${which} field cannot be an array element, '${parts.join('.')}' in doc has an array field called '${part}'`);
    }
  }
  return valueAt(value, step.parts);
}

function checkSameId(before: Doc, after: Doc, insert: boolean): Doc {
  const old = before.get('_id');
  if (old !== undefined && !equal(old, after.get('_id'))) {
    fail(66, `Performing an update on the path '_id' would modify the immutable field '_id'`);
  }
  return insert ? after : idFirst(after);
}

/** The _id comes first in every stored document. */
export function idFirst(value: Doc): Doc {
  const first = value.keys().next();
  if (first.done || first.value === '_id' || !value.has('_id')) return value;
  return new Map([['_id', value.get('_id')!], ...[...value].filter(([name]) => name !== '_id')]);
}

function compileReplacement(spec: Doc): Update {
  for (const name of spec.keys()) {
    if (name.startsWith('$')) fail(52, `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`);
  }
  return {
    kind: 'replacement',
    apply: (value) => {
      const id = value.get('_id');
      const own = spec.get('_id');
      if (id !== undefined && own !== undefined && !equal(id, own)) {
        fail(66, "After applying the update, the (immutable) field '_id' was found to have been altered");
      }
      const kept = id === undefined ? own : id;
      const next: Doc = kept === undefined ? spec : new Map([['_id', kept], ...[...spec].filter(([name]) => name !== '_id')]);
      return identical(value, next) ? value : next;
    },
  };
}

function compilePipeline(stages: Value[], options: UpdateOptions): Update {
  if (options.arrayFilters !== undefined) fail(9, 'arrayFilters may not be specified for pipeline-syle updates');
  const transforms = stages.map((stage) => {
    const name = isDoc(stage) && stage.size === 1 ? [...stage.keys()][0]! : fail(40323, 'A pipeline stage specification object must contain exactly one field.');
    const transform = compileTransform(name, (stage as Doc).get(name)!, options.scope);
    return transform ?? fail(72, `${name} is not allowed to be used within an update`);
  });
  return {
    kind: 'pipeline',
    apply: (value, { insert }) => {
      let next = value;
      for (const transform of transforms) next = transform.apply(next);
      const id = value.get('_id');
      if (id !== undefined && !next.has('_id')) next = new Map([['_id', id], ...next]);
      return checkSameId(value, identical(value, next) ? value : next, insert);
    },
  };
}

/** Compiles the `u` of an update: operators, a whole document, or a pipeline. */
export function compileUpdate(spec: Maybe, options: UpdateOptions): Update {
  if (Array.isArray(spec)) return compilePipeline(spec, options);
  if (!isDoc(spec)) return fail(9, 'Update argument must be either an object or an array');
  const operators = isOperators(spec);
  if (!operators && options.arrayFilters !== undefined && Array.isArray(options.arrayFilters) && options.arrayFilters.length > 0) {
    fail(9, 'arrayFilters may not be specified for replacement-style updates');
  }
  return operators ? compileOperators(spec, options) : compileReplacement(spec);
}
