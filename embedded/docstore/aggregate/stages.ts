import { fail } from '../errors';
import { asInteger } from '../bson/numbers';
import { doc, isDoc } from '../bson/value';
import type { Doc, Maybe, Value } from '../bson/value';
import { compileMatch } from '../query/match';
import { compileSort } from '../query/order';
import { sortStream, window } from '../query/find';
import { withPath } from '../query/values';
import { compileBucket, compileCount, compileGroup, isExpression, positive } from './group';
import { allBytes, docOf, eachDocument } from './stage';
import type { Place, Stage } from './stage';
import { compileTransform } from './transform';

function match(operand: Value, place: Place): Stage {
  if (!isDoc(operand)) fail(15959, "the match filter must be an expression in an object");
  const compiled = compileMatch(operand, place.scope);
  return { needs: compiled.fields, closed: false, *run(source) {
    for (const item of source) yield item && (item instanceof Uint8Array ? compiled.bytes(item) : compiled.test(item)) ? item : null;
    return undefined;
  } };
}

/** Compiles `$sort`; only the first `top` are kept. */
export function compileSortStage(operand: Value, top: number): Stage {
  if (!isDoc(operand) || operand.size === 0) fail(15976, '$sort stage must have at least one sort key');
  const compiled = compileSort(operand);
  return { needs: compiled.tops, closed: false, run: (source) => sortStream(allBytes(source), compiled, top) };
}

function unwind(operand: Value): Stage {
  const spec = typeof operand === 'string' ? doc({ path: operand }) : isDoc(operand) ? operand : fail(15981, 'expected either a string or an object as specification for $unwind stage');
  for (const name of spec.keys()) if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name)) fail(28811, `unrecognized option to $unwind stage: ${name}`);
  const path = spec.get('path') ?? fail(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string' || !path.startsWith('$')) fail(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  const parts = path.slice(1).split('.');
  const keep = spec.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof keep !== 'boolean') fail(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  const index = spec.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === '')) fail(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index?.startsWith('$')) fail(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`);
  const numbered = (value: Doc, at: Value): Doc => (typeof index === 'string' ? withPath(value, index.split('.'), at) : value);
  return { needs: undefined, closed: false, *run(source) {
    for (const item of source) {
      if (item === null) {
        yield null;
        continue;
      }
      const value = docOf(item, undefined);
      const found = parts.reduce<Maybe>((current, part) => (isDoc(current) ? current.get(part) : undefined), value);
      if (!Array.isArray(found)) {
        if (found !== undefined && found !== null) yield numbered(value, null);
        else yield keep ? numbered(value, null) : null;
      } else if (found.length === 0) yield keep ? numbered(withPath(value, parts, undefined), null) : null;
      else for (const [at, one] of found.entries()) yield numbered(withPath(value, parts, one), BigInt(at));
    }
    return undefined;
  } };
}

function sample(operand: Value): Stage {
  if (!isDoc(operand)) fail(28745, 'the $sample stage specification must be an object');
  for (const field of operand.keys()) if (field !== 'size') fail(28748, `unrecognized option to $sample: ${field}`);
  const size = asInteger(operand.get('size'));
  if (size === undefined || size < 0) fail(28747, 'size argument to $sample must be a positive number');
  return { needs: undefined, closed: false, *run(source) {
    const kept: (Buffer | Doc)[] = [];
    let seen = 0;
    for (const item of source) {
      if (item) {
        seen++;
        if (kept.length < size) kept.push(item);
        else {
          const at = Math.floor(Math.random() * seen);
          if (at < size) kept[at] = item;
        }
      }
      yield null;
    }
    yield* kept.sort(() => Math.random() - 0.5);
    return undefined;
  } };
}

function sortByCount(operand: Value, place: Place): Stage {
  if (!isExpression(operand)) fail(typeof operand === 'string' ? 40148 : isDoc(operand) ? 40147 : 40149, 'the sortByCount field must be defined as a $-prefixed path or an expression inside an object');
  const group = compileGroup(doc({ _id: operand, count: doc({ $sum: 1 }) }), place.scope);
  const ordered = compileSortStage(doc({ count: -1 }), Infinity);
  return { needs: group.needs, closed: true, run: (source) => ordered.run(group.run(source)) };
}

/** Compiles a stage that needs nothing but its input; undefined for the others. */
export function compileSimple(name: string, operand: Value, place: Place): Stage | undefined {
  switch (name) {
    case '$match': return match(operand, place);
    case '$group': return compileGroup(operand, place.scope);
    case '$bucket': return compileBucket(operand, place.scope);
    case '$sort': return compileSortStage(operand, Infinity);
    case '$limit': {
      const limit = positive(operand, name);
      return { needs: new Set(), closed: false, run: (source) => window(source, 0, limit) };
    }
    case '$skip': {
      const skip = positive(operand, name);
      return { needs: new Set(), closed: false, run: (source) => window(source, skip, 0) };
    }
    case '$unwind': return unwind(operand);
    case '$count': return compileCount(operand);
    case '$sortByCount': return sortByCount(operand, place);
    case '$sample': return sample(operand);
    default: {
      const transform = compileTransform(name, operand, place.scope);
      return transform && eachDocument(transform.apply, { needs: transform.needs, closed: transform.needs !== undefined });
    }
  }
}

