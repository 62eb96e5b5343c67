import { mongo } from 'mongoose';
import { codeOf, running } from './support';
import type { Running } from './support';

let at: Running;
let c: mongo.Collection<mongo.Document>;
beforeAll(async () => {
  at = await running();
  c = at.db.collection('c');
  await c.insertMany([
    { _id: 1, team: 'a', n: 1, tags: ['x', 'y'], at: new Date('2026-03-01T10:30:00Z') }, { _id: 2, team: 'b', n: 5, tags: ['y'], at: new Date('2026-03-01T23:30:00Z') },
    { _id: 3, team: 'a', n: 3, tags: [], at: new Date('2026-04-02T00:00:00Z') }, { _id: 4, team: 'c', n: null },
  ] as never);
});
afterAll(() => at.stop());
const run = (...pipeline: mongo.Document[]) => c.aggregate(pipeline).toArray();
const value = async (expression: unknown) => (await run({ $limit: 1 }, { $project: { _id: 0, v: expression } }))[0]!['v'] as unknown;

describe('stages', () => {
  it('group, sort, count', async () => {
    expect(await run({ $group: { _id: '$team', n: { $sum: '$n' }, avg: { $avg: '$n' }, all: { $push: '$_id' }, top: { $max: '$n' } } }, { $sort: { _id: 1 } })).toEqual([
      { _id: 'a', n: 4, avg: 2, all: [1, 3], top: 3 }, { _id: 'b', n: 5, avg: 5, all: [2], top: 5 }, { _id: 'c', n: 0, avg: null, all: [4], top: null }]);
    expect(await run({ $match: { n: { $gt: 1 } } }, { $count: 'n' })).toEqual([{ n: 2 }]);
    expect(await run({ $sortByCount: '$team' }, { $limit: 1 })).toEqual([{ _id: 'a', count: 2 }]);
    expect(await run({ $bucket: { groupBy: '$n', boundaries: [0, 3, 9], default: 'none' } })).toEqual([{ _id: 0, count: 1 }, { _id: 3, count: 2 }, { _id: 'none', count: 1 }]);
  });
  it('unwind, facet, replaceRoot, sample, project', async () => {
    expect(await run({ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } })).toEqual([{ _id: 'x', n: 1 }, { _id: 'y', n: 2 }]);
    expect(await run({ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }, { $match: { _id: { $gt: 2 } } }, { $project: { i: 1 } })).toEqual([{ _id: 3, i: null }, { _id: 4, i: null }]);
    expect(await run({ $facet: { n: [{ $count: 'c' }], page: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { team: 1 } }] } })).toEqual([{ n: [{ c: 4 }], page: [{ _id: 4, team: 'c' }] }]);
    expect(await run({ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { a: '$team' } } })).toEqual([{ a: 'a' }]);
    expect(await run({ $sample: { size: 2 } })).toHaveLength(2);
    expect(await run({ $match: { _id: 1 } }, { $unset: ['tags', 'at'] }, { $set: { 'd.e': { $add: ['$n', 1] } } })).toEqual([{ _id: 1, team: 'a', n: 1, d: { e: 2 } }]);
  });
  it('lookup, with and without a pipeline', async () => {
    await at.db.collection('teams').insertMany([{ _id: 'a', name: 'A' }, { _id: 'b', name: 'B' }] as never);
    expect(await run({ $match: { n: { $ne: 3 } } }, { $lookup: { from: 'teams', localField: 'team', foreignField: '_id', as: 't' } }, { $project: { t: '$t.name' } })).toEqual([
      { _id: 1, t: ['A'] }, { _id: 2, t: ['B'] }, { _id: 4, t: [] }]);
    expect(await run({ $match: { _id: 2 } }, { $lookup: { from: 'teams', let: { k: '$team' }, pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$k'] } } }], as: 't' } }, { $project: { t: 1 } })).toEqual([
      { _id: 2, t: [{ _id: 'b', name: 'B' }] }]);
  });
  it('out and merge', async () => {
    await run({ $match: { n: { $gt: 1 } } }, { $project: { n: 1 } }, { $out: 'made' });
    const made = at.db.collection('made');
    expect(await made.find().toArray()).toEqual([{ _id: 2, n: 5 }, { _id: 3, n: 3 }]);
    await run({ $project: { m: '$team' } }, { $merge: { into: 'made', whenNotMatched: 'discard' } });
    expect(await made.find().toArray()).toEqual([{ _id: 2, n: 5, m: 'b' }, { _id: 3, n: 3, m: 'a' }]);
    await run({ $project: { n: 1 } }, { $merge: { into: 'made', whenMatched: [{ $set: { n: { $add: ['$n', '$$new.n'] } } }] } });
    expect(await made.find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 1, n: 1 }, { _id: 2, n: 10, m: 'b' }, { _id: 3, n: 6, m: 'a' }, { _id: 4, n: null }]);
  });
  it('refuses with MongoDB\'s codes', async () => {
    expect(await codeOf(run({ $nope: {} }))).toBe(40324);
    expect(await codeOf(run({ $project: { a: { $nope: 1 } } }))).toBe(168);
    expect(await codeOf(run({ $out: 'x' }, { $match: {} }))).toBe(40601);
    expect(await codeOf(run({ $group: { n: { $sum: 1 } } }))).toBe(15955);
    expect(await codeOf(run({ $graphLookup: {} }))).toBe(238);
    expect(await codeOf(run({ $changeStream: {} }))).toBe(40573);
    expect(await codeOf(run({ $limit: 1 }, { $project: { v: { $divide: [1, 0] } } }))).toBe(2);
    expect(await codeOf(c.find({}, { maxTimeMS: 1 }).toArray())).toBeUndefined();
  });
  it('let, sessions, collections that are not there', async () => {
    expect(await c.aggregate([{ $match: { $expr: { $eq: ['$_id', '$$id'] } } }, { $project: { _id: 0, x: '$$x', r: '$$r' } }], { let: { id: 1, x: { $literal: '$bar' }, r: { $rand: {} } } }).toArray()).toEqual([{ x: '$bar', r: expect.any(Number) }]);
    expect(await at.client.db('admin').aggregate([{ $listLocalSessions: {} }, { $limit: 1 }, { $addFields: { dummy: 1 } }, { $project: { _id: 0, dummy: 1 } }]).toArray()).toEqual([{ dummy: 1 }]);
    expect(await at.db.collection('none').aggregate([{ $group: { _id: 1 } }]).toArray()).toEqual([]);
  });
});

