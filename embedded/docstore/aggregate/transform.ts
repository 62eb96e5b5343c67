import { fail } from '../errors';
import { isDoc } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import { compileExpression } from '../expression/compile';
import { typeName } from '../expression/operator';
import type { Scope } from '../expression/scope';
import { compileProjection } from '../query/project';

/** A stage that makes one document out of one document. */
export interface Transform {
  apply: (value: Doc) => Doc;
  /** The fields it looks at when the rest of the document is thrown away; undefined when any may be kept. */
  needs: ReadonlySet<string> | undefined;
}

function needDoc(name: string, operand: Value): Doc {
  return isDoc(operand) ? operand : fail(40272, `${name} specification stage must be an object`);
}

function unset(operand: Value): Transform {
  const names = Array.isArray(operand) ? operand : [operand];
  if (names.length === 0) fail(31119, '$unset specification must be a string or an array with at least one field');
  if (names.some((name) => typeof name !== 'string')) fail(31002, '$unset specification must be a string or an array');
  return compileProjection(new Map((names as string[]).map((name) => [name, 0])), {});
}

function replaceRoot(name: string, operand: Value, scope: Scope | undefined): Transform {
  const expression = compileExpression(operand, scope);
  return {
    needs: expression.fields,
    apply: (value) => {
      const made = expression.evaluate(value);
      return isDoc(made) ? made : fail(40228, `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(made)} (${name})`);
    },
  };
}

/** Compiles `$project`, `$addFields`, `$set`, `$unset`, `$replaceRoot` and `$replaceWith`; undefined for any other stage. */
export function compileTransform(name: string, operand: Value, scope: Scope | undefined): Transform | undefined {
  switch (name) {
    case '$project': {
      const spec = needDoc(name, operand);
      if (spec.size === 0) fail(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
      return compileProjection(spec, { scope });
    }
    case '$addFields': case '$set': {
      const spec = needDoc(name, operand);
      if (spec.size === 0) fail(40177, `Invalid ${name} :: caused by :: specification must have at least one field`);
      return compileProjection(spec, { scope, adding: true });
    }
    case '$unset': return unset(operand);
    case '$replaceRoot': {
      const spec = needDoc(name, operand);
      for (const field of spec.keys()) if (field !== 'newRoot') fail(40230, `unrecognized option to $replaceRoot stage: ${field}`);
      const root = spec.get('newRoot');
      return replaceRoot(name, root ?? fail(40231, 'no newRoot specified for the $replaceRoot stage'), scope);
    }
    case '$replaceWith': return replaceRoot(name, operand, scope);
    default: return undefined;
  }
}

