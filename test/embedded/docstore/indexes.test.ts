import { mongo } from 'mongoose';
import { codeOf, running } from './support';
import type { Running } from './support';

let at: Running;
let c: mongo.Collection<mongo.Document>;
beforeAll(async () => { at = await running({ ttlMs: 200 }); });
afterAll(() => at.stop());
beforeEach(async () => {
  c = at.db.collection('c');
  await c.drop();
});

interface Stage { stage: string; indexName?: string; inputStage?: Stage; inputStages?: Stage[] }
const plan = async (filter: mongo.Document, options = {}) => {
  const found = (await c.find(filter, options).explain('queryPlanner')) as { queryPlanner: { winningPlan: Stage } };
  const names: string[] = [];
  for (let at: Stage | undefined = found.queryPlanner.winningPlan; at; at = at.inputStage ?? at.inputStages?.[0]) names.push(at.indexName ?? at.stage);
  return names.filter((name) => name !== 'FETCH').join(' ');
};
const ids = async (filter: mongo.Document, options = {}) => (await c.find(filter, options).toArray()).map((d) => d['_id'] as unknown);

describe('indexes', () => {
  it('are listed, clash with MongoDB\'s codes, and are dropped', async () => {
    expect(await c.createIndex({ a: 1, b: -1 }, { unique: true })).toBe('a_1_b_-1');
    expect(await c.createIndex({ a: 1, b: -1 }, { unique: true })).toBe('a_1_b_-1');
    expect(await codeOf(c.createIndex({ a: 1, b: -1 }))).toBe(86);
    expect(await codeOf(c.createIndex({ a: 1, b: -1 }, { name: 'other', unique: true }))).toBe(85);
    expect(await codeOf(c.createIndex({ z: 1 }, { name: 'a_1_b_-1' }))).toBe(86);
    expect(await codeOf(c.createIndex({ a: 'text' }))).toBe(238);
    expect(await c.listIndexes().toArray()).toEqual([{ v: 2, key: { _id: 1 }, name: '_id_' }, { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true }]);
    await c.dropIndex('a_1_b_-1');
    expect(await codeOf(c.dropIndex('a_1_b_-1'))).toBe(27);
    expect(await codeOf(c.dropIndex('_id_'))).toBe(72);
    await c.drop();
    expect(await codeOf(at.db.command({ listIndexes: 'c' }))).toBe(26);
  });
  it('unique: refuses on insert, update and build, with keyPattern and keyValue', async () => {
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 2 }] as never);
    await expect(c.insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } });
    await expect(c.updateOne({ a: 2 }, { $set: { a: 1 } })).rejects.toMatchObject({ code: 11000, keyValue: { a: 1 } });
    expect(await codeOf(c.findOneAndUpdate({ a: 2 }, { $set: { a: 1 } }))).toBe(11000);
    expect(await ids({ a: 2 })).toEqual([2]);
    expect(await codeOf(c.insertOne({ a: new mongo.Double(1) }))).toBe(11000);
    await c.insertOne({});
    expect(await codeOf(c.insertOne({ b: 1 }))).toBe(11000);
    await c.dropIndexes();
    await c.insertOne({ _id: 4, a: 1 } as never);
    expect(await codeOf(c.createIndex({ a: 1 }, { unique: true }))).toBe(11000);
    expect(await c.listIndexes().toArray()).toHaveLength(1);
  });
  it('partial and sparse ones hold only their documents and serve only filters that imply them', async () => {
    await c.createIndex({ mail: 1 }, { unique: true, partialFilterExpression: { verified: true } });
    await c.createIndex({ s: 1 }, { unique: true, sparse: true });
    await c.insertMany([{ _id: 1, mail: 'a', verified: true }, { _id: 2, mail: 'a' }, { _id: 3, mail: 'a', verified: false, s: 1 }] as never);
    expect(await codeOf(c.updateOne({ _id: 2 } as never, { $set: { verified: true } }))).toBe(11000);
    expect(await plan({ mail: 'a' })).toBe('COLLSCAN');
    expect(await plan({ mail: 'a', verified: true })).toBe('mail_1');
    expect(await ids({ mail: 'a', verified: true })).toEqual([1]);
    expect(await plan({ s: 1 })).toBe('s_1');
    expect(await plan({ s: null })).toBe('COLLSCAN');
    expect(await plan({}, { sort: { s: 1 } })).toBe('SORT COLLSCAN');
  });
  it('of arrays have an entry per item; two arrays are refused', async () => {
    await c.createIndex({ tags: 1, at: -1 });
    await c.insertMany([{ _id: 1, tags: ['a', 'b', 'a'], at: 1 }, { _id: 2, tags: ['b'], at: 2 }, { _id: 3, tags: [], at: 3 }, { _id: 4, at: 4 }] as never);
    expect(await plan({ tags: 'b' }, { sort: { at: -1 } })).toBe('tags_1_at_-1');
    expect(await ids({ tags: 'b' }, { sort: { at: -1 } })).toEqual([2, 1]);
    expect(await ids({ tags: { $in: ['a', 'b'] } })).toEqual([1, 2]);
    expect(await ids({ tags: null })).toEqual([4]);
    expect(await ids({ tags: { $gte: 'a', $lt: 'b' } })).toEqual([1]);
    expect(await codeOf(c.insertOne({ tags: ['x'], at: [1, 2] }))).toBe(171);
    expect(await ids({ tags: 'x' })).toEqual([]);
  });
  it('serve equality, ranges, $in, prefixes, sorts and $or', async () => {
    await c.createIndex({ status: 1, at: -1 });
    await c.createIndex({ at: 1 });
    await c.insertMany(Array.from({ length: 60 }, (_, i) => ({ _id: i, status: ['new', 'open', 'done'][i % 3], at: (i * 7) % 60 })) as never);
    expect(await plan({ status: 'open' }, { sort: { at: -1 } })).toBe('status_1_at_-1');
    expect(await plan({ status: 'open', at: { $gt: 5 } }, { sort: { at: 1 } })).toBe('status_1_at_-1');
    expect(await plan({ status: { $in: ['new', 'open'] } }, { sort: { at: -1 } })).toBe('SORT_MERGE status_1_at_-1');
    expect(await plan({ at: { $gte: 3, $lt: 9 } })).toBe('at_1');
    expect(await plan({ status: /^op/ })).toBe('status_1_at_-1');
    expect(await plan({}, { sort: { at: -1 } })).toBe('at_1');
    expect(await plan({ status: 'open' }, { sort: { x: 1 } })).toBe('SORT status_1_at_-1');
    expect(await plan({ $or: [{ at: 1 }, { status: 'new' }] })).toMatch(/^OR/);
    expect(await plan({ x: 1 })).toBe('COLLSCAN');
    const merged = await c.find({ status: { $in: ['new', 'open'] } }, { sort: { at: -1 }, limit: 5 }).toArray();
    const all = (await c.find({}).toArray()).filter((d) => d['status'] !== 'done').sort((a, b) => b['at'] - a['at']).slice(0, 5);
    expect(merged).toEqual(all);
    expect((await c.find({ status: 'open', at: { $gt: 5 } }, { sort: { at: 1 } }).toArray()).map((d) => d['at'] as number)).toEqual(
      (await c.find({}).toArray()).filter((d) => d['status'] === 'open' && d['at'] > 5).map((d) => d['at'] as number).sort((a, b) => a - b));
    const stats = await c.find({ status: 'open' }, { sort: { at: -1 }, limit: 4 }).explain('executionStats');
    expect((stats as mongo.Document)['executionStats']).toMatchObject({ nReturned: 4, totalDocsExamined: 4 });
  });
  it('of arrays follow what is added to them, taken away and put in their place', async () => {
    await c.createIndex({ k: 1, w: 1 });
    await c.createIndex({ u: 1 }, { unique: true, sparse: true });
    await c.insertMany([{ _id: 1, k: 1, w: ['a', 'b'], u: ['x'] }, { _id: 2, k: 1, w: [] }, { _id: 3, k: 2, w: 'a', u: ['y'] }] as never);
    const having = (w: unknown, k = 1) => ids({ k, w }, { hint: 'k_1_w_1' });
    await c.updateMany({ k: 1 }, { $addToSet: { w: { $each: ['b', 'c'] } } });
    expect([await having('a'), await having('b'), await having('c')]).toEqual([[1], [1, 2], [1, 2]]);
    await c.updateOne({ _id: 1 } as never, { $push: { w: 'd' }, $set: { k: 2 } } as never);
    expect([await having('d'), await having('a'), await having('d', 2), await having('a', 2)]).toEqual([[], [], [1], [1, 3]]);
    await c.updateOne({ _id: 1 } as never, { $set: { w: ['d', 'a', 'e'] } });
    expect([await having('b', 2), await having('e', 2)]).toEqual([[], [1]]);
    expect(await codeOf(c.updateOne({ _id: 1 } as never, { $push: { u: 'y' } } as never))).toBe(11000);
    await c.updateOne({ _id: 1 } as never, { $push: { u: { $each: ['z', 'x'] } } } as never);
    expect(await codeOf(c.insertOne({ u: 'z' }))).toBe(11000);
    await c.deleteMany({});
    expect([await having('d', 2), await ids({ u: { $gte: 'x' } }, { hint: 'u_1' })]).toEqual([[], []]);
  });
  it('keep keys longer than the limit right', async () => {
    await c.createIndex({ s: 1 }, { unique: true });
    const long = 'x'.repeat(3000);
    await c.insertMany([{ _id: 1, s: `${long}b` }, { _id: 2, s: `${long}a` }, { _id: 3, s: 'y' }] as never);
    expect(await codeOf(c.insertOne({ s: `${long}a` }))).toBe(11000);
    expect(await ids({ s: `${long}a` })).toEqual([2]);
    expect(await ids({ s: { $gt: `${long}a` } }, { sort: { s: 1 } })).toEqual([1, 3]);
    expect(await ids({}, { sort: { s: -1 } })).toEqual([3, 1, 2]);
  });
  it('remove documents whose time is over', async () => {
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    await c.insertMany([{ _id: 1, at: new Date(Date.now() - 5000) }, { _id: 2, at: new Date(Date.now() + 60_000) }, { _id: 3, at: 'never' }, { _id: 4 }] as never);
    for (let i = 0; i < 50 && (await c.countDocuments({})) > 3; i++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ids({})).toEqual([2, 3, 4]);
  });
});
