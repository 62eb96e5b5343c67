import { fail } from '../errors';
import type { Maybe, Value } from '../bson/value';

/** The variables of an expression: a chain, the innermost first. */
export interface Vars {
  name: string;
  value: Maybe;
  next: Vars | undefined;
}

/** What an expression is evaluated against. */
export interface Frame {
  root: Value;
  vars: Vars | undefined;
}

/** The variables a command brings (`let`), known when its expressions are compiled. */
export interface Scope {
  vars: Vars | undefined;
}

export type Run = (frame: Frame) => Maybe;

/** What is known while an expression is compiled. */
export interface Compiling {
  /** The names of variables in reach. */
  names: ReadonlySet<string>;
  /** The top-level fields used so far. */
  fields: Set<string>;
  /** True once the whole document is used. */
  all: { used: boolean };
}

/** A name that a request may give a variable. */
export function variableName(name: Value): string {
  if (typeof name !== 'string') fail(14, 'the name of a variable must be a string');
  if (name === '') fail(9, 'empty variable names are not allowed');
  if (!/^[a-z\x80-\uffff]/.test(name) && name !== 'CURRENT') fail(9, `'${name}' starts with an invalid character for a user variable name`);
  const bad = /[^\w\x80-\uffff]/.exec(name);
  return bad ? fail(9, `'${name}' contains an invalid character for a variable name: '${bad[0]}'`) : name;
}

export function withNames(compiling: Compiling, names: readonly string[]): Compiling {
  return { ...compiling, names: new Set([...compiling.names, ...names]) };
}

export function lookup(vars: Vars | undefined, name: string): Maybe {
  for (let at = vars; at; at = at.next) if (at.name === name) return at.value;
  return undefined;
}
