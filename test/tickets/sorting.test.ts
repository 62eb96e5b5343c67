// Requests sorted by their words: learnt from seeds and solved tickets, fed to routing rules, corrected by people; against a real store.
import { newId, storeBlobs, writeSetting } from '../../server/kernel';
import { sortRequest } from '../../server/knowledge';
import { trainSorters } from '../../server/knowledge/sorting';
import { Sorters, sortersOf } from '../../server/knowledge/sorting/sorter.model';
import { putRules } from '../../server/tickets/routing/routing-rules';
import { tryRules } from '../../server/tickets/routing/try-rules';
import { sortTicket } from '../../server/tickets/sort-ticket';
import { Tickets } from '../../server/tickets';
import { arrive, look, openFloor, queueOn, type Floor } from './house';

const about: Record<string, string[]> = {
  Billing: ['my invoice is wrong', 'the invoice shows a wrong amount', 'I was charged twice on my invoice', 'refund of the double payment', 'where is the receipt for my payment', 'the payment was refused', 'change the billing address on the invoice', 'invoice without tax number'],
  Hardware: ['the lamp is broken', 'the hub does not start', 'the hub is offline', 'the sensor shows a red light', 'the cable of the hub is loose', 'the lamp flickers', 'the sensor battery is empty', 'the hub light is red'],
};
const seeds = Object.entries(about).flatMap(([label, texts]) => texts.flatMap((text) => ['', ' today', ' since monday', ' please help', ' again', ' at home', ' in the office', ' thanks'].map((end) => ({ label, text: text + end }))));
let floor: Floor;

beforeAll(async () => {
  floor = await openFloor();
  await writeSetting(floor.ctx.companyId, 'sorting', { sure: 0.7, seeds });
}, 60_000);
afterAll(() => floor.stop());

test('nothing is said before anything is learnt; the sweep asks for learning once', async () => {
  expect(await sortRequest(floor.ctx, 'my invoice is wrong')).toEqual({ topic: null, urgency: null, sentiment: null });
  await floor.sweep('sorters');
  expect(await floor.services.jobs.queue('sorting').getWaitingCount()).toBe(1);
});

test('what was learnt says why and how often it is right; learning again replaces the old model', async () => {
  await trainSorters(floor.ctx);
  const [before] = await Sorters.find({ companyId: floor.ctx.companyId, aspect: 'topic' }).lean();
  const { topic, urgency, sentiment } = await sortRequest(floor.ctx, 'There is a wrong amount on the invoice');
  expect(topic).toMatchObject({ label: 'Billing', sure: true, by: 'classifier' });
  expect(topic?.why[0]?.word).toMatch(/invoice|amount|wrong/);
  expect(topic?.accuracy).toBeGreaterThan(0.8);
  expect([urgency?.label, sentiment?.label]).toEqual(['normal', 'neutral']);
  expect(await sortRequest(floor.ctx, 'This is unacceptable, I am furious. I need help immediately, our whole office is down!')).toMatchObject({ urgency: { label: 'urgent' }, sentiment: { label: 'negative' } });
  expect(await sortRequest(floor.ctx, '정말 감사합니다 최고예요')).toMatchObject({ sentiment: { label: 'positive' } });
  await trainSorters(floor.ctx);
  expect(await storeBlobs.info(floor.ctx.companyId, before?.blobId ?? '')).toBeNull();
  expect(await sortersOf(floor.ctx.companyId)).toHaveLength(3);
}, 60_000);

test('a sure topic decides a routing rule, a topic the customer chose counts more, and the trial says the same', async () => {
  const [usual, money] = [await queueOn(floor), await queueOn(floor)];
  const rule = { id: newId(), name: 'Money', active: true, when: { topics: ['billing'] }, then: { queueId: money._id } };
  await putRules(floor.ctx, { rows: [rule], version: 0 });
  const { ticket } = await arrive(floor, usual._id, { text: 'Hello, the invoice shows a wrong amount' });
  expect([ticket.queueId, ticket.sorting?.topic?.label, ticket.intake?.rule]).toEqual([money._id, 'Billing', 'Money']);
  expect((await tryRules(floor.ctx, floor.boss, { ticketNumber: ticket.number, rows: [rule] })).rules[0]?.verdict).toBe('chosen');
  const chosen = await arrive(floor, usual._id, { text: 'the invoice shows a wrong amount', attributes: { topic: 'Hardware' } });
  expect([chosen.ticket.queueId, chosen.ticket.sorting?.topic]).toEqual([usual._id, expect.objectContaining({ label: 'Hardware', by: 'customer', confidence: 1 })]);
  const machine = await arrive(floor, usual._id, { text: 'the invoice shows a wrong amount', automatic: true });
  expect(machine.ticket.sorting).toBeNull();
});

test('a person decides, and solved tickets teach', async () => {
  const queue = await queueOn(floor);
  const { ticket } = await arrive(floor, queue._id, { text: 'xylophone quintet rehearsal' });
  const after = await sortTicket(floor.ctx, floor.boss, { id: ticket._id, aspect: 'topic', label: 'Music' });
  expect(after.sorting?.topic).toMatchObject({ label: 'Music', by: 'person', sure: true, confidence: 1 });
  await Tickets.updateOne({ companyId: floor.ctx.companyId, _id: ticket._id }, { $set: { status: 'solved' } });
  await trainSorters(floor.ctx);
  const sorter = await Sorters.findOne({ companyId: floor.ctx.companyId, aspect: 'topic' }).lean();
  expect(sorter?.labels).toContainEqual({ label: 'Music', rows: 1 });
  expect((await look(floor, ticket._id)).ticket.sorting?.topic?.label).toBe('Music');
  expect((await sortRequest(floor.ctx, 'xylophone quintet')).topic?.label).toBe('Music');
}, 60_000);
