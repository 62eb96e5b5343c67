import mongoose, { Schema, mongo } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { codeOf, running } from './support';
import type { Running } from './support';

// What ordinary applications do with mongoose, unmodified, over the socket.

interface Person { _id: mongoose.Types.ObjectId; name: string; mail: string; age: number; tags: string[]; team?: mongoose.Types.ObjectId; address?: { city: string; zip?: string }; pets: { name: string; kind?: string }[]; meta?: Map<string, string>; photo?: Buffer; nick?: string; seenAt?: Date; createdAt: Date; updatedAt: Date }
interface Team { _id: mongoose.Types.ObjectId; name: string; lead?: mongoose.Types.ObjectId }

const personSchema = new Schema<Person>({
  name: { type: String, required: true, trim: true, index: true }, mail: { type: String, unique: true, lowercase: true }, age: { type: Number, min: 0, default: 18 }, tags: [String],
  team: { type: Schema.Types.ObjectId, ref: 'Team' }, address: { city: String, zip: String }, pets: [{ name: String, kind: { type: String, enum: ['cat', 'dog'] } }],
  meta: { type: Map, of: String }, photo: Buffer, nick: { type: String, index: { unique: true, sparse: true } }, seenAt: { type: Date, expires: 3600 },
}, { timestamps: true, optimisticConcurrency: true });
personSchema.index({ team: 1, age: -1 });
personSchema.index({ name: 1 }, { unique: true, partialFilterExpression: { age: { $gt: 100 } }, name: 'old' });
personSchema.virtual('label').get(function label() { return `${this.name} <${this.mail}>`; });
const teamSchema = new Schema<Team>({ name: String, lead: { type: Schema.Types.ObjectId, ref: 'Person' } });
teamSchema.virtual('members', { ref: 'Person', localField: '_id', foreignField: 'team' });
teamSchema.virtual('size', { ref: 'Person', localField: '_id', foreignField: 'team', count: true });

let at: Running;
let connection: Connection;
let People: Model<Person>;
let Teams: Model<Team>;
beforeAll(async () => {
  at = await running();
  connection = await mongoose.createConnection(at.store.url, { dbName: 'app' }).asPromise();
  People = connection.model<Person>('Person', personSchema);
  Teams = connection.model<Team>('Team', teamSchema);
  await Promise.all([People.init(), Teams.init()]);
});
afterAll(async () => {
  await connection.close();
  await at.stop();
});
const crowd = [['Ada', 36], ['Bob', 25], ['Cem', 61], ['Dan', 25], ['Eve', 44]] as const;
let team: mongoose.HydratedDocument<Team>;
beforeEach(async () => {
  await Promise.all([People.deleteMany({}), Teams.deleteMany({})]);
  team = await Teams.create({ name: 'support' });
  await People.insertMany(crowd.map(([name, age], i) => ({ name, age, mail: `${name}@X.org`, tags: i % 2 ? ['odd'] : ['even', 'x'], team: team._id, pets: [{ name: `${name}-cat`, kind: 'cat' }, { name: 'rex', kind: 'dog' }] })));
});
const names = (found: { name: string }[]): string[] => found.map((one) => one.name);

