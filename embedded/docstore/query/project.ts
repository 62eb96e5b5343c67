import { fail } from '../errors';
import { asInteger, isNumeric, asNumber } from '../bson/numbers';
import { isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import type { Expression } from '../expression/compile';
import type { Scope } from '../expression/scope';
import { compileMatch } from './match';
import type { Match } from './match';
import { itemTest } from './predicates';

/** What a projection does with a field. */
type Rule =
  | { kind: 'keep' } | { kind: 'drop' }
  | { kind: 'compute'; expression: Expression }
  | { kind: 'change'; change: (value: Value, root: Doc) => Maybe }
  | { kind: 'nested'; rules: Map<string, Rule> };

/** A compiled projection. */
export interface Projection {
  apply: (value: Doc) => Doc;
  /** The top-level fields it looks at when it throws all others away. */
  needs: ReadonlySet<string> | undefined;
}

export interface ProjectOptions {
  scope?: Scope | undefined;
  /** Set for the projection of a find: allows `$slice`, `$elemMatch` and the positional `$`. */
  match?: Match;
  /** Set for `$addFields`: nothing is thrown away and every value is an expression. */
  adding?: boolean;
}

function sliceChange(operand: Value): (value: Value) => Value {
  const [first, count] = (Array.isArray(operand) ? operand : [operand]).map((item) => asInteger(item) ?? fail(28667, '$slice takes whole numbers'));
  if (count !== undefined && count <= 0) fail(28724, 'the second argument to $slice must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (count === undefined) return first! < 0 ? value.slice(first) : value.slice(0, first);
    const start = first! < 0 ? Math.max(value.length + first!, 0) : first!;
    return value.slice(start, start + count);
  };
}

class Compiler {
  readonly root = new Map<string, Rule>();
  mode: 'include' | 'exclude' | undefined;
  private hasElemMatch = false;
  private hasPositional = false;
  private idRule: Rule | undefined;

  constructor(private readonly options: ProjectOptions) {}

  add(spec: Doc, prefix: string[]): void {
    for (const [name, value] of spec) {
      if (name === '') fail(40352, 'FieldPath cannot be constructed with empty string');
      if (name.startsWith('$')) fail(16410, `FieldPath field names may not start with '$'. Found: ${name}`);
      this.field([...prefix, ...name.split('.')], value);
    }
  }

  private field(path: string[], value: Value): void {
    const { adding, match } = this.options;
    if (match && path[path.length - 1] === '$') return this.positional(path.slice(0, -1), value);
    if (match && path.includes('$')) fail(31394, `As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$. Found: ${path.join('.')}`);
    if (path.some((part) => part === '' || part.startsWith('$'))) fail(16410, `FieldPath field names may not be empty or start with '$': ${path.join('.')}`);
    const operator = isDoc(value) ? [...value.keys()][0] : undefined;
    if (match && operator === '$slice' && !(Array.isArray((value as Doc).get('$slice')) && isExpressionSlice((value as Doc).get('$slice') as Value[]))) {
      const change = sliceChange((value as Doc).get('$slice')!);
      return this.put(path, { kind: 'change', change });
    }
    if (match && operator === '$elemMatch') {
      if (path.length > 1) fail(31275, 'Cannot use $elemMatch projection on a nested field.');
      const test = itemTest((value as Doc).get('$elemMatch')!, (filter) => compileMatch(filter).test);
      this.hasElemMatch = true;
      return this.put(path, { kind: 'change', change: (items) => {
        const found = Array.isArray(items) ? items.find(test) : undefined;
        return found === undefined ? undefined : [found];
      } });
    }
    if (isDoc(value) && operator !== undefined && !operator.startsWith('$')) return this.add(value, path);
    if (isDoc(value) && operator === undefined && !adding) fail(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    const flag = adding ? undefined : typeof value === 'boolean' ? value : isNumeric(value) ? asNumber(value) !== 0 : undefined;
    if (flag === undefined) return this.put(path, { kind: 'compute', expression: compileExpression(value, this.options.scope) });
    this.flag(path, flag);
  }

  private flag(path: string[], keep: boolean): void {
    const rule: Rule = { kind: keep ? 'keep' : 'drop' };
    if (path.length === 1 && path[0] === '_id') {
      this.idRule = rule;
      return;
    }
    const mode = keep ? 'include' : 'exclude';
    if (this.mode && this.mode !== mode) {
      fail(keep ? 31253 : 31254, `Invalid $project :: caused by :: Cannot do ${keep ? 'inclusion' : 'exclusion'} on field ${path.join('.')} in ${keep ? 'exclusion' : 'inclusion'} projection`);
    }
    this.mode = mode;
    this.put(path, rule);
  }

  private positional(path: string[], value: Value): void {
    const { match } = this.options;
    if (value === false || (isNumeric(value) && asNumber(value) === 0)) fail(31395, 'positional projection cannot be used with exclusion');
    if (this.hasPositional) fail(31276, 'Cannot specify more than one positional projection per query.');
    this.hasPositional = true;
    this.mode = 'include';
    const name = path.join('.');
    this.put(path, { kind: 'change', change: (items, root) => {
      if (!Array.isArray(items)) return items;
      const at = match!.position(root, name);
      if (at === undefined) fail(51246, "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array");
      return [items[at] ?? fail(51247, "Executor error during find command :: caused by :: positional operator '.$' element mismatch")];
    } });
  }

  private put(path: string[], rule: Rule): void {
    let rules = this.root;
    for (const part of path.slice(0, -1)) {
      const known = rules.get(part);
      if (known && known.kind !== 'nested') fail(31249, `Path collision at ${path.join('.')} remaining portion ${path.slice(1).join('.')}`);
      const nested: Rule = known ?? { kind: 'nested', rules: new Map() };
      rules.set(part, nested);
      rules = (nested as { rules: Map<string, Rule> }).rules;
    }
    const last = path[path.length - 1]!;
    if (rules.has(last)) fail(31250, `Path collision at ${path.join('.')}`);
    rules.set(last, rule);
  }

  finish(): Projection {
    const computes = (rules: Map<string, Rule>): boolean => [...rules.values()].some((rule) => rule.kind === 'compute' || (rule.kind === 'nested' && computes(rule.rules)));
    const { idRule, options } = this;
    if (!options.adding && !this.mode) {
      this.mode = this.hasElemMatch || computes(this.root) || (idRule?.kind === 'keep' && this.root.size === 0) ? 'include' : 'exclude';
    }
    const keepOthers = options.adding === true || this.mode === 'exclude';
    if (this.mode === 'exclude' && computes(this.root)) fail(31252, 'Cannot specify an expression in an exclusion projection');
    if (!options.adding && idRule) this.root.set('_id', idRule);
    else if (this.mode === 'include' && !this.root.has('_id')) this.root.set('_id', { kind: 'keep' });
    const { root } = this;
    return { apply: (value) => applyRules(value, { rules: root, keepOthers, root: value }), needs: keepOthers ? undefined : needsOf(root, !!options.match) };
  }
}

/** `{$slice: ["$path", 1]}` is the expression, not the projection operator. */
function isExpressionSlice(items: Value[]): boolean {
  return typeof items[0] === 'string' || Array.isArray(items[0]) || isDoc(items[0]);
}

function needsOf(rules: Map<string, Rule>, find: boolean): ReadonlySet<string> | undefined {
  const needs = new Set(rules.keys());
  const visit = (rule: Rule): boolean => {
    if (rule.kind === 'change' && find) return false;
    if (rule.kind === 'nested') return [...rule.rules.values()].every(visit);
    if (rule.kind !== 'compute') return true;
    if (!rule.expression.fields) return false;
    for (const name of rule.expression.fields) needs.add(name);
    return true;
  };
  return [...rules.values()].every(visit) ? needs : undefined;
}

interface Applying {
  rules: Map<string, Rule>;
  keepOthers: boolean;
  root: Doc;
}

function nestedValue(value: Maybe, how: Applying): Maybe {
  if (isDoc(value)) return applyRules(value, how);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const next = nestedValue(item, how);
      return next === undefined ? [] : [next];
    });
  }
  const computed = [...how.rules.values()].some((rule) => rule.kind === 'compute' || rule.kind === 'nested');
  if (computed && hasCompute(how.rules)) return applyRules(new Map(), how);
  return how.keepOthers ? value : undefined;
}

