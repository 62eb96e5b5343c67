import { mongo } from 'mongoose';
import { questions } from './probe';

const { Double, Long, Timestamp } = mongo;

describe('what MongoDB 7.0 answers', () => {
  questions('to createIndexes and dropIndexes', async ({ ask, reset, code, cmd, c, db }) => {
    await reset({ a: 1 });
    await c.createIndex({ a: 1 });
    await ask('same key, other name', () => code(c.createIndex({ a: 1 }, { name: 'x' })), 85);
    await ask('same name, other key', () => code(c.createIndex({ b: 1 }, { name: 'a_1' })), 86);
    await ask('same name and key, unique', () => code(c.createIndex({ a: 1 }, { unique: true })), 86);
    await ask('same name and key, other life', () => code(c.createIndex({ a: 1 }, { expireAfterSeconds: 5 })), 85);
    await ask('same key, unique, other name', () => code(c.createIndex({ a: 1 }, { unique: true, name: 'au' })), 'taken');
    await ask('same key, partial, other name', () => code(c.createIndex({ a: 1 }, { partialFilterExpression: { a: { $gt: 1 } }, name: 'ap' })), 'taken');
    await ask('drop by a key of several', () => code(cmd({ dropIndexes: 'c', index: { a: 1 } })), 181);
    await ask('unique on _id', () => code(c.createIndex({ _id: 1 }, { unique: true })), 197);
    await ask('the name _id_', () => code(c.createIndex({ z: 1 }, { name: '_id_' })), 2);
    await ask('an unknown option', () => code(cmd({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'e', foo: 1 }] })), 197);
    await ask('no index at all', () => code(cmd({ createIndexes: 'c', indexes: [] })), 2);
    await ask('a part of a reference', () => code(c.createIndex({ 'r.$id': 1 }, { name: 'r' }).then(() => c.dropIndex('r'))), 'taken');
    await ask('one of two', async () => [await code(cmd({ createIndexes: 'c', indexes: [{ key: { m: 1 }, name: 'm' }, { key: { n: 1 }, name: 'm' }] })), (await c.indexes()).length], [86, 4]);
    for (const a of [{ $ne: 7 }, { $exists: false }, { $not: { $gt: 1 } }, /x/]) await ask(`partial of ${JSON.stringify(a)}`, () => code(c.createIndex({ p: 1 }, { partialFilterExpression: { a } })), 67);
    await ask('an empty key', () => code(cmd({ createIndexes: 'c', indexes: [{ key: {}, name: 'e' }] })), 67);
    await ask('a collation', () => code(c.createIndex({ l: 1 }, { collation: { locale: 'en' } })), 238);
    await ask('dropping several, one unknown, drops none', async () => [await code(cmd({ dropIndexes: 'c', index: ['au', 'nope'] })), (await c.indexes()).length], [27, 4]);
    await ask('dropping _id_', () => code(c.dropIndex('_id_')), 72);
    await ask('dropping all', async () => [(await cmd({ dropIndexes: 'c', index: '*' }))['nIndexesWas'], (await c.indexes()).length], [4, 1]);
    await ask('of a missing collection', async () => [await code(db.collection('none').dropIndex('a_1')), await code(db.collection('none').listIndexes().toArray())], [26, 26]);
    await ask('the reply', async () => {
      const reply = await cmd({ createIndexes: 'fresh', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
      return [reply['numIndexesBefore'], reply['numIndexesAfter'], reply['createdCollectionAutomatically']];
    }, [1, 2, true]);
    await ask('a list in batches', async () => (await db.collection('fresh').listIndexes({ batchSize: 1 }).toArray()).length, 2);
  });

  questions('to cursors', async ({ ask, reset, code, cmd, db }) => {
    await reset(...Array.from({ length: 10 }, (_, i) => ({ _id: i })));
    const first = async (command: mongo.Document): Promise<{ id: mongo.Long; firstBatch: unknown[] }> => (await cmd(command))['cursor'] as { id: mongo.Long; firstBatch: unknown[] };
    await ask('batchSize 0', async () => {
      const { id, firstBatch } = await first({ find: 'c', batchSize: 0 });
      const more = (await cmd({ getMore: Long.fromValue(id), collection: 'c', batchSize: 3 }))['cursor'] as { nextBatch: unknown[] };
      return [firstBatch.length, more.nextBatch.length, ((await cmd({ killCursors: 'c', cursors: [Long.fromValue(id)] }))['cursorsKilled'] as unknown[]).length];
    }, [0, 3, 1]);
    await ask('a limit reached closes', async () => String((await first({ find: 'c', batchSize: 3, limit: 3 })).id), '0');
    await ask('a limit over batches', async () => {
      const { id } = await first({ find: 'c', batchSize: 3, limit: 5 });
      const more = (await cmd({ getMore: Long.fromValue(id), collection: 'c', batchSize: 3 }))['cursor'] as { nextBatch: unknown[]; id: mongo.Long };
      return [more.nextBatch.length, String(more.id)];
    }, [2, '0']);
    await ask('singleBatch', async () => String((await first({ find: 'c', batchSize: 3, singleBatch: true })).id), '0');
    await ask('an empty pipeline in empty batches', async () => (await first({ aggregate: 'c', pipeline: [], cursor: { batchSize: 0 } })).firstBatch.length, 0);
    for (const gone of [{ drop: 'c2' }, { dropIndexes: 'c2', index: 'a_1' }]) {
      await ask(`${JSON.stringify(gone)} meanwhile`, async () => {
        await db.collection('c2').insertMany(Array.from({ length: 9 }, (_, a) => ({ a })));
        await db.collection('c2').createIndex({ a: 1 });
        const { id } = await first({ find: 'c2', filter: { a: { $gte: 0 } }, batchSize: 2 });
        await cmd(gone);
        return code(cmd({ getMore: Long.fromValue(id), collection: 'c2' }));
      }, 175);
    }
    await ask('another collection', async () => code(cmd({ getMore: Long.fromValue((await first({ find: 'c', batchSize: 1 })).id), collection: 'd' })), 13);
    await ask('maxTimeMS on getMore', async () => code(cmd({ getMore: Long.fromValue((await first({ find: 'c', batchSize: 1 })).id), collection: 'c', maxTimeMS: 5 })), 2);
    await ask('killing none', async () => ((await cmd({ killCursors: 'c', cursors: [Long.fromNumber(5)] }))['cursorsNotFound'] as unknown[]).length, 1);
    await ask('an aggregate without cursor', () => code(cmd({ aggregate: 'c', pipeline: [] })), 9);
  });

  questions('to options that one server cannot honour', async ({ ask, reset, code, cmd, c }) => {
    await reset({ _id: 1, a: 1 });
    for (const level of ['local', 'available', 'majority']) await ask(level, () => code(cmd({ find: 'c', readConcern: { level } })), 'taken');
    for (const level of ['linearizable', 'snapshot']) await ask(level, () => code(cmd({ find: 'c', readConcern: { level } })), 123);
    await ask('an unknown level', () => code(cmd({ find: 'c', readConcern: { level: 'x' } })), 2);
    await ask('an unknown read concern', () => code(cmd({ find: 'c', readConcern: { foo: 1 } })), 40415);
    await ask('afterClusterTime', () => code(cmd({ find: 'c', readConcern: { afterClusterTime: new Timestamp({ t: 1, i: 1 }) } })), 72);
    await ask('w: 2', () => code(cmd({ insert: 'c', documents: [{ _id: 2 }], writeConcern: { w: 2 } })), 2);
    await ask('w: majority', () => code(cmd({ insert: 'c', documents: [{ _id: 2 }], writeConcern: { w: 'majority', wtimeout: 9 } })), 'taken');
    await ask('w: -5', () => code(cmd({ insert: 'c', documents: [{ _id: 3 }], writeConcern: { w: -5 } })), 9);
    await ask('an unknown write concern', () => code(cmd({ insert: 'c', documents: [{ _id: 3 }], writeConcern: { foo: 1 } })), 40415);
    await ask('nothing was written meanwhile', () => c.countDocuments(), 2);
    await ask('another version of the API', () => code(cmd({ ping: 1, apiVersion: '9' })), 322);
    await ask('a sort of updateOne', () => code(c.updateOne({}, { $set: { a: 1 } }, { sort: { a: 1 } })), 40415);
    await ask('a sort of replaceOne', () => code(c.replaceOne({}, { a: 1 }, { sort: { a: 1 } })), 40415);
    await ask('a hint of distinct', () => code(cmd({ distinct: 'c', key: 'a', hint: '_id_' })), 40415);
    const collation = { locale: 'en' };
    const all = [c.find({}, { collation }).toArray(), c.updateOne({}, { $set: { z: 1 } }, { collation }), c.deleteOne({}, { collation }), c.aggregate([], { collation }).toArray(),
      c.findOneAndUpdate({}, { $set: { z: 1 } }, { collation }), c.distinct('a', {}, { collation }), c.countDocuments({}, { collation })];
    await ask('collations', () => Promise.all(all.map(code)), all.map(() => 238));
    await ask('a filter nobody knows, also of a missing collection', () => Promise.all([code(cmd({ count: 'none', query: { $foo: 1 } })), code(cmd({ distinct: 'none', key: 'a', query: { $foo: 1 } }))]), [2, 2]);
    await ask('hello', async () => {
      const reply = await cmd({ hello: 1, helloOk: true });
      return [reply['isWritablePrimary'], reply['maxWireVersion'], reply['setName'], reply['helloOk']];
    }, [true, 21, undefined, true]);
  });

  questions('to writes that are malformed or refused', async ({ ask, reset, code, cmd, c }) => {
    await reset({ _id: 1 });
    await ask('a duplicate', async () => (await cmd({ insert: 'c', documents: [{ _id: 1 }, { _id: 2 }, { _id: 2 }], ordered: false }))['writeErrors'],
      [0, 2].map((index) => ({ index, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: index === 0 ? 1 : 2 }, errmsg: `E11000 duplicate key error collection: test.c index: _id_ dup key: { _id: ${index === 0 ? 1 : 2} }` })));
    for (const [command, field] of [['insert', 'documents'], ['update', 'updates'], ['delete', 'deletes']] as const) await ask(`an empty ${command}`, () => code(cmd({ [command]: 'c', [field]: [] })), 16);
    await ask('an update without q', () => code(cmd({ update: 'c', updates: [{ u: {} }] })), 40414);
    await ask('a delete without limit', () => code(cmd({ delete: 'c', deletes: [{ q: {} }] })), 40414);
    await ask('array filters of another type', () => code(cmd({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: 5 }] })), 14);
    await ask('constants without a pipeline', async () => ((await cmd({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, c: { k: 1 } }] }))['writeErrors'] as { code: number }[])[0]!.code, 51198);
    const update = (change: mongo.Document, filter: mongo.Document = {}, options = {}): Promise<unknown> => code(c.updateOne(filter, change, options));
    await reset({ _id: 1, a: 1, l: [{ b: [1] }], x: [1] });
    await ask('two positions', () => update({ $set: { 'l.$.b.$': 1 } }, { 'l.b': 1 }), 2);
    await ask('a new name inside an array', () => update({ $rename: { a: 'x.0' } }), 2);
    await ask('array filters of two names', () => update({ $set: { 'x.$[e]': 1 } }, {}, { arrayFilters: [{ e: 1, f: 1 }] }), 9);
    await ask('a path through a number', () => c.updateOne({}, { $set: { 'a.b': 1 } }).catch((error: Error) => error.message), "Cannot create field 'b' in element {a: 1}");
    await ask('a document that grows too large', () => update({ $set: { s: 'x'.repeat(2 ** 24) } }), 17419);
    for (const more of [{ update: {} }, { new: true }, { upsert: true }, { arrayFilters: [] }]) await ask(`remove and ${JSON.stringify(more)}`, () => code(cmd({ findAndModify: 'c', remove: true, ...more })), 9);
    await ask('an unknown hint', () => Promise.all(['zz', { zz: 1 }].flatMap((hint) => [update({ $set: { b: 1 } }, {}, { hint }), code(c.deleteOne({}, { hint })), code(c.find({}, { hint }).toArray())])), [2, 2, 2, 2, 2, 2]);
    await ask('$ in the way of a path', () => update({ $set: { 'a.$b': 1 } }), 52);
    await ask('nothing of all this changed it', () => c.findOne({ _id: 1 } as never), { _id: 1, a: 1, l: [{ b: [1] }], x: [1] });
    await ask('unacknowledged writes', async () => {
      await c.insertOne({ _id: 1 } as never, { writeConcern: { w: 0 } });
      await c.updateOne({ _id: 1 } as never, { $set: { w: 0 } }, { writeConcern: { w: 0 } });
      for (let i = 0; i < 100 && (await c.countDocuments({ w: 0 })) === 0; i++) await cmd({ ping: 1 });
      return c.countDocuments({ w: 0 });
    }, 1);
  });

  questions('to what makes documents of its own, and to a validator changed later', async ({ ask, reset, code, cmd, c, db }) => {
    await reset({ _id: 1, x: 'a' });
    const made = (documents: unknown, ...more: mongo.Document[]): Promise<unknown> => db.aggregate([{ $documents: documents }, ...more], { let: { three: 3 } }).toArray();
    await ask('documents', () => made([{ _id: 3, x: { $add: [1, '$$three'] } }, { _id: 4 }], { $sort: { _id: -1 } }), [{ _id: 4 }, { _id: 3, x: 4 }]);
    await ask('a clash says of what', () => made([{ _id: 1 }], { $merge: { into: 'c', whenMatched: 'fail' } }).catch((error: mongo.MongoServerError) => [error.code, error.keyPattern, error.keyValue]), [11000, { _id: 1 }, { _id: 1 }]);
    await ask('what is no list, or not of documents', () => Promise.all([code(made(5)), code(made([5]))]), [5858203, 40228]);
    await ask('not of a collection', () => Promise.all([{ $documents: [{}] }, { $listLocalSessions: {} }].map((stage) => code(c.aggregate([stage]).toArray()))), [73, 73]);
    await ask('not later on', () => code(made([{}], { $documents: [{}] })), 40602);
    await ask('a new validator', async () => {
      await cmd({ collMod: 'c', validator: { x: { $type: 'string' } } });
      return c.findOneAndUpdate({ _id: 1 } as never, { $set: { x: 1 } }).catch((error: mongo.MongoServerError) => [error.code, (error.errorResponse['errInfo'] as mongo.Document)['failingDocumentId']]);
    }, [121, 1]);
    await ask('milder', async () => [await cmd({ collMod: 'c', validationAction: 'warn' }), await code(c.updateOne({}, { $set: { x: 1 } }))], [{ ok: 1 }, 'taken']);
    await ask('refused', () => Promise.all([code(cmd({ collMod: 'none', validator: {} })), code(cmd({ collMod: 'c', validator: { $foo: 1 } })), code(cmd({ collMod: 'c', index: { name: 'x_1', unique: true } })), code(cmd({ collMod: 'c', validationLevel: 'moderate' }))]), [26, 2, 238, 238]);
  });

  questions('to projections', async ({ ask, reset, code, c }) => {
    await reset({ _id: 0, h: [1, 2], b: { c: 1, d: 2 }, e: [{ f: 1, g: 2 }, 5] });
    const shown = (projection: mongo.Document, filter = {}): Promise<unknown> => c.findOne(filter, { projection });
    await ask('paths into arrays', () => Promise.all([shown({ 'e.f': 1, _id: 0 }), shown({ 'e.f': 0, b: 0, h: 0 })]), [{ e: [{ f: 1 }] }, { _id: 0, e: [{ g: 2 }, 5] }]);
    await ask('collisions', () => Promise.all([code(shown({ 'b.c': 1, b: 1 })), code(shown({ b: 1, 'b.c': 1 }))]), [31250, 31249]);
    await ask('positions', () => Promise.all([{ 'h.$': 0 }, { 'h.$': 1, 'e.$': 1 }, { 'h.$.x': 1 }].map((one) => code(shown(one, { h: 1 })))), [31395, 31276, 31394]);
    await ask('mixtures', () => Promise.all([code(shown({ h: 1, b: 0 })), code(shown({ h: 0, b: 1 })), code(shown({ n: '$h', b: 0 }))]), [31254, 31253, 31252]);
  });

  questions('to paths through arrays, with an index and without', async ({ ask, reset, c }) => {
    const ids = async (filter: mongo.Document): Promise<unknown> => (await c.find(filter, { sort: { _id: 1 } }).toArray()).map((one) => one._id);
    await reset({ _id: 1, a: [{ b: 1, c: 1 }, { b: 2, c: 2 }] }, { _id: 2, a: [{ b: 1, c: 2 }] }, { _id: 3, a: { b: 1, c: 2 } }, { _id: 4, a: [] }, { _id: 5 }, { _id: 6, a: [5, [2, 4]] }, { _id: 7, a: [[2]] });
    for (const index of [undefined, { 'a.b': 1, 'a.c': 1 }, { 'a.b': 1, 'a.c': -1 }] as const) {
      if (index) await c.dropIndexes().then(() => c.createIndex(index));
      await ask(`two items, ${JSON.stringify(index)}`, () => ids({ 'a.b': 1, 'a.c': 2 }), [1, 2, 3]);
      await ask('one item', () => ids({ a: { $elemMatch: { b: 1, c: 2 } } }), [2]);
    }
    await ask('an array at a position is one value', () => Promise.all([{ 'a.1': 2 }, { 'a.1': [2, 4] }, { 'a.1.0': 2 }].map(ids)), [[], [6], [6]]);
    await ask('nothing is below a number at a position', () => ids({ 'a.0.b': null }), [1, 2, 3, 5]);
    await ask('$not inside $elemMatch', () => ids({ a: { $elemMatch: { $not: { $gt: 1 } } } }), [1, 2, 6, 7]);
    const sorted = async (sort: mongo.Sort, filter = {}): Promise<unknown> => (await c.find(filter, { sort }).toArray()).map((one) => one._id);
    await ask('the smallest pair of an item sorts', () => sorted({ 'a.b': 1, 'a.c': 1, _id: 1 }, { _id: { $lt: 6 } }), [4, 5, 1, 2, 3]);
    await ask('an empty array on the way is as good as nothing', () => sorted({ 'a.b': 1, _id: -1 }, { _id: { $in: [4, 5] } }), [5, 4]);
    await ask('arrays inside documents may share an index', async () => {
      await reset();
      await c.createIndex({ 'm.l.k': 1, 'm.l.n': 1 });
      await c.insertMany([{ _id: 1, m: { l: [{ k: 'a', n: 1 }, { k: 'b', n: 2 }] } }, { _id: 2, m: [{ l: [{ k: 'a', n: 9 }] }, { l: { k: 'z' } }] }] as never);
      return Promise.all([{ 'm.l.k': 'a' }, { 'm.l.k': 'a', 'm.l.n': 2 }, { 'm.l.k': 'z' }].map(ids));
    }, [[1, 2], [1], [2]]);
    await ask('a duplicate says which item', async () => {
      await reset({ _id: 1, u: [1, 2] });
      await c.createIndex({ u: 1 }, { unique: true });
      return c.insertOne({ u: [5, 2] }).catch((error: mongo.MongoServerError) => error.keyValue);
    }, { u: 2 });
  });

  questions('to patterns that an index must not cut short', async ({ ask, reset, c }) => {
    await reset({ _id: 1, s: 'abc' }, { _id: 2, s: 'xb' }, { _id: 3, s: /^abc/ }, { _id: 4, s: 'a\\' }, { _id: 5, s: 'q\u00a0r' });
    for (const index of [false, true]) {
      if (index) await c.createIndex({ s: 1 });
      const ids = async (filter: mongo.Document): Promise<unknown> => (await c.find(filter, { sort: { _id: 1 } }).toArray()).map((one) => one._id);
      await ask(`an escaped escape, ${index}`, () => ids({ s: { $regex: '^a\\\\|b' } }), [1, 2, 3, 4].filter((id) => id !== 3));
      await ask('an equal expression', () => ids({ s: { $regex: '^abc' } }), [1, 3]);
      await ask('white space is ASCII', () => ids({ s: /\s/ }), []);
    }
    await ask('a partial index holds what has the field', async () => {
      await reset();
      await c.createIndex({ k: 1 }, { partialFilterExpression: { a: { $exists: true } } });
      await c.insertMany([{ k: 1 }, { k: 1, a: null }]);
      return c.countDocuments({ k: 1, a: { $all: [null] } });
    }, 2);
  });

  questions('to $pull, upserts and places that meet', async ({ ask, reset, code, c }) => {
    const changed = async (a: unknown, update: mongo.Document, options = {}): Promise<unknown> => {
      await reset({ _id: 1, a });
      return c.updateOne({ _id: 1 } as never, update, options).then(async () => (await c.findOne())!['a'] as unknown, (error: mongo.MongoServerError) => error.code);
    };
    await ask('an operator goes into arrays', () => changed([[6], [1], 7], { $pull: { a: { $gt: 5 } } }), [[1]]);
    await ask('a pattern too', () => changed(['abc', 'x', ['abd']], { $pull: { a: /^ab/ } }), ['x']);
    await ask('documents are none of arrays', () => changed([{ x: 1 }, 1, [2]], { $pull: { a: {} } }), [1, [2]]);
    await ask('the same item twice', () => changed([1, 5], { $set: { 'a.$[]': 0, 'a.$[e]': 1 } }, { arrayFilters: [{ e: 5 }] }), 40);
    await ask('a field of it twice', () => changed([{ x: 1 }], { $set: { 'a.$[].p': 0 }, $inc: { 'a.$[e].p': 1 } }, { arrayFilters: [{ 'e.x': 1 }] }), 40);
    await ask('different fields of it', () => changed([{ x: 1 }], { $set: { 'a.$[].p': 0, 'a.$[e].q': 1 } }, { arrayFilters: [{ 'e.x': 1 }] }), [{ x: 1, p: 0, q: 1 }]);
    await ask('an upsert of one document in a list', async () => {
      await c.updateOne({ n: { $in: [{ x: 1 }] } }, { $set: { up: 1 } }, { upsert: true });
      return (await c.findOne({ up: 1 }))!['n'] as unknown;
    }, { x: 1 });
    await ask('half an _id', () => code(c.replaceOne({ '_id.x': 4 }, { c: 1 }, { upsert: true })), 111);
    await ask('a document nested too deeply leaves the connection usable', async () => {
      let deep: mongo.Document = {};
      for (let i = 0; i < 300; i++) deep = { deep };
      return [await code(c.insertOne(deep)), await code(c.insertOne({ '': 1, 'a.b': 1, $x: 1 }))];
    }, [15, 'taken']);
  });

  questions('to numbers that need care', async ({ ask, reset, c }) => {
    await reset({ _id: 0, a: Long.fromString('9007199254740993') }, { _id: 1, a: new Double(9007199254740992) }, { _id: 2, a: mongo.Decimal128.fromString('9007199254740993') });
    const ids = async (filter: mongo.Document): Promise<unknown[]> => (await c.find(filter).toArray()).map((one) => one._id);
    await ask('beyond 2^53', () => ids({ a: Long.fromString('9007199254740993') }), [0, 2]);
    await ask('$mod beyond 2^53', () => ids({ a: { $mod: [10, 3] } }), [0, 2]);
    await reset(...Array.from({ length: 10 }, () => ({ v: 0.1 })));
    await ask('three fractions', () => c.aggregate([{ $limit: 1 }, { $project: { _id: 0, v: { $add: [0.1, 0.2, 0.3] } } }]).toArray(), [{ v: 0.6 }]);
    await ask('sums of fractions', () => c.aggregate([{ $group: { _id: null, sum: { $sum: '$v' }, avg: { $avg: '$v' }, all: { $push: '$v' } } }, { $project: { _id: 0, sum: 1, avg: 1, again: { $sum: '$all' } } }]).toArray(), [{ sum: 1, avg: 0.1, again: 1 }]);
  });
});