describe('schemas', () => {
  it('indexes are those of the schema, and are in sync', async () => {
    const indexes = await People.listIndexes();
    expect(indexes.map((one) => one['name'] as string).sort()).toEqual(['_id_', 'mail_1', 'name_1', 'nick_1', 'old', 'seenAt_1', 'team_1_age_-1']);
    expect(indexes.find((one) => one['name'] === 'nick_1')).toMatchObject({ unique: true, sparse: true });
    expect(indexes.find((one) => one['name'] === 'seenAt_1')).toMatchObject({ expireAfterSeconds: 3600 });
    expect(await People.syncIndexes()).toEqual([]);
    expect(await People.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
  });
  it('defaults, casts, virtuals, timestamps, maps, buffers', async () => {
    const made = await People.create({ name: ' Fay ', mail: 'FAY@x.org', meta: new Map([['k', 'v']]), photo: Buffer.from('abc') });
    const read = (await People.findById(made._id))!;
    expect(read).toMatchObject({ name: 'Fay', mail: 'fay@x.org', age: 18 });
    expect([read.get('label'), read.meta?.get('k'), read.photo?.toString(), read.createdAt.getTime()]).toEqual(['Fay <fay@x.org>', 'v', 'abc', made.createdAt.getTime()]);
    await People.updateOne({ _id: made._id }, { age: '19' });
    const later = (await People.findById(made._id).lean())!;
    expect(later.age).toBe(19);
    expect(later.updatedAt.getTime()).toBeGreaterThanOrEqual(made.updatedAt.getTime());
  });
  it('validation and duplicates are errors with what they are about', async () => {
    await expect(People.create({ mail: 'n@x.org' })).rejects.toThrow('`name` is required');
    const duplicate = await People.create({ name: 'Ada2', mail: 'ada@x.org' }).catch((error: unknown) => error);
    expect(duplicate).toMatchObject({ code: 11000, keyPattern: { mail: 1 }, keyValue: { mail: 'ada@x.org' }, message: expect.stringContaining('E11000 duplicate key error collection: app.people index: mail_1') as string });
    await People.insertMany([{ name: 'Old', mail: 'o1@x.org', age: 101 }, { name: 'Old', mail: 'o2@x.org', age: 50 }]);
    expect(await codeOf(People.create({ name: 'Old', mail: 'o3@x.org', age: 102 }))).toBe(11000);
    expect(await People.exists({ nick: null })).not.toBeNull();
    expect(await codeOf(People.create([{ name: 'a', mail: 'a@y', nick: 'n' }, { name: 'b', mail: 'b@y', nick: 'n' }]))).toBe(11000);
  });
  it('a version guards against lost updates', async () => {
    const [first, second] = await Promise.all([People.findOne({ name: 'Ada' }), People.findOne({ name: 'Ada' })]);
    first!.age = 37;
    await first!.save();
    second!.age = 38;
    await expect(second!.save()).rejects.toThrow(mongoose.Error.VersionError);
    expect((await People.findOne({ name: 'Ada' }))!.age).toBe(37);
  });
});

describe('queries', () => {
  it('find with its helpers', async () => {
    expect(names(await People.find({ age: { $gte: 25, $lt: 50 } }).sort('-age name').skip(1).limit(2).select('name -_id'))).toEqual(['Ada', 'Bob']);
    expect(names(await People.find().where('age').gt(30).where('tags').in(['x']).sort({ name: 1 }))).toEqual(['Ada', 'Cem', 'Eve']);
    expect(names(await People.find({ $or: [{ name: /^a/i }, { pets: { $elemMatch: { name: 'Bob-cat', kind: 'cat' } } }] }).sort('name'))).toEqual(['Ada', 'Bob']);
    expect(await People.findOne({ 'pets.name': 'Bob-cat' }, { 'pets.$': 1, name: 1 }).lean()).toMatchObject({ name: 'Bob', pets: [{ name: 'Bob-cat' }] });
    expect(await People.countDocuments({ age: 25 })).toBe(2);
    expect(await People.estimatedDocumentCount()).toBe(5);
    expect((await People.distinct('age')).sort()).toEqual([25, 36, 44, 61]);
    expect(await People.exists({ name: 'Zed' })).toBeNull();
    await expect(People.findOne({ name: 'Zed' }).orFail()).rejects.toThrow(mongoose.Error.DocumentNotFoundError);
  });
  it('cursors, async iteration, batches, hints, comments, time limits', async () => {
    const seen: string[] = [];
    for await (const person of People.find().sort('name').batchSize(2).cursor()) seen.push(person.name);
    expect(seen).toEqual(crowd.map(([name]) => name));
    await People.find().cursor().eachAsync((person) => { person.age += 1; return person.save(); }, { parallel: 3 });
    expect(await People.countDocuments({ age: 26 })).toBe(2);
    expect(names(await People.find({ name: { $gt: 'C' } }).hint({ name: 1 }).comment('why').maxTimeMS(5000).allowDiskUse(true))).toEqual(['Cem', 'Dan', 'Eve']);
  });
  it('explain names the index', async () => {
    const plan = await People.find({ team: team._id }).sort('-age').explain('queryPlanner') as unknown as { queryPlanner: { winningPlan: unknown } };
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).toMatch(/"IXSCAN".*"team_1_age_-1"/);
  });
  it('populate: by reference, deep, from the other side, counted', async () => {
    const ada = (await People.findOne({ name: 'Ada' }).populate<{ team: Team }>('team'))!;
    expect(ada.team.name).toBe('support');
    await Teams.updateOne({ _id: team._id }, { lead: ada._id });
    const deep = await People.findOne({ name: 'Bob' }).populate<{ team: { lead: Person } }>({ path: 'team', populate: { path: 'lead', select: 'name' } });
    expect(deep!.team.lead.name).toBe('Ada');
    const whole = (await Teams.findById(team._id).populate({ path: 'members', match: { age: 25 }, options: { sort: { name: 1 } } }).populate('size'))!;
    expect([names(whole.get('members') as Person[]), whole.get('size')]).toEqual([['Bob', 'Dan'], 5]);
  });
  it('a session is taken, a transaction is refused and has written nothing', async () => {
    const session = await connection.startSession();
    expect(await People.countDocuments({}).session(session)).toBe(5);
    await session.endSession();
    await expect(connection.transaction(async (inside) => { await People.create([{ name: 'T', mail: 't@x.org' }], { session: inside }); })).rejects.toThrow('does not support retryable writes');
    expect(await People.countDocuments()).toBe(5);
  });
});

