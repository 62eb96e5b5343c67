import fc from 'fast-check';
import { Query } from 'mingo';
import { updateOne } from 'mingo/updater';
import { mongo } from 'mongoose';
import { compare } from '../../../embedded/docstore/bson/compare';
import { decode } from '../../../embedded/docstore/bson/decode';
import { encode } from '../../../embedded/docstore/bson/encode';
import { validate } from '../../../embedded/docstore/bson/validate';
import type { Doc, Value } from '../../../embedded/docstore/bson/value';
import { compileMatch } from '../../../embedded/docstore/query/match';
import { prepareFind } from '../../../embedded/docstore/query/find';
import { compileSort } from '../../../embedded/docstore/query/order';
import { insertBytes } from '../../../embedded/docstore/commands/insert';
import { valueKey } from '../../../embedded/docstore/storage/key';
import { doc } from '../../../embedded/docstore/bson/value';
import { Store } from '../../../embedded/docstore/store';
import type { Steps } from '../../../embedded/docstore/store';
import { compileUpdate } from '../../../embedded/docstore/update/apply';
import { rounds, seed } from '../../support/soak';
import { temporaryFolder } from './support';

const { BSON, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, Binary, Int32 } = mongo;
const runs = (few: number): { numRuns: number; seed: number } => ({ numRuns: rounds(few, few * 50), seed: seed() });
const toDoc = (value: object): Doc => decode(Buffer.from(BSON.serialize(value, { ignoreUndefined: true })));

const number = fc.oneof(
  fc.integer().map((n) => new Int32(n)), fc.double().map((n) => new Double(n)), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((n) => Long.fromBigInt(n)),
  fc.tuple(fc.bigInt(-(10n ** 33n), 10n ** 33n), fc.integer({ min: -60, max: 60 })).map(([d, e]) => Decimal128.fromString(`${d}E${e}`)),
  fc.constantFrom('0', '1', '-1', '9007199254740993', '0.1', 'NaN', 'Infinity').chain((s) => fc.constantFrom<unknown>(Decimal128.fromString(s), new Double(Number(s)))),
  fc.constantFrom(Long.fromString('9007199254740992'), Long.fromString('9007199254740993'), new Double(9007199254740992), new Double(0.1), new Double(-0)),
);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: number }, fc.string({ maxLength: 6, unit: 'binary' }), fc.constantFrom('', 'a', 'a\0', 'a\0b', 'ab', '\uffff', '\u{10000}'), fc.boolean(), fc.constant(null),
  fc.date({ noInvalidDate: true }), fc.uint8Array({ minLength: 12, maxLength: 12 }).map((b) => new ObjectId(b)), fc.uint8Array({ maxLength: 4 }).map((b) => new Binary(b, 0)),
  fc.constantFrom(new MinKey(), new MaxKey(), new Timestamp({ t: 1, i: 1 }), new Timestamp({ t: 2, i: 0 }), /a/i, /b/));
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, { weight: 6, arbitrary: scalar }, fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', '10', '9'), tie('any'), { maxKeys: 3 })),
})).any;
const bson = value.map((v) => toDoc({ v }).get('v')!);

describe('values', () => {
  it('key order is comparison order', () => {
    fc.assert(fc.property(bson, bson, (a, b) => {
      expect(Math.sign(valueKey(a).compare(valueKey(b)))).toBe(Math.sign(compare(a, b)) + 0);
    }), runs(3000));
    fc.assert(fc.property(number, number, (x, y) => {
      const [a, b] = [toDoc({ x }).get('x')!, toDoc({ y }).get('y')!];
      expect(Math.sign(valueKey(a).compare(valueKey(b)))).toBe(Math.sign(compare(a, b)) + 0);
    }), runs(3000));
  });
  it('the order is one: compare is transitive', () => {
    fc.assert(fc.property(bson, bson, bson, (a, b, c) => {
      const [x, y, z] = [a, b, c].sort(compare) as [Value, Value, Value];
      expect(compare(x, y)).toBeLessThanOrEqual(0);
      expect(compare(x, z)).toBeLessThanOrEqual(0);
    }), runs(1000));
  });
  it('decode and encode give the same bytes back', () => {
    fc.assert(fc.property(value, (v) => {
      const bytes = Buffer.from(BSON.serialize({ v, w: [v] }));
      expect(validate(bytes)).toBe(bytes.length);
      expect(encode(decode(bytes)).equals(bytes)).toBe(true);
    }), runs(1000));
  });
  it('damaged bytes are refused, never read', () => {
    fc.assert(fc.property(value, fc.nat(), fc.nat(255), (v, at, byte) => {
      const bytes = Buffer.from(BSON.serialize({ v, w: 1 }));
      bytes[at % bytes.length] = byte;
      try {
        validate(bytes);
      } catch {
        return;
      }
      encode(decode(bytes));
    }), runs(2000));
  });
});

