import { fail } from '../errors';
import { compare } from '../bson/compare';
import { asInteger } from '../bson/numbers';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { isNullish, needArray, needWhole, typeName, truthy } from './operator';
import type { Compiling, Frame, Run } from './scope';
import { variableName, withNames } from './scope';
import { compileSort } from '../query/order';
import { isRegex, regexParts, toRegExp } from '../query/regex';

export type Compile = (value: Value, compiling: Compiling) => Run;
export type Form = (operand: Value, compile: Compile, compiling: Compiling) => Run;

/** The codes some operators refuse their arguments with: no object, an unknown one, and each that must be there. */
const refusals: Record<string, number[]> = {
  $cond: [9, 17083, 17080, 17081, 17082], $switch: [40060, 40067, 40068], $let: [16874, 16875, 16876, 16877], $map: [16878, 16879, 16880, 16882],
  $filter: [28646, 28647, 28648, 28650], $reduce: [40075, 40076, 40077, 40078, 40079], 'a branch of $switch': [40062, 40063, 40064, 40065],
};

/** The named arguments of an operator, checked against what it takes. */
export function named(operand: Value, name: string, [required, optional]: [string[], string[]]): Doc {
  const [noObject, unknown, ...missing] = refusals[name] ?? [];
  if (!isDoc(operand)) fail(noObject ?? 9, `${name} only supports an object as its argument`);
  for (const key of operand.keys()) if (!required.includes(key) && !optional.includes(key)) fail(unknown ?? 9, `Unrecognized parameter to ${name}: ${key}`);
  for (const [i, key] of required.entries()) if (!operand.has(key)) fail(missing[i] ?? 9, `Missing '${key}' parameter to ${name}`);
  return operand;
}

/** The name an operator gives the item at hand. */
function itemName(given: Doc): string {
  return given.has('as') ? variableName(given.get('as')!) : 'this';
}

/** An operator with named arguments, all evaluated first. */
export function withNamed(name: string, takes: [string[], string[]], run: (args: Record<string, Maybe>) => Maybe): [string, Form] {
  return [name, (operand, compile, compiling) => {
    const args = [...named(operand, name, takes)].map(([key, value]): [string, Run] => [key, compile(value, compiling)]);
    return (frame) => {
      const values: Record<string, Maybe> = {};
      for (const [key, arg] of args) values[key] = arg(frame);
      return run(values);
    };
  }];
}

