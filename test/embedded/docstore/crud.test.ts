import { mongo } from 'mongoose';
import { codeOf, running } from './support';
import type { Running } from './support';

const { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } = mongo;
type Document = mongo.Document;
type Doc = Document;
const one = { _id: 1 } as never;
let at: Running;
let c: mongo.Collection<Doc>;
beforeAll(async () => { at = await running(); });
afterAll(() => at.stop());
beforeEach(async () => {
  c = at.db.collection<Doc>('c');
  await c.drop();
});

const fill = (...docs: Document[]) => c.insertMany(docs.map((d, i) => ({ _id: i + 1, ...d })) as never);
const ids = async (filter: Document, options = {}) => (await c.find(filter, options).toArray()).map((d) => d._id);
const updated = async (doc: Document, update: Document | Document[], options: Document = {}) => {
  await c.deleteMany({});
  await c.insertOne({ _id: 1, ...doc } as never);
  await c.updateOne((options['filter'] as Document | undefined) ?? one, update, options);
  const { _id, ...rest } = (await c.findOne(one))!;
  return rest;
};

describe('values', () => {
  it('come back as they went in', async () => {
    const doc = {
      _id: 1, int: new Int32(1), dbl: new Double(1), long: Long.fromString('9007199254740993'), dec: Decimal128.fromString('1.10'), d: new Date(5), b: new Binary(Buffer.from('x'), 4),
      o: new ObjectId(), t: new Timestamp({ t: 1, i: 2 }), r: /a/i, min: new MinKey(), max: new MaxKey(), nul: null, obj: { 10: 'a', 9: 'b', '': 1 }, arr: [[], {}], s: 'ü\u0000x',
    };
    await c.insertOne(doc as never);
    const raw = await c.findOne(one, { promoteValues: false });
    expect(raw).toMatchObject({ int: new Int32(1), dbl: new Double(1), dec: doc.dec, t: doc.t });
    expect(String(raw!['long'])).toBe('9007199254740993');
    await c.updateOne(one, { $set: { added: 1 } });
    const again = await c.findOne(one, { promoteValues: false });
    expect(again).toMatchObject({ dbl: new Double(1), dec: doc.dec, b: doc.b, o: doc.o });
    expect(String(again!['long'])).toBe('9007199254740993');
  });
  it('_id comes first, is made when missing, and may not be an array', async () => {
    await at.db.command({ insert: 'c', documents: [{ a: 1, _id: 7 }, { b: 1 }] });
    expect((await c.find({}).toArray()).map((d) => Object.keys(d)[0])).toEqual(['_id', '_id']);
    expect(await codeOf(c.insertOne({ _id: [1] } as never))).toBe(53);
    expect(await codeOf(c.insertOne({ _id: { $a: 1 } } as never))).toBe(52);
    await c.insertOne({ _id: { 'a.b': 1 } } as never);
    await at.db.command({ insert: 'c', documents: [{ _id: null, $top: 1, 'a.b': 2 }] });
    expect(await c.countDocuments({ _id: { $type: 'null' } })).toBe(1);
  });
});