const field = fc.constantFrom('a', 'b', 'c', 'a.b', 'a.c');
const small = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('x', 'y', null, true));
const inner = fc.record({ b: small, c: fc.oneof(small, fc.array(small, { maxLength: 2 })) }, { requiredKeys: [] });
const stored = fc.record({ a: fc.oneof(small, fc.array(small, { maxLength: 3 }), inner, fc.array(fc.oneof(inner, { weight: 1, arbitrary: small }, { weight: 1, arbitrary: fc.array(small, { maxLength: 2 }) }), { maxLength: 2 })), b: small, c: fc.oneof(small, fc.array(small, { maxLength: 2 })) }, { requiredKeys: [] });
const condition = fc.oneof(small, fc.record({ $gt: small }), fc.record({ $gte: small, $lt: small }), fc.record({ $in: fc.array(small, { maxLength: 3 }) }), fc.record({ $ne: small }), fc.record({ $lte: small }), fc.record({ $exists: fc.boolean() }),
  fc.record({ $elemMatch: fc.oneof(fc.record({ $gte: small, $lte: small }), fc.record({ b: small, c: small }), fc.record({ $not: fc.record({ $gt: small }) })) }), fc.record({ $not: fc.record({ $gte: small, $lt: small }) }), fc.constant({ $regex: '^x' }));
const simpleFilter = fc.dictionary(field, condition, { maxKeys: 3 });
const filter = fc.oneof(simpleFilter, fc.record({ $or: fc.array(simpleFilter, { minLength: 1, maxLength: 2 }) }), fc.record({ $and: fc.array(simpleFilter, { minLength: 1, maxLength: 2 }) }));
const sort = fc.option(fc.uniqueArray(field, { minLength: 1, maxLength: 2 }).chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(1, -1).map((d): [string, number] => [name, d])))).map((pairs) => Object.fromEntries(pairs)), { nil: undefined });

