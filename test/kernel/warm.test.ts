// What a node keeps of documents: until an event or a write of its own says that they are another, and never in a process that hears of nothing.
import mongoose, { model } from 'mongoose';
import { findTogether, houseSchema, newId, updateSoon, updateTogether, Warm, type DomainEvent } from '../../server/kernel';
import { forgetAbout, setHearing } from '../../server/kernel/warm';
import { startTestStore, type TestStore } from '../support/store';

interface Pot { _id: string; companyId: string; n: number }

const schema = houseSchema<Pot>({ n: Number }, { collection: 'pots' });
let reads = 0;
const pots = new Warm<Pot>({
  schemas: [schema as never],
  read: (companyId, id) => { reads += 1; return findTogether(Pots, companyId, id); },
  stale: ({ name, data }) => (name === 'customer.changed' ? [String(data['customerId'])] : name === 'settings.changed' ? 'all' : []),
});
const Pots = model<Pot>('Pot', schema);
const event = (name: DomainEvent['name'], data: DomainEvent['data'], companyId = 'c1'): DomainEvent => ({ _id: newId(), companyId, n: 1, name, at: new Date(), by: { kind: 'system', id: null }, subject: '', data });
const seen = async (id: string, companyId = 'c1'): Promise<[number | undefined, number]> => [(await pots.get(companyId, id))?.n, reads];
let store: TestStore;

beforeAll(async () => {
  store = await startTestStore();
  await mongoose.connect(store.url);
});
afterAll(async () => {
  await mongoose.disconnect();
  await store.stop();
});
beforeEach(async () => {
  setHearing(true);
  await Pots.collection.deleteMany({});
  await Pots.collection.insertMany([{ _id: 'a' as never, companyId: 'c1', n: 1 }, { _id: 'b' as never, companyId: 'c1', n: 1 }, { _id: 'c' as never, companyId: 'c2', n: 1 }]);
  reads = 0;
});
afterEach(() => setHearing(false));

test('a document is read once, and again after an event or a write that is about it', async () => {
  expect([await seen('a'), await seen('a'), await seen('b')]).toEqual([[1, 1], [1, 1], [1, 2]]);
  await Pots.collection.updateOne({ _id: 'a' as never }, { $set: { n: 2 } });
  expect(await seen('a')).toEqual([1, 2]);
  forgetAbout(event('customer.changed', { customerId: 'a' }, 'c2'));
  expect(await seen('a')).toEqual([1, 2]);
  forgetAbout(event('customer.changed', { customerId: 'a' }));
  expect([await seen('a'), await seen('b')]).toEqual([[2, 3], [1, 3]]);
  await Pots.updateOne({ companyId: 'c1', _id: 'b' }, { $set: { n: 5 } });
  expect([await seen('b'), await seen('a')]).toEqual([[5, 4], [2, 4]]);
  forgetAbout(event('settings.changed', { kind: 'pots' }));
  expect([await seen('a'), await seen('b')]).toEqual([[2, 5], [5, 6]]);
});

test('what is not there is asked for again, another company\'s is not there, and a known change is applied', async () => {
  expect([await seen('none'), await seen('none'), await seen('c'), await seen('c', 'c2')]).toEqual([[undefined, 1], [undefined, 2], [undefined, 3], [1, 4]]);
  pots.change('c2', 'c', (pot) => ({ ...pot, n: 9 }));
  expect(await seen('c', 'c2')).toEqual([9, 4]);
  pots.change('c2', 'c', () => null);
  expect(await seen('c', 'c2')).toEqual([1, 5]);
});

test('nothing is kept where events are not heard', async () => {
  setHearing(false);
  expect([await seen('a'), await seen('a')]).toEqual([[1, 1], [1, 2]]);
});

test('what nobody waits for goes along a little later, in order with what is in a hurry', async () => {
  const before = performance.now();
  await updateTogether(Pots, { companyId: 'c1', _id: 'a' }, { $set: { n: 10 } });
  const later = updateSoon(Pots, { companyId: 'c1', _id: 'a', n: 10 }, { $set: { n: 11 } });
  await updateTogether(Pots, { companyId: 'c1', _id: 'a', n: 11 }, { $set: { n: 12 } });
  await later;
  expect((await findTogether(Pots, 'c1', 'a'))?.n).toBe(12);
  await updateSoon(Pots, { companyId: 'c1', _id: 'b' }, { $set: { n: 20 } });
  expect([(await findTogether(Pots, 'c1', 'b'))?.n, performance.now() - before < 5000]).toEqual([20, true]);
});
