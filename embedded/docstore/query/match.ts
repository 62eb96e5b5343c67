import { fail } from '../errors';
import { decode } from '../bson/decode';
import { equal } from '../bson/compare';
import type { Doc, Maybe, Value } from '../bson/value';
import type { Scope } from '../expression/scope';
import { compileExpression } from '../expression/compile';
import { predicateFor } from './predicates';
import type { Predicate } from './predicates';
import { walkPath } from './path';

/** A compiled filter. */
export interface Match {
  filter: Doc;
  /** Whether a decoded document matches. */
  test: (value: Doc) => boolean;
  /** Whether a stored document matches; only the fields looked at are decoded. */
  bytes: (bytes: Buffer) => boolean;
  /** The top-level fields looked at; undefined when it may be any. */
  fields: ReadonlySet<string> | undefined;
  /** The item of the array that a `$` in an update or projection stands for: path → position of the first match. */
  position: (value: Doc, path: string) => number | undefined;
}

type Test = (value: Doc) => boolean;

/** Stands for the scope of a filter inside a filter, where some operators may not be. */
const INSIDE: Scope = { vars: undefined };

interface Compiled {
  test: Test;
  fields: Set<string> | undefined;
}

function combine(parts: Compiled[], test: Test): Compiled {
  const fields = new Set<string>();
  for (const part of parts) {
    if (!part.fields) return { test, fields: undefined };
    for (const name of part.fields) fields.add(name);
  }
  return { test, fields };
}

function logical(name: string, operand: Value, scope: Scope | undefined): Compiled {
  if (!Array.isArray(operand) || operand.length === 0) fail(2, `${name} argument must be a non-empty array`);
  const parts = operand.map((item) => (item instanceof Map ? compile(item, scope) : fail(2, `${name} argument's entries must be objects`)));
  const tests = parts.map((part) => part.test);
  if (name === '$and') return combine(parts, (value) => tests.every((test) => test(value)));
  if (name === '$or') return combine(parts, (value) => tests.some((test) => test(value)));
  return combine(parts, (value) => !tests.some((test) => test(value)));
}

function topLevel(name: string, operand: Value, scope: Scope | undefined): Compiled | undefined {
  switch (name) {
    case '$and': case '$or': case '$nor': return logical(name, operand, scope);
    case '$comment': return undefined;
    case '$alwaysTrue': return { test: () => true, fields: new Set() };
    case '$alwaysFalse': return { test: () => false, fields: new Set() };
    case '$expr': {
      if (scope === INSIDE) fail(2, '$expr can only be applied to the top-level document');
      const expression = compileExpression(operand, scope);
      return { test: (value) => expression.truth(value), fields: expression.fields && new Set(expression.fields) };
    }
    case '$text': return fail(27, 'text index required for $text query');
    case '$where': case '$jsonSchema': case '$sampleRate': return fail(238, `${name} is not supported by this store`);
    default: return fail(2, `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`);
  }
}

function predicates(condition: Value): Predicate[] {
  return predicateFor(condition, (filter) => compile(filter, INSIDE).test);
}

function fieldTest(path: string, condition: Value): Compiled {
  const parts = path.split('.');
  const tests = predicates(condition).map(({ accept, whole, negated }): Test => {
    const leaves = !whole;
    const inner: Test = whole?.reach ? (value) => whole.reach!(value, parts) : (value) => walkPath(value, parts, [0, accept, leaves]);
    return negated ? (value) => !inner(value) : inner;
  });
  const only = tests[0]!;
  return { test: tests.length === 1 ? only : (value) => tests.every((test) => test(value)), fields: new Set([parts[0]!]) };
}

function compile(filter: Doc, scope: Scope | undefined): Compiled {
  const parts: Compiled[] = [];
  for (const [name, condition] of filter) {
    const part = name.startsWith('$') ? topLevel(name, condition, scope) : fieldTest(name, condition);
    if (part) parts.push(part);
  }
  if (parts.length === 1) return parts[0]!;
  const tests = parts.map((part) => part.test);
  return combine(parts, (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  });
}

/** The conditions that go into arrays of this document: the array's path, its items, and what is asked of an item. */
function* arrayConditions(filter: Doc, value: Doc): Generator<{ path: string; items: Value[]; condition: Value }> {
  for (const [name, condition] of filter) {
    if (name === '$and' || name === '$or') for (const item of condition as Doc[]) yield* arrayConditions(item, value);
    if (name.startsWith('$')) continue;
    const parts = name.split('.');
    let at: Maybe = value;
    let depth = 0;
    while (depth < parts.length && at instanceof Map) at = at.get(parts[depth++]!);
    const rest = parts.slice(depth).join('.');
    if (Array.isArray(at)) yield { path: parts.slice(0, depth).join('.'), items: at, condition: rest === '' ? condition : new Map([[rest, condition]]) };
  }
}

/** Where the filter met an item of the array at a path, or else of another array: then that one's position counts, as in MongoDB. */
function findPosition(filter: Doc, value: Doc, path: string): number | undefined {
  let own: number | undefined;
  let other: number | undefined;
  for (const { path: where, items, condition } of arrayConditions(filter, value)) {
    const nested = condition instanceof Map && ![...condition.keys()].some((name) => name.startsWith('$'));
    const accepts = nested ? itemAccepts(condition) : predicates(condition).map(({ accept, whole, negated }) => (
      (item: Value) => (negated ? false : whole ? accept([item]) : accept(item))));
    const both = items.findIndex((item) => accepts.every((accept) => accept(item)));
    const found = both >= 0 ? both : items.findIndex((item) => accepts.some((accept) => accept(item)));
    if (found >= 0 && where === path) own = found;
    else if (found >= 0) other = found;
  }
  return own ?? other;
}

function itemAccepts(condition: Doc): ((item: Value) => boolean)[] {
  const { test } = compile(condition, undefined);
  return [(item) => (item instanceof Map ? test(item) : equal(item, condition))];
}

/** Compiles a filter; refuses operators it does not know. `scope` holds the variables of `let`. */
export function compileMatch(filter: Doc, scope?: Scope): Match {
  const { test, fields } = compile(filter, scope);
  const bytes = fields?.size === 0 ? () => test(new Map()) : (raw: Buffer) => test(decode(raw, fields));
  return { filter, test, bytes, fields, position: (value, path) => findPosition(filter, value, path) };
}