const cond: Form = (operand, compile, compiling) => {
  const parts = Array.isArray(operand) ? operand : ['if', 'then', 'else'].map((key) => named(operand, '$cond', [['if', 'then', 'else'], []]).get(key)!);
  if (parts.length !== 3) fail(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  const [test, yes, no] = parts.map((part) => compile(part, compiling)) as [Run, Run, Run];
  return (frame) => (truthy(test(frame)) ? yes(frame) : no(frame));
};

const ifNull: Form = (operand, compile, compiling) => {
  if (!Array.isArray(operand) || operand.length < 2) fail(1257300, '$ifNull needs at least two arguments');
  const runs = operand.map((item) => compile(item, compiling));
  return (frame) => {
    for (const run of runs.slice(0, -1)) {
      const value = run(frame);
      if (!isNullish(value)) return value;
    }
    return runs[runs.length - 1]!(frame);
  };
};

const switchCase: Form = (operand, compile, compiling) => {
  const given = named(operand, '$switch', [['branches'], ['default']]);
  const list = given.get('branches');
  if (!Array.isArray(list)) fail(40061, `$switch expected an array for 'branches', found: ${typeName(list)}`);
  if (list.length === 0) fail(40068, '$switch requires at least one branch');
  const branches = list.map((branch): [Run, Run] => {
    const parts = named(branch, 'a branch of $switch', [['case', 'then'], []]);
    return [compile(parts.get('case')!, compiling), compile(parts.get('then')!, compiling)];
  });
  const other = given.has('default') ? compile(given.get('default')!, compiling) : undefined;
  return (frame) => {
    for (const [test, then] of branches) if (truthy(test(frame))) return then(frame);
    return other ? other(frame) : fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  };
};

function logic(every: boolean): Form {
  return (operand, compile, compiling) => {
    const runs = (Array.isArray(operand) ? operand : [operand]).map((item) => compile(item, compiling));
    return every ? (frame) => runs.every((run) => truthy(run(frame))) : (frame) => runs.some((run) => truthy(run(frame)));
  };
}

const letIn: Form = (operand, compile, compiling) => {
  const given = named(operand, '$let', [['vars', 'in'], []]);
  const own = given.get('vars');
  if (!isDoc(own)) fail(10065, "invalid parameter: expected an object (vars)");
  const vars = [...own].map(([name, value]): [string, Run] => [variableName(name), compile(value, compiling)]);
  const body = compile(given.get('in')!, withNames(compiling, vars.map(([name]) => name)));
  return (frame) => {
    let chain = frame.vars;
    for (const [name, run] of vars) chain = { name, value: run(frame), next: chain };
    return body({ root: frame.root, vars: chain });
  };
};

function items(value: Maybe, where: string): Value[] | null {
  return isNullish(value) ? null : needArray(value, where);
}

function each(frame: Frame, name: string, value: Value): Frame {
  return { root: frame.root, vars: { name, value, next: frame.vars } };
}

const map: Form = (operand, compile, compiling) => {
  const given = named(operand, '$map', [['input', 'in'], ['as']]);
  const as = itemName(given);
  const input = compile(given.get('input')!, compiling);
  const body = compile(given.get('in')!, withNames(compiling, [as]));
  return (frame) => items(input(frame), '$map')?.map((item) => body(each(frame, as, item)) ?? null) ?? null;
};

const filter: Form = (operand, compile, compiling) => {
  const given = named(operand, '$filter', [['input', 'cond'], ['as', 'limit']]);
  const as = itemName(given);
  const input = compile(given.get('input')!, compiling);
  const test = compile(given.get('cond')!, withNames(compiling, [as]));
  const limit = given.has('limit') ? compile(given.get('limit')!, compiling) : undefined;
  return (frame) => {
    const found = items(input(frame), '$filter')?.filter((item) => truthy(test(each(frame, as, item)))) ?? null;
    const most = limit?.(frame);
    if (isNullish(most)) return found;
    const count = needWhole(most, '$filter', 327390);
    if (count < 1) fail(327392, '$filter: limit must be greater than 0');
    return found && found.slice(0, count);
  };
};

const reduce: Form = (operand, compile, compiling) => {
  const given = named(operand, '$reduce', [['input', 'initialValue', 'in'], []]);
  const input = compile(given.get('input')!, compiling);
  const initial = compile(given.get('initialValue')!, compiling);
  const body = compile(given.get('in')!, withNames(compiling, ['this', 'value']));
  return (frame) => {
    const list = items(input(frame), '$reduce');
    if (!list) return null;
    return list.reduce<Maybe>((value, item) => body({ root: frame.root, vars: { name: 'this', value: item, next: { name: 'value', value, next: frame.vars } } }), initial(frame));
  };
};

/** A field's name that must be known in advance: a literal text. */
function constantName(value: Maybe, where: string): string {
  const name = isDoc(value) && value.size === 1 && value.has('$literal') ? value.get('$literal') : value;
  if (typeof name !== 'string' || (name.startsWith('$') && name === value)) fail(4161106, `${where} requires 'field' to evaluate to a constant string`);
  return name;
}

const getField: Form = (operand, compile, compiling) => {
  const long = isDoc(operand) && operand.has('field');
  const name = constantName(long ? operand.get('field') : operand, '$getField');
  const input = compile(long && operand.has('input') ? operand.get('input')! : '$$CURRENT', compiling);
  return (frame) => {
    const value = input(frame);
    return isDoc(value) ? value.get(name) : isNullish(value) ? value : undefined;
  };
};

function setField(operator: string): Form {
  return (operand, compile, compiling) => {
    const given = named(operand, operator, [operator === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'], []]);
    const name = constantName(given.get('field'), operator);
    const input = compile(given.get('input')!, compiling);
    const value = operator === '$setField' ? compile(given.get('value')!, compiling) : () => undefined;
    return (frame) => {
      const target = input(frame);
      if (isNullish(target)) return null;
      if (!isDoc(target)) fail(4161105, `${operator} requires 'input' to evaluate to type Object`);
      const item = value(frame);
      const out: Doc = new Map(target);
      if (item === undefined) out.delete(name);
      else out.set(name, item);
      return out;
    };
  };
}

function regexOf(args: Record<string, Maybe>, where: string): RegExp | null {
  const { regex, options } = args;
  if (!isNullish(options) && typeof options !== 'string') fail(51106, `${where} needs 'options' to be of type string`);
  if (isNullish(regex)) return null;
  if (isRegex(regex)) {
    const own = regexParts(regex);
    if (own.options !== '' && !isNullish(options)) fail(51107, `${where}: found regex option(s) specified in both 'regex' and 'option' fields`);
    return toRegExp(own.pattern, options ?? own.options);
  }
  if (typeof regex !== 'string') fail(51105, `${where} needs 'regex' to be of type string or regex`);
  return toRegExp(regex, options ?? '');
}

function regexMatch(args: Record<string, Maybe>): Value {
  const regex = regexOf(args, '$regexMatch');
  if (isNullish(args['input']) || !regex) return false;
  return typeof args['input'] === 'string' ? regex.test(args['input']) : fail(51104, "$regexMatch needs 'input' to be of type string");
}

function trim(name: string, [left, right]: [boolean, boolean]): [string, Form] {
  return withNamed(name, [['input'], ['chars']], (args) => {
    const { input, chars } = args;
    if (isNullish(input) || ('chars' in args && isNullish(chars))) return null;
    if (typeof input !== 'string') fail(50699, `${name} requires its input to be a string, got ${typeName(input)}`);
    if (chars !== undefined && typeof chars !== 'string') fail(50700, `${name} requires 'chars' to be a string, got ${typeName(chars)}`);
    const set = new Set(chars ?? '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a');
    const points = [...input];
    let start = 0;
    let end = points.length;
    while (left && start < end && set.has(points[start]!)) start++;
    while (right && end > start && set.has(points[end - 1]!)) end--;
    return points.slice(start, end).join('');
  });
}

function replacing(name: string, all: boolean): [string, Form] {
  return withNamed(name, [['input', 'find', 'replacement'], []], ({ input, find, replacement }) => {
    if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
    if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') fail(51746, `${name} requires strings`);
    return all ? input.split(find).join(replacement) : input.replace(find, () => replacement);
  });
}

/** Operators that decide themselves which of their arguments they evaluate, or take them by name. */
export const forms = new Map<string, Form>([
  ['$literal', (operand) => () => operand], ['$const', (operand) => () => operand],
  ['$rand', (operand) => ((isDoc(operand) || Array.isArray(operand)) && [...operand.values()].length === 0 ? () => Math.random() : fail(3040501, '$rand does not currently accept arguments'))],
  ['$cond', cond], ['$ifNull', ifNull], ['$switch', switchCase], ['$and', logic(true)], ['$or', logic(false)], ['$let', letIn], ['$map', map],
  ['$filter', filter], ['$reduce', reduce], ['$getField', getField], ['$setField', setField('$setField')], ['$unsetField', setField('$unsetField')],
  ['$sortArray', (operand, compile, compiling) => {
    const given = named(operand, '$sortArray', [['input', 'sortBy'], []]);
    const input = compile(given.get('input')!, compiling);
    const by = given.get('sortBy')!;
    const order = isDoc(by) ? compileSort(by) : undefined;
    if (!order && ![1, -1].includes(asInteger(by)!)) fail(2942507, '$sortArray requires a sortBy of 1, -1 or a pattern');
    return (frame) => {
      const list = items(input(frame), '$sortArray');
      if (!list) return null;
      return [...list].sort((a, b) => (order ? order.compare(order.key(isDoc(a) ? a : new Map()), order.key(isDoc(b) ? b : new Map())) : compare(a, b) * asInteger(by)!));
    };
  }],
  withNamed('$regexMatch', [['input', 'regex'], ['options']], regexMatch),
  trim('$trim', [true, true]), trim('$ltrim', [true, false]), trim('$rtrim', [false, true]),
  replacing('$replaceOne', false), replacing('$replaceAll', true),
]);