describe('expressions', () => {
  const cases: [unknown, unknown][] = [
    [{ $add: [1, 2.5] }, 3.5], [{ $subtract: [new Date(5000), new Date(2000)] }, 3000], [{ $multiply: [2, 3] }, 6], [{ $divide: [7, 2] }, 3.5], [{ $mod: [7, 3] }, 1],
    [{ $round: [2.5, 0] }, 2], [{ $round: [1234.567, 2] }, 1234.57], [{ $trunc: -2.7 }, -2], [{ $abs: -3 }, 3], [{ $ceil: 1.2 }, 2],
    [{ $cond: [{ $gt: ['$n', 0] }, 'y', 'n'] }, 'y'], [{ $ifNull: ['$zip', 'none'] }, 'none'], [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, 2],
    [{ $concat: ['a', '$team'] }, 'aa'], [{ $toUpper: 'ab' }, 'AB'], [{ $substrCP: ['häus', 1, 2] }, 'äu'], [{ $strLenCP: 'häus' }, 4], [{ $split: ['a-b', '-'] }, ['a', 'b']],
    [{ $trim: { input: '  a ' } }, 'a'], [{ $regexMatch: { input: 'abc', regex: '^A', options: 'i' } }, true], [{ $indexOfCP: ['abc', 'c'] }, 2], [{ $replaceAll: { input: 'aa', find: 'a', replacement: 'b' } }, 'bb'],
    [{ $size: '$tags' }, 2], [{ $arrayElemAt: ['$tags', -1] }, 'y'], [{ $in: ['x', '$tags'] }, true], [{ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] } } }, [2, 3]],
    [{ $map: { input: [1, 2], as: 'i', in: { $add: ['$$i', 1] } } }, [2, 3]], [{ $reduce: { input: [1, 2], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 3], [{ $slice: [[1, 2, 3], 1, 1] }, [2]],
    [{ $mergeObjects: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }], [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]], [{ $arrayToObject: [[['a', 1]]] }, { a: 1 }], [{ $setUnion: [[1, 2], [2, 3]] }, [1, 2, 3]],
    [{ $sortArray: { input: [3, 1], sortBy: 1 } }, [1, 3]], [{ $type: '$n' }, 'int'], [{ $toString: 5 }, '5'], [{ $toInt: '7' }, 7], [{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M', timezone: 'Europe/Berlin' } }, '2026-03-01 11:30'],
    [{ $dateTrunc: { date: '$at', unit: 'day' } }, new Date('2026-03-01T00:00:00Z')], [{ $hour: '$at' }, 10], [{ $dateAdd: { startDate: '$at', unit: 'month', amount: 1 } }, new Date('2026-04-01T10:30:00Z')],
    [{ $dateDiff: { startDate: new Date(0), endDate: new Date(86400000), unit: 'day' } }, 1], [{ $getField: 'team' }, 'a'], [{ $let: { vars: { q: 2 }, in: { $multiply: ['$$q', '$n'] } } }, 2], [{ $cmp: ['$nope', null] }, -1],
    [{ $eq: [{ a: 1, b: 2 }, { b: 2, a: 1 }] }, false], [{ $max: [1, 5, null] }, 5], [{ $avg: [1, 2] }, 1.5], [{ $range: [0, 3] }, [0, 1, 2]], [{ $toDate: '2026-01-01' }, new Date('2026-01-01')],
  ];
  it.each(cases)('%j', async (expression, expected) => expect(await value(expression)).toEqual(expected));
  it('keeps Decimal128 and Long exact', async () => {
    expect(String(await value({ $add: [mongo.Decimal128.fromString('0.1'), mongo.Decimal128.fromString('0.2')] }))).toBe('0.3');
    const big = (await c.aggregate([{ $limit: 1 }, { $project: { v: { $add: [mongo.Long.fromString('9007199254740993'), 1] } } }], { promoteValues: false }).toArray())[0]!['v'] as mongo.Long;
    expect(String(big)).toBe('9007199254740994');
    expect(await value({ $gt: [mongo.Decimal128.fromString('10'), mongo.Decimal128.fromString('9')] })).toBe(true);
  });
});