describe('find', () => {
  it('compares by type and value', async () => {
    await fill({ a: 1 }, { a: '1' }, { a: null }, {}, { a: [1, 5] }, { a: { b: 1, c: 2 } }, { a: [] }, { a: NaN }, { a: true });
    expect(await ids({ a: 1 })).toEqual([1, 5]);
    expect(await ids({ a: null })).toEqual([3, 4]);
    expect(await ids({ a: { $gte: null } })).toEqual([3, 4]);
    expect(await ids({ a: { $gt: 0, $lt: 2 } })).toEqual([1, 5]);
    expect(await ids({ a: { $gt: 2, $lt: 4 } })).toEqual([5]);
    expect(await ids({ a: { c: 2, b: 1 } })).toEqual([]);
    expect(await ids({ a: { b: 1, c: 2 } })).toEqual([6]);
    expect(await ids({ a: { $ne: 1 } })).toEqual([2, 3, 4, 6, 7, 8, 9]);
    expect(await ids({ a: { $exists: false } })).toEqual([4]);
    expect(await ids({ a: { $size: 0 } })).toEqual([7]);
    expect(await ids({ a: { $elemMatch: { $gt: 2 } } })).toEqual([5]);
    expect(await ids({ a: { $type: 'number' } })).toEqual([1, 5, 8]);
    expect(await ids({ a: { $not: { $type: 'number' } } })).toEqual([2, 3, 4, 6, 7, 9]);
    expect(await ids({ $nor: [{ a: 1 }, { a: null }] })).toEqual([2, 6, 7, 8, 9]);
    expect(await ids({ a: NaN })).toEqual([8]);
    expect(await ids({ 'a.0': 1 })).toEqual([5]);
    expect(await ids({ a: { $in: [/^1/, true] } })).toEqual([2, 9]);
  });
  it('goes through arrays of documents', async () => {
    await fill({ a: [{ b: 1, c: 1 }, { b: 2, c: 2 }] }, { a: [{ b: 1, c: 2 }] }, { a: { b: 1 } }, { a: [] }, { a: [1] });
    expect(await ids({ 'a.b': 1, 'a.c': 2 })).toEqual([1, 2]);
    expect(await ids({ a: { $elemMatch: { b: 1, c: 2 } } })).toEqual([2]);
    expect(await ids({ 'a.b': null })).toEqual([]);
    expect(await ids({ 'a.c': null })).toEqual([3]);
    expect(await ids({ 'a.1.b': 2 })).toEqual([1]);
    expect(await ids({ 'a.b': { $all: [1, 2] } })).toEqual([1]);
  });
  it('regular expressions mean what they mean in Perl', async () => {
    await fill({ s: 'foo\n' }, { s: 'FOO' }, { s: 'a-b' }, { s: 'x\u2028y' });
    expect(await ids({ s: /^foo$/ })).toEqual([1]);
    expect(await ids({ s: { $regex: '^f', $options: 'i' } })).toEqual([1, 2]);
    expect(await ids({ s: { $regex: '(?i)foo\\z' } })).toEqual([2]);
    expect(await ids({ s: { $regex: 'a\\-b' } })).toEqual([3]);
    expect(await ids({ s: { $regex: 'x.y' } })).toEqual([4]);
    expect(await ids({ s: { $regex: '[[:upper:]]{3}' } })).toEqual([2]);
    expect(await codeOf(c.find({ s: { $regex: '(' } }).toArray())).toBe(51091);
  });
  it('sorts, skips, limits, projects', async () => {
    await fill({ a: 2, b: [1, 9] }, { a: 1, b: [5] }, { a: [0, 3], b: [] }, { b: 2 });
    expect(await ids({}, { sort: { a: 1 } })).toEqual([4, 3, 2, 1]);
    expect(await ids({}, { sort: { a: -1 } })).toEqual([3, 1, 2, 4]);
    expect(await ids({}, { sort: { b: -1 }, skip: 1, limit: 2 })).toEqual([2, 4]);
    expect(await c.findOne(one, { projection: { a: 1, _id: 0 } })).toEqual({ a: 2 });
    expect(await c.findOne(one, { projection: { a: 0 } })).toEqual({ _id: 1, b: [1, 9] });
    expect(await c.findOne(one, { projection: { b: { $slice: -1 } } })).toEqual({ _id: 1, a: 2, b: [9] });
    expect(await c.findOne({ b: 9 }, { projection: { 'b.$': 1 } })).toEqual({ _id: 1, b: [9] });
    expect(await c.findOne(one, { projection: { b: { $elemMatch: { $gt: 2 } } } })).toEqual({ _id: 1, b: [9] });
    expect(await c.findOne(one, { projection: { d: { $add: ['$a', 1] } } })).toEqual({ _id: 1, d: 3 });
    expect(await codeOf(c.findOne(one, { projection: { a: 1, b: 0 } }))).toBe(31254);
    expect(await c.find({}, { batchSize: 1 }).toArray()).toHaveLength(4);
    expect(await c.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
    expect(await c.distinct('b')).toEqual([1, 9, 5, 2]);
  });
  it('let, hints, errors with MongoDB\'s codes', async () => {
    await fill({ a: 1 }, { a: 2 });
    expect(await ids({ $expr: { $eq: ['$a', '$$v'] } }, { let: { v: 2 } })).toEqual([2]);
    expect(await ids({ a: 2 }, { hint: '_id_' })).toEqual([2]);
    expect(await codeOf(c.find({}, { hint: 'nope' }).toArray())).toBe(2);
    expect(await codeOf(c.find({ a: { $foo: 1 } }).toArray())).toBe(2);
    expect(await codeOf(c.find({ $where: 'true' }).toArray())).toBe(238);
    expect(await codeOf(c.find({}, { collation: { locale: 'de' } }).toArray())).toBe(238);
    expect(await codeOf(at.db.command({ find: 'c', bogus: 1 }))).toBe(40415);
    expect(await codeOf(at.db.command({ nonsense: 1 }))).toBe(59);
    expect(await codeOf(at.db.command({ getMore: new Long(123), collection: 'c' }))).toBe(43);
    expect(await codeOf(c.find({ $expr: { $eq: ['$a', '$$nope'] } }).toArray())).toBe(17276);
    expect(await codeOf(at.db.command({ insert: 'c', documents: [{ _id: 99 }], txnNumber: new Long(1) }))).toBe(20);
  });
});

describe('update', () => {
  it('field operators', async () => {
    expect(await updated({ a: 1 }, { $inc: { a: 2, b: 3 }, $set: { 'c.d': 1 } })).toEqual({ a: 3, b: 3, c: { d: 1 } });
    expect(await updated({ a: 2 }, { $mul: { a: 3, b: 2 }, $min: { x: 1 }, $max: { y: 2 } })).toEqual({ a: 6, b: 0, x: 1, y: 2 });
    expect(await updated({ a: 1, b: 2 }, { $unset: { a: 1 }, $rename: { b: 'z' } })).toEqual({ z: 2 });
    expect(Object.keys(await updated({}, { $set: { z: 1, b: 2, m: 3 } }))).toEqual(['b', 'm', 'z']);
    expect(await updated({ a: Long.fromString('9007199254740993') }, { $inc: { a: 1 } }).then((d) => String(d['a']))).toBe('9007199254740994');
    const dec = await updated({ a: Decimal128.fromString('0.1') }, { $inc: { a: Decimal128.fromString('0.2') } });
    expect(String(dec['a'])).toBe('0.3');
    expect(await codeOf(updated({ a: 'x' }, { $inc: { a: 1 } }))).toBe(14);
    expect(await codeOf(updated({ a: 1 }, { $set: { 'a.b': 1 } }))).toBe(28);
    expect(await codeOf(updated({ a: 1 }, { $set: { a: 1 }, $inc: { 'a.b': 1 } }))).toBe(40);
    expect(await codeOf(updated({ a: 1 }, { $set: { _id: 2 } }))).toBe(66);
    expect(await codeOf(updated({ a: 1 }, { $foo: { a: 1 } }))).toBe(9);
    expect(await codeOf(updated({ a: 1 }, { $set: { '': 1 } }))).toBe(56);
  });
  it('array operators', async () => {
    expect(await updated({ a: [3] }, { $push: { a: { $each: [1, 2], $sort: 1, $slice: 2 } } })).toEqual({ a: [1, 2] });
    expect(await updated({ a: [1] }, { $push: { a: { $each: [9], $position: 0 } } })).toEqual({ a: [9, 1] });
    expect(await updated({ a: [1] }, { $addToSet: { a: { $each: [1, 2] } } })).toEqual({ a: [1, 2] });
    expect(await updated({ a: [1, 2, 3] }, { $pop: { a: -1 } })).toEqual({ a: [2, 3] });
    expect(await updated({ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } })).toEqual({ a: [1] });
    expect(await updated({ a: [{ x: 1, y: 2 }, { x: 2 }] }, { $pull: { a: { x: 1 } } })).toEqual({ a: [{ x: 2 }] });
    expect(await updated({ a: [1, 2, 1] }, { $pullAll: { a: [1] } })).toEqual({ a: [2] });
    expect(await updated({ a: [1, 2, 3] }, { $set: { 'a.$': 9 } }, { filter: { a: 2 } })).toEqual({ a: [1, 9, 3] });
    expect(await updated({ a: [{ k: 1 }, { k: 2, v: 0 }] }, { $inc: { 'a.$.v': 1 } }, { filter: { 'a.k': 2 } })).toEqual({ a: [{ k: 1 }, { k: 2, v: 1 }] });
    expect(await updated({ a: [{ k: 1 }, { k: 2 }] }, { $set: { 'a.$[].v': 1 } })).toEqual({ a: [{ k: 1, v: 1 }, { k: 2, v: 1 }] });
    expect(await updated({ a: [{ k: 1 }, { k: 2 }] }, { $set: { 'a.$[e].v': 1 } }, { arrayFilters: [{ 'e.k': { $gt: 1 } }] })).toEqual({ a: [{ k: 1 }, { k: 2, v: 1 }] });
    expect(await updated({ a: [1] }, { $set: { 'a.3': 1 } })).toEqual({ a: [1, null, null, 1] });
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$[x]': 1 } }))).toBe(2);
    expect(await codeOf(updated({ a: 1 }, { $push: { a: 1 } }))).toBe(2);
  });
  it('pipelines, replacements, upserts', async () => {
    expect(await updated({ x: 1, y: 2, t: { u: 1 } }, [{ $replaceRoot: { newRoot: '$t' } }, { $addFields: { foo: 1 } }])).toEqual({ u: 1, foo: 1 });
    expect(await updated({ x: 1, y: 2 }, [{ $project: { x: 1 } }, { $set: { z: { $add: ['$x', '$$k'] } } }], { let: { k: 5 } })).toEqual({ x: 1, z: 6 });
    expect(await updated({ x: 1 }, [{ $replaceWith: { $setField: { field: { $literal: '$a' }, value: 1, input: '$$ROOT' } } }])).toEqual({ x: 1, $a: 1 });
    expect(await c.replaceOne(one, { n: 1, 'a.b': 1 } as never)).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await codeOf(at.db.command({ update: 'c', updates: [{ q: { _id: 1 }, u: { _id: 1, $a: 1 } }] }))).toBeUndefined();
    const reply = await at.db.command({ update: 'c', updates: [{ q: { _id: 1 }, u: { _id: 1, $a: 1 } }] });
    expect(reply['writeErrors'][0].code).toBe(52);
    const up = await c.updateOne({ k: 5, 'm.n': 1, z: { $gt: 1 } }, { $set: { v: 1 }, $setOnInsert: { w: 2 } }, { upsert: true });
    expect(up).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    expect(await c.findOne({ _id: up.upsertedId! })).toEqual({ _id: up.upsertedId, k: 5, m: { n: 1 }, v: 1, w: 2 });
    expect(await c.updateOne({ k: 5 }, { $set: { v: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await c.findOneAndUpdate({ k: 5 }, { $inc: { v: 1 } }, { returnDocument: 'after', projection: { v: 1, _id: 0 } })).toEqual({ v: 2 });
    expect(await c.findOneAndDelete({ k: 5 })).toMatchObject({ v: 2 });
    expect(await c.findOneAndReplace({ k: 5 }, { q: 1 } as never, { upsert: true, returnDocument: 'after' })).toMatchObject({ q: 1 });
    expect(await codeOf(at.db.command({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] }))).toBe(40415);
    await at.db.command({ update: 'c', updates: [{ q: { _id: null }, u: { a: 1 }, upsert: true }] });
    expect(await c.countDocuments({ _id: { $type: 'null' } })).toBe(1);
  });
  it('bulk writes report each item', async () => {
    await fill({ a: 1 });
    const error = await c.bulkWrite([2, 1, 3].map((_id) => ({ insertOne: { document: { _id } as never } })), { ordered: false }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 11000, result: { insertedCount: 2 }, writeErrors: [{ index: 1, code: 11000 }] });
    const ordered = await c.insertMany([{ _id: 4 }, { _id: 4 }, { _id: 5 }] as never).catch((e: unknown) => e);
    expect(ordered).toMatchObject({ code: 11000, insertedCount: 1 });
    expect(await ids({})).toEqual([1, 2, 3, 4]);
    expect(await c.deleteMany({ _id: { $gt: 1 } } as never)).toMatchObject({ deletedCount: 3 });
    expect(await c.insertOne({ _id: 9 } as never, { writeConcern: { w: 0 } })).toMatchObject({ acknowledged: false });
    expect(await c.insertOne({ _id: 10 } as never, { writeConcern: { j: true } })).toMatchObject({ acknowledged: true });
    expect(await c.countDocuments({})).toBe(3);
  });
  it('validators refuse with errInfo', async () => {
    await at.db.createCollection('v', { validator: { x: { $type: 'string' } } });
    const error = await at.db.collection('v').insertOne({ x: 1 }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 121, errInfo: { details: { operatorName: '$type' } } });
    await at.db.collection('v').insertOne({ x: 1 }, { bypassDocumentValidation: true });
    await at.db.collection('v').drop();
  });
});
