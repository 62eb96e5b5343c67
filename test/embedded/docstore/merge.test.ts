import type { mongo } from 'mongoose';
import { questions } from './probe';

describe('$out and $merge', () => {
  questions('$merge keeps the _id and refuses what it cannot join', async ({ ask, reset, code, c, db }) => {
    const m = db.collection<mongo.Document>('m');
    const merge = async (spec: unknown, ...docs: mongo.Document[]): Promise<mongo.Document[]> => {
      await reset(...docs);
      await c.aggregate([{ $merge: spec } as mongo.Document]).toArray();
      return m.find({}, { sort: { _id: 1 } }).toArray();
    };
    await m.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 2 }] as never);
    await ask('merged and inserted', () => merge('m', { _id: 2, b: 2 }, { _id: 3 }), [{ _id: 1, a: 1 }, { _id: 2, a: 2, b: 2 }, { _id: 3 }]);
    await ask('replaced', () => merge({ into: 'm', whenMatched: 'replace', whenNotMatched: 'discard' }, { _id: 2, c: 1 }, { _id: 9 }), [{ _id: 1, a: 1 }, { _id: 2, c: 1 }, { _id: 3 }]);
    await ask('a pipeline with variables', () => merge({ into: 'm', let: { q: '$d' }, whenMatched: [{ $set: { s: '$$q', t: '$$new.d' } }] }, { _id: 2, d: 7 }), [{ _id: 1, a: 1 }, { _id: 2, c: 1, s: 7, t: 7 }, { _id: 3 }]);
    await ask('another new', () => code(merge({ into: 'm', let: { new: 1 }, whenMatched: [] }, { _id: 2 })), 51273);
    await ask('matched must not be', () => code(merge({ into: 'm', whenMatched: 'fail' }, { _id: 2 })), 11000);
    await ask('unmatched must not be', () => code(merge({ into: 'm', whenNotMatched: 'fail' }, { _id: 20 })), 13113);
    await ask('no index to join on', () => code(merge({ into: 'm', on: 'k' }, { _id: 2, k: 7 })), 51183);
    await ask('no target', () => code(merge({}, { _id: 2 })), 40414);
    await m.drop();
    await m.createIndex({ k: 1 }, { unique: true });
    await m.insertOne({ _id: 1, k: 7, a: 1 } as never);
    await ask('an _id that would change', () => code(merge({ into: 'm', on: 'k' }, { _id: 2, k: 7 })), 66);
    await ask('a missing join field', () => code(merge({ into: 'm', on: 'k' }, { _id: 2 })), 51132);
    await ask('without _id', async () => {
      await reset({ k: 7, b: 1 });
      await c.aggregate([{ $unset: '_id' }, { $merge: { into: 'm', on: 'k' } }]).toArray();
      return m.find().toArray();
    }, [{ _id: 1, k: 7, a: 1, b: 1 }]);
  });

  questions('$out replaces the whole or nothing', async ({ ask, reset, code, c, db, at }) => {
    const out = db.collection<mongo.Document>('made');
    const run = (...pipeline: mongo.Document[]): Promise<unknown> => c.aggregate(pipeline).toArray();
    await reset({ _id: 0, k: 1 }, { _id: 1, k: 2 });
    await out.insertOne({ _id: 9 } as never);
    await out.createIndex({ k: 1 });
    await ask('a failing one', async () => [await code(run({ $project: { _id: { $literal: 1 } } }, { $out: 'made' })), await out.find().toArray()], [11000, [{ _id: 9 }]]);
    await ask('another', async () => [await run({ $match: { k: 2 } }, { $out: 'made' }), await out.find().toArray(), (await out.indexes()).length], [[], [{ _id: 1, k: 2 }], 2]);
    await ask('an empty one', async () => [await run({ $match: { k: 5 } }, { $out: 'made' }), await out.countDocuments()], [[], 0]);
    await ask('another database', async () => [await run({ $out: { db: 'other', coll: 'x' } }), await at.client.db('other').collection('x').countDocuments()], [[], 2]);
    await ask('a bad name', () => code(run({ $out: 'a$b' })), 73);
    await ask('inside a $lookup', () => code(run({ $lookup: { from: 'c', pipeline: [{ $out: 'x' }], as: 'r' } })), 51047);
    await ask('a faulty $lookup of nothing', () => code(run({ $match: { _id: 99 } }, { $lookup: { from: 'c', pipeline: [{ $nope: 1 }], as: 'r' } })), 40324);
    await ask('nothing is left behind', async () => (await db.listCollections().toArray()).map((one) => one.name).sort(), ['c', 'made']);
  });
});