describe('changes', () => {
  it('save sends what changed, also inside arrays', async () => {
    const ada = (await People.findOne({ name: 'Ada' }))!;
    ada.pets[0]!.name = 'Tom';
    ada.pets.push({ name: 'Kim', kind: 'dog' });
    ada.tags = ['new'];
    ada.address = { city: 'Bonn' };
    await ada.save();
    ada.set('address.zip', '53111');
    (ada.pets as unknown as mongoose.Types.DocumentArray<Person['pets'][number]>).pull({ name: 'rex', _id: (ada.pets[1] as unknown as { _id: unknown })._id });
    await ada.save();
    expect(await People.findById(ada._id).lean()).toMatchObject({ tags: ['new'], address: { city: 'Bonn', zip: '53111' }, pets: [{ name: 'Tom' }, { name: 'Kim', kind: 'dog' }] });
  });
  it('updates with operators, array filters, pipelines', async () => {
    expect(await People.updateMany({ age: 25 }, { $inc: { age: 1 }, $addToSet: { tags: 'young' }, $unset: { address: 1 } })).toMatchObject({ matchedCount: 2, modifiedCount: 2 });
    await People.updateOne({ name: 'Ada' }, { $set: { 'pets.$[p].name': 'Max' } }, { arrayFilters: [{ 'p.kind': 'dog' }] });
    await People.updateOne({ name: 'Ada', 'pets.name': 'Max' }, { $set: { 'pets.$.kind': 'cat' }, $push: { tags: { $each: ['b', 'a'], $sort: 1, $slice: 3 } } });
    expect(await People.findOne({ name: 'Ada' }).lean()).toMatchObject({ tags: ['a', 'b', 'even'], pets: [{ name: 'Ada-cat' }, { name: 'Max', kind: 'cat' }] });
    await People.updateOne({ name: 'Eve' }, [{ $set: { age: { $add: ['$age', 1] }, nick: { $concat: ['$name', '!'] } } }], { updatePipeline: true });
    expect(await People.findOne({ name: 'Eve' }).lean()).toMatchObject({ age: 45, nick: 'Eve!' });
    expect(await People.replaceOne({ name: 'Dan' }, { name: 'Dan', mail: 'd@x.org' })).toMatchObject({ modifiedCount: 1 });
    expect((await People.findOne({ name: 'Dan' }).lean())!.tags).toEqual([]);
  });
  it('findOneAnd…, upserts, deletes', async () => {
    const made = await People.findOneAndUpdate({ mail: 'g@x.org' }, { $set: { name: 'Gus' }, $setOnInsert: { age: 7 } }, { upsert: true, returnDocument: 'after' });
    expect(made).toMatchObject({ name: 'Gus', mail: 'g@x.org', age: 7 });
    const raw = await People.findOneAndUpdate({ mail: 'h@x.org' }, { name: 'Hal' }, { upsert: true, includeResultMetadata: true });
    expect(raw.lastErrorObject).toMatchObject({ updatedExisting: false, upserted: expect.anything() as unknown });
    expect((await People.findOneAndUpdate({ age: 25 }, { $inc: { age: 5 } }, { sort: { name: -1 }, projection: { name: 1 } }))!.name).toBe('Dan');
    expect((await People.findByIdAndUpdate(made!._id, { age: 8 }, { returnDocument: 'after' }))!.age).toBe(8);
    expect((await People.findOneAndReplace({ name: 'Gus' }, { name: 'Gun', mail: 'g@x.org' }))!.name).toBe('Gus');
    expect((await People.findOneAndDelete({ name: 'Gun' }))!.mail).toBe('g@x.org');
    expect((await People.findByIdAndDelete(made!._id))).toBeNull();
    await (await People.findOne({ name: 'Hal' }))!.deleteOne();
    expect(await People.deleteMany({ age: { $gt: 40 } })).toEqual({ acknowledged: true, deletedCount: 2 });
    expect(await People.updateOne({ name: 'No' }, { age: 1 })).toMatchObject({ matchedCount: 0, upsertedCount: 0, upsertedId: null });
  });
  it('bulk writes, ordered and not', async () => {
    const result = await People.bulkWrite([
      { insertOne: { document: { name: 'Ina', mail: 'i@x.org' } as Person } }, { updateOne: { filter: { name: 'Ina' }, update: { $set: { age: 3 } } } }, { updateMany: { filter: { age: 25 }, update: { age: 26 } } },
      { replaceOne: { filter: { mail: 'j@x.org' }, replacement: { name: 'Jan', mail: 'j@x.org' } as Person, upsert: true } }, { deleteOne: { filter: { name: 'Eve' } } }, { deleteMany: { filter: { age: 26 } } }]);
    expect(result).toMatchObject({ insertedCount: 1, matchedCount: 3, modifiedCount: 3, upsertedCount: 1, deletedCount: 3 });
    const bad = [{ name: 'Kim', mail: 'k@x.org' }, { name: 'Dup', mail: 'k@x.org' }, { name: 'Leo', mail: 'l@x.org' }];
    await expect(People.insertMany(bad, { ordered: false })).rejects.toMatchObject({ code: 11000, insertedDocs: [{ name: 'Kim' }, { name: 'Leo' }] });
    const changed = await People.find({ name: { $in: ['Kim', 'Leo'] } });
    changed.forEach((one) => { one.age = 90; });
    await People.bulkSave(changed);
    expect(await People.countDocuments({ age: 90 })).toBe(2);
  });
});

