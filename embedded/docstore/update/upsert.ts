import { randomBytes } from 'node:crypto';
import { fail } from '../errors';
import { equal } from '../bson/compare';
import { Raw, T, isDoc, isOperators } from '../bson/value';
import type { Doc, Value } from '../bson/value';
import type { Match } from '../query/match';
import { isRegex } from '../query/regex';
import { idFirst } from './apply';
import type { Update } from './apply';
import { changeAt, valueAt } from './paths';

const machine = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId. */
export function newId(): Raw {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  machine.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new Raw(T.objectId, bytes);
}

function equalities(filter: Doc, into: [string, Value][]): [string, Value][] {
  for (const [name, condition] of filter) {
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      for (const item of condition as Doc[]) equalities(item, into);
    } else if (!name.startsWith('$')) {
      const operators = isOperators(condition) ? condition : undefined;
      const all = operators?.get('$all') ?? operators?.get('$in');
      if (operators?.has('$eq')) into.push([name, operators.get('$eq')!]);
      else if (Array.isArray(all) && all.length === 1 && !isRegex(all[0]) && !isOperators(all[0])) into.push([name, all[0]!]);
      else if (!operators && !isRegex(condition)) into.push([name, condition]);
    }
  }
  return into;
}

/** The document an upsert inserts: what the filter says must be equal, then the update. */
export function upsertDocument(match: Match, update: Update): Doc {
  let start: Doc = new Map();
  const pairs = equalities(match.filter, []);
  for (const [path, value] of pairs) {
    if (update.kind === 'replacement' && path.startsWith('_id.')) fail(111, `field at '_id' must be exactly specified, field at sub-path '${path}' found`);
    if (update.kind === 'replacement' && path !== '_id') continue;
    const parts = path.split('.');
    const clash = pairs.some(([other]) => other !== path && `${path}.`.startsWith(`${other}.`));
    if (clash || (valueAt(start, parts) !== undefined && !equal(valueAt(start, parts), value))) {
      fail(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    start = changeAt(start, { parts, root: start, create: true, change: () => value }) as Doc;
  }
  const made = update.apply(start, { match, insert: true });
  return made.has('_id') ? idFirst(made) : new Map([['_id', newId() as Value], ...made]);
}
