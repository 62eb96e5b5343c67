import { mongo } from 'mongoose';
import { questions } from './probe';

const { Double } = mongo;
const textOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'taken', (error: Error) => error.message);

describe('what MongoDB 7.0 refuses, with its codes', () => {
  questions('expressions of the wrong type', async ({ ask, reset, code, c }) => {
    await reset({ _id: 1, s: 'text', n: null });
    const cases: [mongo.Document, unknown][] = [
      [{ $arrayElemAt: ['$s', 0] }, 28689], [{ $arrayElemAt: [[1], 'x'] }, 28690], [{ $slice: ['$s', 1] }, 28724], [{ $slice: [[1], 'x'] }, 28725], [{ $slice: [[1], 0, 0] }, 28729],
      [{ $filter: { input: '$s', cond: true } }, 28651], [{ $map: { input: '$s', in: 1 } }, 16883], [{ $reduce: { input: '$s', initialValue: 0, in: 1 } }, 40080], [{ $size: '$n' }, 17124],
      [{ $first: '$s' }, 28689], [{ $last: '$s' }, 28689], [{ $reverseArray: '$s' }, 34435], [{ $indexOfArray: ['$s', 1] }, 40090], [{ $setUnion: ['$s', []] }, 17043], [{ $range: ['a', 2] }, 34443],
      [{ $in: [1, '$s'] }, 40081], [{ $sortArray: { input: '$s', sortBy: 1 } }, 2942504], [{ $concatArrays: ['$s'] }, 28664],
      [{ $cond: [1, 2] }, 16020], [{ $cond: { then: 1, else: 2 } }, 17080], [{ $cond: { if: 1, else: 2 } }, 17081], [{ $cond: { if: 1, then: 2 } }, 17082], [{ $cond: { if: 1, then: 2, else: 3, or: 4 } }, 17083],
      [{ $switch: { branches: [] } }, 40068], [{ $switch: { branches: [{ then: 1 }] } }, 40064], [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
      [{ $strLenCP: '$n' }, 34471], [{ $substrCP: ['$s', -1, 1] }, 34455], [{ $substrCP: ['$s', 0, -1] }, 34454], [{ $split: [1, ','] }, 40085], [{ $indexOfCP: [1, 'a'] }, 40093], [{ $concat: ['a', 1] }, 16702],
      [{ $let: { vars: { A: 1 }, in: 1 } }, 9], [{ $let: { vars: { 'a-b': 1 }, in: 1 } }, 9], [{ $let: { vars: { '': 1 }, in: 1 } }, 9], [{ $let: { in: 1 } }, 16876], [{ $map: { input: [], as: 'X', in: 1 } }, 9],
      [{ $add: ['$$nope', 1] }, 17276], [{ $let: { vars: { aB_1: 5 }, in: '$$aB_1' } }, 'taken'], [{ $arrayElemAt: ['$n', 0] }, 'taken'], [{ $slice: ['$n', 1] }, 'taken'], [{ $filter: { input: '$n', cond: true } }, 'taken'],
    ];
    for (const [expression, wanted] of cases) await ask(JSON.stringify(expression), () => code(c.aggregate([{ $project: { v: expression } }]).toArray()), wanted);
    const more: [mongo.Document, unknown][] = [
      [{ $filter: { input: [1, 2, 3], cond: true, limit: new Double(2) } }, [1, 2]], [{ $filter: { input: [1], cond: true, limit: 0 } }, 327392], [{ $setDifference: [[1]] }, 16020], [{ $setUnion: [[2, 1], [1]] }, [1, 2]],
      [{ $hour: { date: new Date(0), timezone: null } }, null], [{ $hour: { date: new Date(0), foo: 1 } }, 40535], [{ $hour: { timezone: 'UTC' } }, 40539], [{ $dateTrunc: { date: new Date(0), unit: 'day', timezone: '$n' } }, null],
      [{ $dateToString: { date: new Date(0), format: null } }, null], [{ $dateToString: { date: new Date(0), format: 5 } }, 18533], [{ $toDate: 5 }, 241], [{ $regexMatch: { input: 'a', regex: /a/i, options: 'i' } }, 51107],
      [{ $arrayToObject: [[['a', 1], { k: 'b', v: 1 }]] }, 40396], [{ $arrayToObject: [[{ k: 'a', v: 1, z: 1 }]] }, 40392], [{ $dateTrunc: { date: new Date(0), unit: 'constructor' } }, 9],
      [{ $sortArray: { input: [2, 1], sortBy: 'x' } }, 2942507], [{ $rand: { x: 1 } }, 3040501], [{ $regexMatch: { input: 'a', regex: 'A', options: 5 } }, 51106], [{ $trim: { input: 'a', chars: 5 } }, 50700], [{ $trim: { input: 'a', chars: '$none' } }, null],
      [{ $indexOfArray: [[1], 1, -1] }, 40097], [{ $round: [1.5, 101] }, 51083], [{ $round: [25, -1] }, 20], [{ $trunc: [-2.39, 1] }, -2.3], [{ $ceil: -1.5 }, -1], [{ $floor: '$s' }, 28765], [{ $indexOfCP: ['abc', 'a', -1] }, 40097], [{ $arrayElemAt: [[1], 1.5] }, 28691],
    ];
    for (const [expression, wanted] of more) await ask(JSON.stringify(expression), () => c.aggregate([{ $project: { v: expression } }]).toArray().then((rows) => rows[0]!['v'] as unknown, (error: mongo.MongoServerError) => error.code), wanted);
    await ask('names of lookup variables', () => code(c.aggregate([{ $lookup: { from: 'c', let: { Bad: '$s' }, pipeline: [], as: 'x' } }]).toArray()), 9);
    await ask('names of a command\'s variables', () => code(c.find({}, { let: { Bad: 1 } }).toArray()), 9);
  });

  questions('updates of the wrong type, with what they say', async ({ ask, reset, c }) => {
    await reset({ _id: 1, s: 'text', u: 5 }, { _id: 2, u: 6 });
    await c.createIndex({ u: 1 }, { unique: true });
    const said = (update: mongo.Document): Promise<unknown> => textOf(c.updateOne({ _id: 1 } as never, update));
    await ask('$inc of a string', () => said({ $inc: { s: 1 } }), "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 's' of non-numeric type string");
    await ask('$mul by a string', () => said({ $mul: { u: 'x' } }), 'Cannot multiply with non-numeric argument: {u: "x"}');
    await ask('$push to a string', () => said({ $push: { s: 1 } }), "The field 's' must be an array but is of type string in document {_id: 1}");
    await ask('$addToSet to a string', () => said({ $addToSet: { s: 1 } }), "Cannot apply $addToSet to non-array field. Field named 's' has non-array type string");
    await ask('$pop of a string', () => said({ $pop: { s: 1 } }), "Path 's' contains an element of non-array type 'string'");
    await ask('$pull from a string', () => said({ $pull: { s: 1 } }), 'Cannot apply $pull to a non-array value');
    await ask('a duplicate in findAndModify', () => textOf(c.findOneAndUpdate({ _id: 2 } as never, { $set: { u: 5 } })),
      'Plan executor error during findAndModify :: caused by :: E11000 duplicate key error collection: test.c index: u_1 dup key: { u: 5 }');
    await ask('and in an update', () => textOf(c.updateOne({ _id: 2 } as never, { $set: { u: 5 } })), 'E11000 duplicate key error collection: test.c index: u_1 dup key: { u: 5 }');
    await ask('an error of findAndModify keeps code and keys', () => c.findOneAndUpdate({ _id: 2 } as never, { $set: { u: 5 } }).catch((error: mongo.MongoServerError) => [error.code, error.keyPattern, error.keyValue]), [11000, { u: 1 }, { u: 5 }]);
  });

  questions('stages, filters and commands that are malformed', async ({ ask, reset, code, cmd, c }) => {
    await reset({ _id: 1, v: 1, a: [1], b: [1], t: ['x'] });
    const stages: [mongo.Document, number][] = [
      [{ $lookup: { from: 'c', localField: 5, foreignField: 'v', as: 'r' } }, 9], [{ $lookup: { from: 'c', localField: '$v', foreignField: 'v', as: 'r' } }, 16410], [{ $lookup: { from: 'c', let: 5, pipeline: [], as: 'r' } }, 9],
      [{ $out: { db: 'test', coll: 'x', timeseries: { timeField: 't' } } }, 238], [{ $out: { db: 'test', coll: 'x', foo: 1 } }, 40415], [{ $out: { db: 'test' } }, 40414], [{ $merge: { into: 'x', on: ['_id', '_id'] } }, 31465],
      [{ $merge: { into: 'x', whenMatched: [{ $match: {} }] } }, 72], [{ $sortByCount: 5 }, 40149], [{ $sortByCount: 'v' }, 40148], [{ $sortByCount: { a: 1 } }, 40147], [{ $bucket: { groupBy: '$v', boundaries: [0, 5], default: 1 } }, 40199],
      [{ $bucket: { groupBy: 'v', boundaries: [0, 5] } }, 40202], [{ $unwind: { path: '$t', includeArrayIndex: '$i' } }, 28822], [{ $unwind: { path: '$t', preserveNullAndEmptyArrays: 1 } }, 28809], [{ $sort: { a: 1, b: 1 } }, 2], [{ $sample: 5 }, 28745], [{ $sample: { size: 1, x: 1 } }, 28748], [{ $replaceRoot: { newRoot: {}, x: 1 } }, 40230],
    ];
    for (const [stage, wanted] of stages) await ask(JSON.stringify(stage), () => code(c.aggregate([stage]).toArray()), wanted);
    const filters: [mongo.Document, number][] = [
      [{ a: { $elemMatch: { $expr: true } } }, 2], [{ a: { $all: [{ $elemMatch: { b: 1 } }, 5] } }, 2], [{ a: { $type: [] } }, 9], [{ a: { $regex: new mongo.BSONRegExp('a', 'i'), $options: 'm' } }, 51075], [{ a: { $regex: 'a', $options: 1 } }, 2],
    ];
    for (const [filter, wanted] of filters) await ask(JSON.stringify(filter), () => code(c.find(filter).toArray()), wanted);
    const commands: [mongo.Document, number][] = [
      [{ insert: 'c', documents: [{}], ordered: 'x' }, 14], [{ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, upsert: 'x' }] }, 14], [{ update: 'c', updates: [{ q: {}, u: 5 }] }, 9], [{ dropIndexes: 'c', index: 5 }, 14],
      [{ create: 'k', size: 5 }, 72], [{ explain: { find: 'c' }, verbosity: 'foo' }, 2], [{ findAndModify: 'c', query: { a: 1 }, update: { $set: { q: 1 } }, fields: { 'a.$': 1 }, new: true }, 2],
      [{ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', v: 3 }] }, 67], [{ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', expireAfterSeconds: 'x' }] }, 14],
    ];
    for (const [command, wanted] of commands) await ask(JSON.stringify(command), () => code(cmd(command)), wanted);
    for (const update of [{ $push: { a: { $each: [], $sort: {} } } }, { $push: { a: { $each: [], $sort: { x: 0 } } } }, { $currentDate: { d: { $type: 'date', x: 1 } } }]) await ask(JSON.stringify(update), () => code(c.updateOne({}, update as never)), 2);
    await ask('$elemMatch below a field', () => code(c.findOne({}, { projection: { 'a.b': { $elemMatch: { x: 1 } } } })), 31275);
    await ask('nothing of all this changed it', () => c.find().toArray(), [{ _id: 1, v: 1, a: [1], b: [1], t: ['x'] }]);
  });

  questions('concerns that make no sense, and what bypasses a validator', async ({ ask, reset, code, cmd, c, db }) => {
    await reset({ _id: 1, a: 1 });
    const writeConcern = { w: 1 };
    for (const read of [{ find: 'c' }, { count: 'c' }, { distinct: 'c', key: 'a' }, { listIndexes: 'c' }, { listCollections: 1 }, { ping: 1 }]) await ask(`a write concern of ${Object.keys(read)[0]}`, () => code(cmd({ ...read, writeConcern })), 72);
    for (const write of [{ aggregate: 'c', pipeline: [], cursor: {} }, { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }] }, { create: 'made' }, { drop: 'made' }, { delete: 'c', deletes: [{ q: { _id: 5 }, limit: 1 }] }]) {
      await ask(`a write concern of ${Object.keys(write)[0]}`, () => code(cmd({ ...write, writeConcern })), 'taken');
    }
    await ask('a commit quorum', () => code(c.createIndex({ b: 1 }, { commitQuorum: 'majority' })), 2);
    await db.createCollection('checked', { validator: { a: { $type: 'string' } } });
    await ask('$merge is validated', () => code(c.aggregate([{ $merge: 'checked' }]).toArray()), 121);
    await ask('unless it asks not to be', async () => {
      await c.aggregate([{ $merge: 'checked' }], { bypassDocumentValidation: true }).toArray();
      return db.collection('checked').countDocuments();
    }, 1);
  });

  questions('the position of an item, in the array that was asked and in another', async ({ ask, reset, c }) => {
    const changed = async (filter: mongo.Document, update: mongo.Document): Promise<unknown> => {
      await reset({ _id: 1, a: [1, 2, 3], b: ['x', 'y', 'z'], d: [{ n: 1, v: 1 }, { n: 2, v: 2 }], short: [0] });
      await c.updateOne(filter, update);
      const { _id, ...rest } = (await c.findOne())!;
      return rest;
    };
    const rest = { a: [1, 2, 3], b: ['x', 'y', 'z'], d: [{ n: 1, v: 1 }, { n: 2, v: 2 }], short: [0] };
    await ask('its own', () => changed({ a: 2 }, { $set: { 'a.$': 9 } }), { ...rest, a: [1, 9, 3] });
    await ask('its own before another', () => changed({ b: 'z', a: 2 }, { $set: { 'a.$': 9 } }), { ...rest, a: [1, 9, 3] });
    await ask('another one', () => changed({ a: 2 }, { $set: { 'b.$': 'Y' } }), { ...rest, b: ['x', 'Y', 'z'] });
    await ask('of documents', () => changed({ 'd.n': 2 }, { $set: { 'b.$': 'Y', 'd.$.v': 5 } }), { ...rest, b: ['x', 'Y', 'z'], d: [{ n: 1, v: 1 }, { n: 2, v: 5 }] });
    await ask('beyond the end', () => changed({ a: 3 }, { $set: { 'short.$': 7 } }), { ...rest, short: [0, null, 7] });
    await ask('none', () => c.updateOne({ _id: 1 } as never, { $set: { 'b.$': 1 } }).catch((error: mongo.MongoServerError) => error.code), 2);
    await ask('in a projection', () => c.findOne({ a: 2 }, { projection: { _id: 0, 'b.$': 1 } }), { b: ['y'] });
    await ask('in a projection, beyond the end', () => c.findOne({ a: 3 }, { projection: { 'd.$': 1 } }).catch((error: mongo.MongoServerError) => error.code), 51247);
  });

  questions('what this store does not do: never answered, always 238', async ({ ask, reset, code, cmd, c }) => {
    await reset({ _id: 1, n: 4, at: new Date(0) });
    const stages = [{ $unionWith: 'c' }, { $redact: '$$KEEP' }, { $currentOp: {} }, { $collStats: {} }, { $indexStats: {} }, { $graphLookup: {} }, { $setWindowFields: {} }, { $bucketAuto: {} }, { $densify: {} }, { $fill: {} },
      { $group: { _id: null, v: { $stdDevPop: '$n' } } }, { $group: { _id: null, v: { $topN: { n: 1, sortBy: { n: 1 }, output: '$n' } } } }, { $group: { _id: null, v: { $percentile: {} } } }];
    for (const stage of stages) await ask(JSON.stringify(stage), () => code(c.aggregate([stage]).toArray()), 238);
    for (const stage of stages.slice(0, 5)) await ask(`${JSON.stringify(stage)} later on`, () => code(c.aggregate([{ $limit: 1 }, stage]).toArray()), 238);
    for (const name of ['$pow', '$sqrt', '$exp', '$ln', '$log', '$log10', '$zip', '$stdDevPop', '$week', '$isoWeek', '$dateToParts', '$dateFromString', '$dateFromParts', '$convert', '$regexFind', '$regexFindAll', '$setEquals', '$setIsSubset', '$allElementsTrue', '$anyElementTrue', '$strcasecmp', '$strLenBytes', '$indexOfBytes', '$sin', '$function']) {
      await ask(name, () => code(c.aggregate([{ $project: { v: { [name]: '$n' } } }]).toArray()), 238);
    }
    await ask('a format of weeks', () => code(c.aggregate([{ $project: { v: { $dateToString: { date: '$at', format: '%V' } } } }]).toArray()), 238);
    for (const filter of [{ n: { $bitsAllSet: 4 } }, { n: { $near: [0, 0] } }, { $where: 'true' }, { $jsonSchema: {} }]) await ask(JSON.stringify(filter), () => code(c.find(filter).toArray()), 238);
    await ask('$bit', () => code(c.updateOne({}, { $bit: { n: { and: 1 } } } as never)), 238);
    for (const option of ['min', 'max', 'returnKey', 'showRecordId', 'tailable']) await ask(option, () => code(cmd({ find: 'c', [option]: option.startsWith('m') ? { n: 1 } : true })), 238);
    for (const command of [{ collMod: 'c', index: {} }, { collStats: 'c' }, { dbStats: 1 }, { mapReduce: 'c' }, { validate: 'c' }, { renameCollection: 'test.c', to: 'test.d' }, { create: 'v', viewOn: 'c' }, { create: 't', timeseries: { timeField: 'at' } }, { create: 'p', capped: true, size: 5 }, { create: 'e', expireAfterSeconds: 5 }]) await ask(JSON.stringify(command), () => code(cmd(command)), 238);
    for (const key of [{ n: 'text' }, { n: '2dsphere' }, { n: 'hashed' }, { '$**': 1 }] as mongo.IndexSpecification[]) await ask(JSON.stringify(key), () => code(c.createIndex(key)), 238);
    for (const option of ['hidden', 'clustered', 'prepareUnique']) await ask(option, () => code(cmd({ createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n_1', [option]: true }] })), 238);
    await ask('nothing was changed by any of this', () => c.findOne({}, { projection: { at: 0 } }), { _id: 1, n: 4 });
  });
});