describe('queries', () => {
  const folder = temporaryFolder();
  const store = new Store(folder.path);
  afterAll(async () => {
    await store.close();
    folder.remove();
  });
  let made = 0;
  const load = async (docs: object[], indexes: Doc[]): Promise<string> => {
    const ns = `p.c${++made}`;
    const steps = function* (): Steps<null> {
      const collection = store.catalog.create(ns);
      for (const index of indexes) store.catalog.addIndex(collection, index, false);
      for (const [i, one] of docs.entries()) {
        try {
          insertBytes(store, collection, encode(toDoc({ _id: i, ...one })));
        } catch (error) {
          if ((error as { code?: number }).code !== 171) throw error;
        }
      }
      return null;
    };
    await store.write(steps(), false);
    return ns;
  };
  const find = (ns: string, spec: { filter: Doc; sort?: Doc | undefined; hint?: Doc }): Doc[] => {
    const out: Doc[] = [];
    for (const bytes of prepareFind(store.environment, store.catalog.get(ns)!, spec).stream) if (bytes) out.push(decode(bytes));
    return out;
  };
  const outcome = (work: () => Doc[]): Doc[] | number => {
    try {
      return work();
    } catch (error) {
      return (error as { code: number }).code;
    }
  };
  const spec = (key: object, name: string, more = {}): Doc => toDoc({ v: 2, key, name, ...more });
  const indexes = [spec({ a: 1 }, 'a'), spec({ b: 1, c: -1 }, 'bc'), spec({ 'a.b': 1, b: 1 }, 'ab'), spec({ 'a.b': 1, 'a.c': -1 }, 'abc'), spec({ 'a.c': 1 }, 'ac', { sparse: true }), spec({ c: -1, b: 1 }, 'cb', { sparse: true }), spec({ b: -1 }, 'pb', { partialFilterExpression: { b: { $gte: 2 } } })];
  it('with indexes find what a full scan finds, in the same order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(stored, { maxLength: 25 }), fc.array(fc.tuple(filter, sort), { minLength: 5, maxLength: 10 }), async (docs, queries) => {
      const ns = await load(docs, indexes);
      for (const [query, by] of queries) {
        const wanted = { filter: toDoc(query), sort: by ? toDoc(by) : undefined };
        const [scan, planned] = [{ ...wanted, hint: doc({ $natural: 1 }) }, wanted].map((spec) => outcome(() => find(ns, spec))) as [Doc[], Doc[]];
        if (!Array.isArray(scan)) expect(planned).toBe(scan);
        else {
          const ids = (list: Doc[]): unknown[] => list.map((one) => one.get('_id')).sort();
          expect(ids(planned)).toEqual(ids(scan));
          if (wanted.sort) expect(planned.map(compileSort(wanted.sort).key)).toEqual(scan.map(compileSort(wanted.sort).key));
        }
      }
    }), runs(40));
  }, rounds(60_000, 600_000));
  it('the matcher agrees with mingo where mingo is right', () => {
    const plain = fc.record({ a: fc.oneof(small, fc.array(small, { maxLength: 3 })), b: small }, { requiredKeys: [] });
    const fair = fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(fc.integer({ min: 0, max: 4 }), fc.record({ $gt: fc.nat(4) }), fc.record({ $in: fc.array(fc.nat(4), { maxLength: 3 }) }), fc.record({ $ne: fc.nat(4) }), fc.record({ $lte: fc.nat(4) })), { maxKeys: 2 });
    fc.assert(fc.property(plain, fair, (one, query) => {
      expect(compileMatch(toDoc(query)).test(toDoc(one))).toBe(new Query(query).test(one));
    }), runs(1000));
  });
});

describe('updates', () => {
  const start = fc.record({ n: fc.integer({ min: 0, max: 9 }), m: fc.integer({ min: 0, max: 9 }), list: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 5 }), sub: fc.record({ x: fc.integer({ min: 0, max: 5 }) }) });
  const nat = fc.integer({ min: 0, max: 5 });
  const operators = fc.oneof(
    fc.record({ $set: fc.record({ n: nat, 'sub.y': nat }) }), fc.record({ $inc: fc.record({ n: nat, 'sub.x': nat }) }), fc.record({ $mul: fc.record({ n: nat }) }), fc.record({ $unset: fc.constant({ m: 1 }) }),
    fc.record({ $min: fc.record({ n: nat }) }), fc.record({ $max: fc.record({ 'sub.x': nat }) }), fc.record({ $push: fc.record({ list: nat }) }), fc.record({ $addToSet: fc.record({ list: nat }) }),
    fc.record({ $pull: fc.record({ list: fc.record({ $gt: nat }) }) }), fc.record({ $pop: fc.record({ list: fc.constantFrom(1, -1) }) }), fc.record({ $pullAll: fc.record({ list: fc.array(nat, { maxLength: 2 }) }) }),
    fc.record({ $push: fc.record({ list: fc.record({ $each: fc.array(nat, { maxLength: 3 }), $slice: fc.integer({ min: 0, max: 5 }), $sort: fc.constantFrom(1, -1) }) }) }), fc.constant({ $rename: { m: 'z' } }));
  it('agree with mingo', () => {
    fc.assert(fc.property(start, operators, (before, update) => {
      const oracle = [{ _id: 1, ...structuredClone(before) }];
      updateOne(oracle as never, {}, update as never);
      const ours = compileUpdate(toDoc(update), {}).apply(toDoc({ _id: 1, ...before }), { match: compileMatch(new Map()), insert: false });
      const plain = BSON.deserialize(encode(ours));
      expect(plain).toEqual(BSON.deserialize(BSON.serialize(oracle[0]!)));
    }), runs(1000));
  });
});
