import { fail } from '../errors';
import { clone } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { arithmetic } from './arithmetic';
import { arrays } from './arrays';
import { dates } from './dates';
import { forms } from './forms';
import type { Compile } from './forms';
import { truthy } from './operator';
import { lookup, variableName } from './scope';
import type { Compiling, Frame, Run, Scope } from './scope';
import { strings } from './strings';

/** A compiled aggregation expression. */
export interface Expression {
  evaluate: (value: Value) => Maybe;
  /** Whether the result counts as true. */
  truth: (value: Value) => boolean;
  /** The top-level fields used; undefined when it may be any. */
  fields: ReadonlySet<string> | undefined;
}

const REMOVE = 'REMOVE';
const plain = new Map([...arithmetic, ...arrays, ...strings]);

/** Follows a path as expressions do: through arrays, gathering. */
export function followPath(value: Maybe, parts: readonly string[], at = 0): Maybe {
  let current = value;
  for (let i = at; i < parts.length; i++) {
    if (current instanceof Map) current = current.get(parts[i]!);
    else if (Array.isArray(current)) {
      const found: Value[] = [];
      for (const item of current) {
        if (!(item instanceof Map) && !Array.isArray(item)) continue;
        const inner = Array.isArray(item) ? undefined : followPath(item, parts, i);
        if (inner !== undefined) found.push(inner);
      }
      return found;
    } else return undefined;
  }
  return current;
}

function variable(text: string, compiling: Compiling): Run {
  const [name, ...parts] = text.split('.') as [string, ...string[]];
  if (name === 'ROOT' || (name === 'CURRENT' && !compiling.names.has('CURRENT'))) {
    if (parts.length > 0) return fieldPath(parts, compiling);
    compiling.all.used = true;
    return (frame) => frame.root;
  }
  if (name === REMOVE) return () => undefined;
  if (name === 'KEEP' || name === 'PRUNE' || name === 'DESCEND') return () => name;
  if (name === 'NOW') {
    return (frame) => followPath(lookup(frame.vars, 'NOW') ?? new Date(), parts);
  }
  if (name === 'CLUSTER_TIME') fail(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
  if (!compiling.names.has(name)) fail(17276, `Use of undefined variable: ${name}`);
  return (frame) => followPath(lookup(frame.vars, name), parts);
}

function fieldPath(parts: string[], compiling: Compiling): Run {
  if (parts.some((part) => part === '')) fail(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$'))) fail(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  compiling.fields.add(parts[0]!);
  const [name] = parts as [string];
  if (parts.length === 1) return (frame) => (frame.root instanceof Map ? frame.root.get(name) : undefined);
  return (frame) => followPath(frame.root, parts);
}

function object(value: Doc, compiling: Compiling): Run {
  const names = [...value.keys()];
  if (names[0]?.startsWith('$')) {
    if (names.length > 1) fail(15983, `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields`);
    return operation(names[0], value.get(names[0])!, compiling);
  }
  const fields = [...value].map(([name, item]): [string, Run] => {
    if (name.startsWith('$')) fail(16410, `FieldPath field names may not start with '$'. Found: ${name}`);
    if (name.includes('.')) fail(16412, `FieldPath field names may not contain '.'. Found: ${name}`);
    return [name, compileRun(item, compiling)];
  });
  return (frame) => {
    const out: Doc = new Map();
    for (const [name, run] of fields) {
      const item = run(frame);
      if (item !== undefined) out.set(name, item);
    }
    return out;
  };
}

function operation(name: string, operand: Value, compiling: Compiling): Run {
  const form = forms.get(name) ?? dates.get(name);
  if (form) return form(operand, compileRun, compiling);
  const operator = plain.get(name);
  if (!operator) {
    if (unsupported.has(name)) fail(238, `${name} is not supported by this store`);
    fail(168, `Unrecognized expression '${name}'`);
  }
  const args = (Array.isArray(operand) ? operand : [operand]).map((item) => compileRun(item, compiling));
  const [low, high] = operator.arity;
  if (args.length < low || args.length > high) {
    fail(low === high ? 16020 : 28667, `Expression ${name} takes ${low === high ? `exactly ${low}` : `at least ${low} and at most ${high}`} arguments. ${args.length} were passed in.`);
  }
  const { run } = operator;
  if (args.length === 1) {
    const only = args[0]!;
    return (frame) => run([only(frame)]);
  }
  return (frame) => run(args.map((arg) => arg(frame)));
}

const unsupported = new Set(['$function', '$accumulator', '$meta', '$toHashedIndexKey', '$tsSecond', '$tsIncrement', '$bitAnd', '$bitOr',
  '$bitXor', '$bitNot', '$degreesToRadians', '$radiansToDegrees', '$sin', '$cos', '$tan', '$asin', '$acos', '$atan', '$atan2', '$asinh', '$acosh', '$atanh',
  '$sinh', '$cosh', '$tanh', '$median', '$percentile', '$dateFromParts', '$convert', '$binarySize', '$bsonSize', '$sampleRate',
  '$exp', '$ln', '$log', '$log10', '$pow', '$sqrt', '$zip', '$stdDevPop', '$stdDevSamp', '$week', '$isoWeek', '$isoWeekYear', '$dateFromString', '$dateToParts',
  '$regexFind', '$regexFindAll', '$setEquals', '$setIsSubset', '$allElementsTrue', '$anyElementTrue', '$strcasecmp', '$strLenBytes', '$indexOfBytes']);

/** Compiles one expression into a function of its frame. */
export const compileRun: Compile = (value, compiling) => {
  if (typeof value === 'string' && value.startsWith('$')) {
    return value.startsWith('$$') ? variable(value.slice(2), compiling) : fieldPath(value.slice(1).split('.'), compiling);
  }
  if (value instanceof Map) return object(value, compiling);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileRun(item, compiling));
    return (frame) => items.map((run) => run(frame) ?? null);
  }
  return () => value;
};

function namesOf(scope: Scope | undefined): Set<string> {
  const names = new Set<string>();
  for (let at = scope?.vars; at; at = at.next) names.add(at.name);
  return names;
}

/** Compiles an expression; `scope` holds the variables of `let`. */
export function compileExpression(value: Value, scope?: Scope): Expression {
  const compiling: Compiling = { names: namesOf(scope), fields: new Set(), all: { used: false } };
  const run = compileRun(value, compiling);
  const vars = scope?.vars;
  const evaluate = (root: Value): Maybe => run({ root, vars });
  return { evaluate, truth: (root) => truthy(evaluate(root)), fields: compiling.all.used ? undefined : compiling.fields };
}

/** The scope of a command's `let`: every value is an expression without fields. */
export function letScope(given: Maybe): Scope {
  const now: Frame = { root: new Map(), vars: { name: 'NOW', value: new Date(), next: undefined } };
  let vars = now.vars;
  if (given === undefined) return { vars };
  if (!(given instanceof Map)) fail(14, "BSON field 'let' is the wrong type, expected type 'object'");
  for (const [name, value] of given) {
    const compiling: Compiling = { names: new Set(), fields: new Set(), all: { used: false } };
    const run = compileRun(value, compiling);
    if (compiling.fields.size > 0 || compiling.all.used) fail(4890500, 'Command let Expression does not evaluate to a constant');
    vars = { name: variableName(name), value: clone(run(now)), next: vars };
  }
  return { vars };
}

/** Adds one variable to a scope. */
export function extendScope(scope: Scope | undefined, name: string, value: Maybe): Scope {
  return { vars: { name, value, next: scope?.vars } };
}