function hasCompute(rules: Map<string, Rule>): boolean {
  return [...rules.values()].some((rule) => rule.kind === 'compute' || (rule.kind === 'nested' && hasCompute(rule.rules)));
}

function applyRules(value: Doc, how: Applying): Doc {
  const { rules, keepOthers, root } = how;
  const out: Doc = new Map();
  const put = (name: string, item: Maybe): void => {
    if (item !== undefined) out.set(name, item);
  };
  for (const [name, item] of value) {
    const rule = rules.get(name);
    if (!rule) {
      if (keepOthers) out.set(name, item);
    } else if (rule.kind === 'keep') out.set(name, item);
    else if (rule.kind === 'change') put(name, rule.change(item, root));
    else if (rule.kind === 'nested') put(name, nestedValue(item, { rules: rule.rules, keepOthers, root }));
    else if (rule.kind === 'compute' && keepOthers) put(name, rule.expression.evaluate(root));
  }
  for (const [name, rule] of rules) {
    if (rule.kind === 'compute' && !(keepOthers && value.has(name))) put(name, rule.expression.evaluate(root));
    else if (rule.kind === 'nested' && !value.has(name) && hasCompute(rule.rules)) {
      const made = applyRules(new Map(), { rules: rule.rules, keepOthers, root });
      if (made.size > 0 || keepOthers) out.set(name, made);
    }
  }
  return out;
}

/** Compiles the projection of a find, of `$project`, or (`adding`) of `$addFields`. */
export function compileProjection(spec: Doc, options: ProjectOptions): Projection {
  const compiler = new Compiler(options);
  compiler.add(spec, []);
  return compiler.finish();
}