describe('aggregation and the connection', () => {
  it('pipelines as reports use them', async () => {
    const groups = await People.aggregate<{ _id: number; n: number; who: string[] }>([{ $match: { team: team._id } }, { $sort: { name: 1 } }, { $group: { _id: '$age', n: { $sum: 1 }, who: { $push: '$name' } } }, { $sort: { n: -1, _id: 1 } }, { $limit: 2 }]);
    expect(groups).toEqual([{ _id: 25, n: 2, who: ['Bob', 'Dan'] }, { _id: 36, n: 1, who: ['Ada'] }]);
    const [page] = await People.aggregate<{ total: { n: number }[]; rows: { name: string }[] }>().facet({ total: [{ $count: 'n' }], rows: [{ $sort: { age: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 0, name: 1 } }] });
    expect(page).toEqual({ total: [{ n: 5 }], rows: [{ name: 'Eve' }] });
    const joined = await People.aggregate<{ t: string }>([{ $match: { name: 'Ada' } }, { $lookup: { from: 'teams', localField: 'team', foreignField: '_id', as: 't' } }, { $unwind: '$t' }, { $project: { _id: 0, t: '$t.name' } }]);
    expect(joined).toEqual([{ t: 'support' }]);
    const days = await People.aggregate<{ _id: string; n: number }>([{ $group: { _id: { $dateToString: { date: '$createdAt', format: '%Y-%m-%d' } }, n: { $sum: { $cond: [{ $gte: ['$age', 30] }, 1, 0] } }, mean: { $avg: '$age' } } }]);
    expect(days).toEqual([{ _id: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, n: 3, mean: 38.2 }]);
    const seen: unknown[] = [];
    for await (const one of People.aggregate([{ $unwind: '$tags' }, { $sortByCount: '$tags' }]).cursor({ batchSize: 1 })) seen.push(one);
    expect(seen).toEqual(expect.arrayContaining([{ _id: 'even', count: 3 }, { _id: 'odd', count: 2 }]));
  });
  it('collections, databases, discriminators, GridFS', async () => {
    expect((await connection.listCollections()).map((one) => one.name).sort()).toEqual(['people', 'teams']);
    expect((await connection.db!.admin().listDatabases()).databases.map((one) => one.name)).toContain('app');
    const Base = connection.model<{ at: number }>('Event', new Schema({ at: Number }, { discriminatorKey: 'kind' }));
    const Click = Base.discriminator<{ at: number; x: number }>('Click', new Schema({ x: Number }));
    await Promise.all([Base.create({ at: 1 }), Click.create({ at: 2, x: 5 })]);
    expect(await Click.countDocuments()).toBe(1);
    expect((await Base.findOne({ at: 2 }))!.get('x')).toBe(5);
    const bucket = new mongo.GridFSBucket(connection.db!);
    const content = Buffer.alloc(600_000, 'x');
    await new Promise((resolve, reject) => { bucket.openUploadStream('file').on('finish', resolve).on('error', reject).end(content); });
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStreamByName('file')) parts.push(part as Buffer);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    await connection.dropCollection('events');
    expect((await connection.listCollections()).map((one) => one.name)).not.toContain('events');
  });
  it('values that ordinary applications store come back as they were', async () => {
    const Things = connection.model('Thing', new Schema({ any: Schema.Types.Mixed, big: BigInt, uuid: Schema.Types.UUID, money: Schema.Types.Decimal128, flags: [Boolean], nested: [[Number]], when: Date }));
    const uuid = '109156be-c4fb-41ea-b1b4-efe1671c5836';
    const made = await Things.create({ any: { b: 1, a: [null, { c: 'd' }] }, big: 9007199254740993n, uuid, money: '10.10', flags: [true, false], nested: [[1], [2, 3]], when: new Date(5) });
    const read = (await Things.findById(made._id))!;
    expect(read.toObject()).toMatchObject({ any: { b: 1, a: [null, { c: 'd' }] }, big: 9007199254740993n, flags: [true, false], nested: [[1], [2, 3]], when: new Date(5) });
    expect([String(read.uuid), String(read.money)]).toEqual([uuid, '10.10']);
    expect(await Things.countDocuments({ big: { $gt: 9007199254740992n }, money: { $lt: mongo.Decimal128.fromString('10.2') as never } })).toBe(1);
  });
});
