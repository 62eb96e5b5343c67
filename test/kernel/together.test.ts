// Writes and reads of one moment share a command, and each caller still hears of its own.
import mongoose, { model } from 'mongoose';
import { duplicateKey, findTogether, houseSchema, insertTogether, isDuplicate, Lane, nextNumber, remembered, rowsTogether, updateTogether } from '../../server/kernel';
import { startTestStore, type TestStore } from '../support/store';

interface Thing { _id: string; companyId: string; name: string; n: number }

const schema = houseSchema<Thing>({ name: String, n: Number }, { collection: 'things' });
schema.index({ companyId: 1, name: 1 }, { unique: true });
let reads = 0;
const thingsOf = remembered(schema as never, (companyId: string) => {
  reads += 1;
  return Things.find({ companyId }).sort({ name: 1 }).lean<Thing[]>();
});
const Things = model<Thing>('Thing', schema);
let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
  await mongoose.connect(store.url);
  await Promise.all(Object.values(mongoose.models).map((each) => each.createIndexes()));
});
afterAll(async () => {
  await mongoose.disconnect();
  await store.stop();
});

const thing = (id: string, companyId = 'c1'): Thing => ({ _id: id, companyId, name: `name ${id}`, n: 0 });

async function commands(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const read = async () => ((await mongoose.connection.db?.command({ serverStatus: 1 })) as { metrics?: { collections: Record<string, number> } }).metrics?.collections ?? {};
  const before = await read();
  await work();
  return Object.fromEntries(Object.entries(await read()).filter(([name]) => name.endsWith(' things')).map(([name, count]) => [name, count - (before[name] ?? 0)]));
}

test('inserts of one moment are one command; a refused one is refused alone, with its key', async () => {
  const outcomes: PromiseSettledResult<void>[] = [];
  const done = await commands(async () => {
    const asked = ['a', 'b', 'a', 'c'].map((id) => insertTogether(Things, thing(id), { durable: true }));
    outcomes.push(...(await Promise.allSettled([...asked, insertTogether(Things, { ...thing('d'), name: 'name b' }, { durable: true })])));
  });
  expect(outcomes.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected']);
  const [byId, byName] = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  expect([isDuplicate(byId), duplicateKey(byId), isDuplicate(byName), duplicateKey(byName)]).toEqual([true, ['_id'], true, ['companyId', 'name']]);
  // One for all of them, and one each to learn why.
  if (store.pid !== null) expect(done['insert things']).toBe(3);
});

test('what need not keep its order does not wait for a command under way, what must does', async () => {
  const under: { inputs: string[]; end(): void }[] = [];
  const lane = new Lane<string, void>((inputs) => new Promise((resolve) => void under.push({ inputs, end: () => resolve(inputs.map(() => undefined)) })), { keyOf: (input) => input[0] });
  const done: Promise<void>[] = [];
  const then = async (...inputs: string[]) => {
    done.push(...inputs.map((input) => lane.add(input)));
    for (let n = 0; n < 3; n += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await then('a1', 'b1');
  await then('a2', 'c1', 'a3');
  await then('d1');
  await then('e1', 'c2');
  for (let n = 0; n < under.length; n += 1) {
    under[n]?.end();
    await then();
  }
  await Promise.all(done);
  expect(under.map(({ inputs }) => inputs)).toEqual([['a1', 'b1'], ['c1'], ['d1'], ['a2', 'a3', 'e1'], ['c2']]);
});

test('who can wait is held back since the last command, not when enough are there, and goes along with who cannot', async () => {
  const commands: { inputs: string[]; at: number }[] = [];
  const begin = performance.now();
  const lane = new Lane<string, void>(async (inputs) => {
    commands.push({ inputs, at: performance.now() - begin });
    return inputs.map(() => undefined);
  });
  await lane.add('alone', { hold: 1000 });
  await Promise.all(['held 1', 'held 2'].map((each) => lane.add(each, { hold: 1000 })));
  await Promise.all([lane.add('held 3', { hold: 60_000 }), lane.add('now')]);
  await Promise.all(Array.from({ length: 8 }, (_, n) => lane.add(`many ${n}`, { hold: 60_000 })));
  expect(commands.map(({ inputs }) => inputs)).toEqual([['alone'], ['held 1', 'held 2'], ['held 3', 'now'], Array.from({ length: 8 }, (_, n) => `many ${n}`)]);
  expect((commands[1]?.at ?? 0) - (commands[0]?.at ?? 0)).toBeGreaterThan(500);
});

test('reads of one moment are one command; nobody sees another company\'s', async () => {
  await insertTogether(Things, thing('other', 'c2'), { durable: false });
  const done = await commands(async () => {
    expect(await Promise.all([findTogether(Things, 'c1', 'a'), findTogether(Things, 'c1', 'nothing'), findTogether(Things, 'c1', 'b'), findTogether(Things, 'c1', 'other')])).toEqual([thing('a'), null, thing('b'), null]);
  });
  if (store.pid !== null) expect(done['find things']).toBe(1);
  expect(await rowsTogether(Things, { companyId: 'c1', field: 'name', value: 'name a', where: { n: 0 } })).toEqual([thing('a')]);
  expect(await rowsTogether(Things, { companyId: 'c1', field: 'name', value: 'name a', where: { n: 1 } })).toEqual([]);
});

test('changes of one document keep their order, and one that does not fit changes nothing', async () => {
  await Promise.all([1, 2, 3].map((n) => updateTogether(Things, { companyId: 'c1', _id: 'a', n: n - 1 }, { $set: { n } })));
  await updateTogether(Things, { companyId: 'c2', _id: 'a' }, { $set: { n: 99 } });
  expect((await findTogether(Things, 'c1', 'a'))?.n).toBe(3);
});

test('numbers asked for at the same moment are different and without gaps', async () => {
  const numbers = (await Promise.all(Array.from({ length: 50 }, () => nextNumber('c1', 'things')))).sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(await nextNumber('c2', 'things')).toBe(1);
});

test('what is remembered is read once, until a write of this process or a second later; nothing found is asked again', async () => {
  reads = 0;
  const [first, second] = await Promise.all([thingsOf('c1'), thingsOf('c1')]);
  expect([first, reads]).toEqual([second, 1]);
  await Things.updateOne({ companyId: 'c1', _id: 'a' }, { $set: { n: 7 } });
  expect([(await thingsOf('c1'))[0]?.n, reads]).toEqual([7, 2]);
  await thingsOf('c3');
  await Things.collection.insertOne({ _id: 'z' as never, companyId: 'c3', name: 'z', n: 1 });
  expect((await thingsOf('c3')).map((each) => each._id)).toEqual(['z']);
  await Things.collection.updateOne({ _id: 'z' as never }, { $set: { n: 2 } });
  await new Promise((resolve) => setTimeout(resolve, 1050));
  expect((await thingsOf('c3'))[0]?.n).toBe(2);
});
