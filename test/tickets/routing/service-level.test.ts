import { Events, type DomainEvent } from '../../../server/kernel';
import { addHours, changeHours } from '../../../server/service-levels';
import { Policies } from '../../../server/service-levels/policy.model';
import { changeTicket } from '../../../server/tickets/change-ticket';
import { refreshDue, refreshQueues } from '../../../server/tickets/routing/service-level';
import { listTickets } from '../../../server/tickets/list-tickets';
import { presentSummary } from '../../../server/tickets';
import { addMessage } from '../../../server/tickets/add-message';
import { roomOf, type QueueDoc } from '../../../server/workforce';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from '../house';

const minute = 60_000;
let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

const none = { firstResponse: null, nextResponse: null, resolution: null };
async function levelled(normal: Partial<Record<keyof typeof none, number>>, settings: Partial<QueueDoc> = {}, urgent: Partial<Record<keyof typeof none, number>> = normal): Promise<QueueDoc> {
  const queue = await queueOn(floor, settings);
  await Policies.create({ _id: queue._id, companyId: floor.ctx.companyId, queueId: queue._id, targets: { low: none, normal: { ...none, ...normal }, high: none, urgent: { ...none, ...urgent } } });
  return queue;
}
const due = (value: Date | null | undefined): number | null => (value ? Math.round((value.getTime() - floor.now()) / minute) : null);
const told = async (ticketId: string) => (await Events.find({ companyId: floor.ctx.companyId, subject: ticketId, name: /^service-level/ }).sort({ n: 1 }).lean<DomainEvent[]>()).map(({ name, data }) => [name, data['percent'] ?? 100, data['target']]);

test('a ticket is due from its first message on; an answer, a pause and a priority each move it at once', async () => {
  const queue = await levelled({ firstResponse: 60, nextResponse: 30, resolution: 600 }, {}, { firstResponse: 15 });
  const { ticket, work } = await arrive(floor, queue._id);
  expect([due(ticket.dueAt), due(ticket.riskAt), due(work?.dueAt), ticket.targets.length]).toEqual([60, 45, 60, 2]);
  floor.pass(10 * minute);
  const urgent = await changeTicket(floor.ctx, floor.boss, { ticket, set: { priority: 'urgent' } });
  expect(due((await look(floor, ticket._id)).ticket.dueAt)).toBe(5);
  const normal = await changeTicket(floor.ctx, floor.boss, { ticket: { ...urgent, priority: 'urgent' }, set: { priority: 'normal' } });
  const pending = await changeTicket(floor.ctx, floor.boss, { ticket: normal, set: { status: 'pending' } });
  floor.pass(100 * minute);
  const paused = (await look(floor, ticket._id)).ticket;
  expect([paused.dueAt, presentSummary(paused, floor.now()).dueState]).toEqual([null, 'paused']);
  await changeTicket(floor.ctx, floor.boss, { ticket: { ...pending, status: 'pending' }, set: { status: 'open' } });
  const open = (await look(floor, ticket._id)).ticket;
  expect([due(open.dueAt), presentSummary(open, floor.now()).dueState]).toEqual([50, 'fine']);
  await addMessage(floor.ctx, floor.boss, { ticket, message: { clientId: 'answer-1', kind: 'agent', channel: 'webchat', text: 'Hello' } });
  expect(due((await look(floor, ticket._id)).ticket.dueAt)).toBe(590);
});

test('75 and 90 percent are warned of and the breach is told, each once, though no timer ran', async () => {
  const queue = await levelled({ firstResponse: 100 });
  const { ticket } = await arrive(floor, queue._id);
  const step = async (minutes: number) => { floor.pass(minutes * minute); await floor.sweep('service-levels'); await floor.sweep('service-levels'); };
  await step(74);
  expect(await told(ticket._id)).toEqual([]);
  await step(2);
  expect(await told(ticket._id)).toEqual([['service-level.warned', 75, 'first-response']]);
  expect((await listTickets(floor.ctx, floor.boss, { filter: { view: 'at-risk' }, limit: 10 })).rows.map((each) => each._id)).toContain(ticket._id);
  await step(15);
  await step(10);
  expect((await told(ticket._id)).map(([, percent]) => percent)).toEqual([75, 90, 100]);
  expect(presentSummary((await look(floor, ticket._id)).ticket, floor.now())).toMatchObject({ dueState: 'breached' });
  expect((await look(floor, ticket._id)).ticket.markAt).toBeNull();
  await refreshDue(floor.ctx, ticket._id);
  await step(10);
  expect(await told(ticket._id)).toHaveLength(3);
});

test('when everything was missed at once, only the breach is news', async () => {
  const queue = await levelled({ firstResponse: 10 });
  const { ticket } = await arrive(floor, queue._id);
  floor.pass(60 * minute);
  await floor.sweep('service-levels');
  expect(await told(ticket._id)).toEqual([['service-level.breached', 100, 'first-response']]);
});

test('the queue\'s hours count, and changed hours move what is due', async () => {
  const day = [{ from: '09:00', to: '17:00' }];
  const hours = await addHours(floor.ctx, { name: 'Office', timeZone: 'UTC', week: [day, day, day, day, day, [], []] });
  const queue = await levelled({ firstResponse: 60 }, { hoursId: hours._id });
  floor.setClock('2026-03-06T16:30:00Z');
  const { ticket } = await arrive(floor, queue._id);
  expect(ticket.dueAt?.toISOString()).toBe('2026-03-09T09:30:00.000Z');
  await changeHours(floor.ctx, hours._id, { overrides: [{ date: '2026-03-07', name: 'Sale', spans: [{ from: '10:00', to: '12:00' }] }] });
  expect((await look(floor, ticket._id)).ticket.dueAt?.toISOString()).toBe('2026-03-07T10:30:00.000Z');
  await Policies.updateOne({ companyId: floor.ctx.companyId, queueId: queue._id }, { $set: { 'targets.normal.firstResponse': null } });
  await refreshQueues(floor.ctx, [queue._id]);
  expect((await look(floor, ticket._id)).ticket).toMatchObject({ dueAt: null, markAt: null, targets: [] });
});

test('what is due first is offered first where the queue says so, also when that changes while it waits', async () => {
  const queue = await levelled({ firstResponse: 60 }, { order: 'due' }, { firstResponse: 10 });
  const early = await arrive(floor, queue._id);
  floor.pass(minute);
  const late = await arrive(floor, queue._id);
  expect(await roomOf(floor.ctx).position(late.work?._id ?? '')).toMatchObject({ position: 2 });
  await changeTicket(floor.ctx, floor.boss, { ticket: late.ticket, set: { priority: 'urgent' } });
  expect(await roomOf(floor.ctx).position(late.work?._id ?? '')).toMatchObject({ position: 1 });
  await agentOn(floor, [queue._id]);
  expect([(await look(floor, late.ticket._id)).work?.state, early.work?._id === undefined]).toEqual(['offered', false]);
});
