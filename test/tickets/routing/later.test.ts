// Callbacks and scheduled work: the place is kept, the time is kept, and nothing depends on a timer that may be lost.
import { chatStateOf } from '../../../server/app/chat-state';
import { contactPointsOf } from '../../../server/customers';
import { Events, ProblemError, type DomainEvent } from '../../../server/kernel';
import { callBack, endByCustomer, Messages, type MessageDoc } from '../../../server/tickets';
import { snoozeTicket, wakeTicket } from '../../../server/tickets/routing/snooze-ticket';
import { acceptOffer } from '../../../server/workforce/answer-offer';
import { changeWork, deskOf, roomOf } from '../../../server/workforce';
import { refusal } from '../../access/house';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from '../house';

const minute = 60_000;
let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

const codes = async (ticketId: string) => (await Messages.find({ companyId: floor.ctx.companyId, ticketId, kind: 'system' }).sort({ seq: 1 }).lean<MessageDoc[]>()).map(({ system }) => system?.code);

test('a chat becomes a callback in its place and an agent is offered it with the number', async () => {
  const queue = await queueOn(floor);
  const first = await arrive(floor, queue._id);
  floor.pass(minute);
  const second = await arrive(floor, queue._id);
  floor.pass(minute);
  await callBack(floor.ctx, floor.boss, { ticket: first.ticket, phone: '+351 21 000 00 00', at: null });
  const { ticket, work } = await look(floor, first.ticket._id);
  expect(work).toMatchObject({ _id: first.work?._id, channel: 'voice', weight: 100, phone: '+351 21 000 00 00', arrivedAt: first.work?.arrivedAt, version: 2 });
  expect([(await roomOf(floor.ctx).position(first.work?._id ?? ''))?.position, (await roomOf(floor.ctx).position(second.work?._id ?? ''))?.position]).toEqual([1, 2]);
  expect(await chatStateOf(floor.ctx, ticket)).toMatchObject({ phase: 'waiting', position: 1, answerBy: { kind: 'phone', value: '+351 21 000 00 00', at: null } });
  expect((await contactPointsOf(floor.ctx, ticket.customerId)).map((point) => point.kind)).toContain('phone');
  await endByCustomer(floor.ctx, ticket._id);
  const agentId = await agentOn(floor, [queue._id]);
  const { offers } = await deskOf(floor.ctx, agentId);
  expect(offers.map(({ channel, phone, arrivedAt }) => ({ channel, phone, arrivedAt }))).toEqual([{ channel: 'voice', phone: '+351 21 000 00 00', arrivedAt: first.work?.arrivedAt.toISOString() }]);
  await acceptOffer(floor.ctx, agentId, offers[0]?.id ?? '');
  expect(await refusal(callBack(floor.ctx, floor.boss, { ticket, phone: '12345', at: null }))).toBe('nothing-to-call');
  const events = await Events.find({ companyId: floor.ctx.companyId, subject: work?._id ?? '' }).lean<DomainEvent[]>();
  // However it is spelt; three digits alone also stand in ids by chance.
  expect(JSON.stringify(events)).not.toMatch(/\+351|351\D*21\D*000\D*00\D*00/);
});

test('an offer that is open when the customer asks to be called is withdrawn and made anew', async () => {
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  const { ticket, work } = await arrive(floor, queue._id);
  expect((await deskOf(floor.ctx, agentId)).offers).toHaveLength(1);
  await callBack(floor.ctx, floor.boss, { ticket, phone: '+15550100', at: null });
  expect((await deskOf(floor.ctx, agentId)).offers.map((offer) => [offer.workItemId, offer.phone])).toEqual([[work?._id, '+15550100']]);
});

// One after the other, with a little more between the two each time.
const steps = async (count: number): Promise<void> => { for (let i = 0; i < count; i += 1) await new Promise(setImmediate); };

test.each([1, 2, 4, 6])('work that is changed %d steps after the customer asked to be called is called all the same', async (apart) => {
  const queue = await queueOn(floor);
  const { ticket, work } = await arrive(floor, queue._id);
  if (!work) throw new Error('it waits');
  const dueAt = new Date(floor.now() + minute);
  await Promise.all([callBack(floor.ctx, floor.boss, { ticket, phone: '+15550100', at: null }), steps(apart).then(() => changeWork(floor.ctx, { interaction: work, set: { dueAt } }))]);
  expect((await look(floor, ticket._id)).work).toMatchObject({ state: 'waiting', channel: 'voice', phone: '+15550100' });
});

test.each([1, 2, 4, 6])('work that is taken %d steps after is either called, or it is said that nothing waits', async (apart) => {
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  const { ticket } = await arrive(floor, queue._id);
  const [offer] = (await deskOf(floor.ctx, agentId)).offers;
  const asked = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => { if (error instanceof ProblemError) return error.code; throw error; });
  const [called] = await Promise.all([asked(callBack(floor.ctx, floor.boss, { ticket, phone: '+15550199', at: null })), steps(apart).then(() => asked(acceptOffer(floor.ctx, agentId, offer?.id ?? '')))]);
  const { ticket: after, work } = await look(floor, ticket._id);
  expect([called, work?.phone ?? null, after.answerBy?.value ?? null]).toEqual(called === 'done' ? ['done', '+15550199', '+15550199'] : ['nothing-to-call', null, null]);
});

test('a callback at a moment waits for it, comes with its arrival, and writing meanwhile changes nothing', async () => {
  const queue = await queueOn(floor);
  const { ticket, work } = await arrive(floor, queue._id);
  expect(await refusal(callBack(floor.ctx, floor.boss, { ticket, phone: '+15550100', at: new Date(floor.now()) }))).toBe('bad-schedule');
  await callBack(floor.ctx, floor.boss, { ticket, phone: '+15550100', at: new Date(floor.now() + 120 * minute) });
  expect((await look(floor, ticket._id)).work?.state).toBe('ended');
  await arrive(floor, queue._id, { from: { kind: 'visitor', value: ticket.customerContact, name: 'Vera', verified: false }, text: 'Thanks' });
  expect((await look(floor, ticket._id)).work?.state).toBe('ended');
  floor.pass(121 * minute);
  await floor.sweep('snoozed');
  await floor.sweep('snoozed');
  const back = await look(floor, ticket._id);
  expect(back.work).toMatchObject({ state: 'waiting', phone: '+15550100', channel: 'voice', arrivedAt: work?.arrivedAt });
  expect([back.ticket.status, back.ticket.snooze]).toEqual(['open', null]);
  expect(await codes(ticket._id)).toEqual(['callback-at', 'came-back']);
});

test('a snoozed ticket comes back at its time, when the customer writes, or when somebody takes it back', async () => {
  const queue = await queueOn(floor);
  const snoozed = async () => {
    const { ticket } = await arrive(floor, queue._id);
    await snoozeTicket(floor.ctx, floor.boss, { id: ticket._id, at: new Date(floor.now() + 60 * minute), kind: 'follow-up', text: 'Ask for the serial number' });
    expect(await look(floor, ticket._id)).toMatchObject({ ticket: { status: 'pending' }, work: { state: 'ended', how: 'withdrawn' } });
    return ticket;
  };
  const [timed, written, taken] = [await snoozed(), await snoozed(), await snoozed()];
  await arrive(floor, queue._id, { from: { kind: 'visitor', value: written.customerContact, name: 'Vera', verified: false } });
  await wakeTicket(floor.ctx, floor.boss, taken._id);
  const states = async () => Promise.all([timed, written, taken].map(async ({ _id }) => { const { ticket, work } = await look(floor, _id); return [ticket.status, ticket.snooze === null, work?.state]; }));
  expect(await states()).toEqual([['pending', false, 'ended'], ['open', true, 'waiting'], ['open', true, 'waiting']]);
  floor.pass(61 * minute);
  await floor.sweep('snoozed');
  expect((await states())[0]).toEqual(['open', true, 'waiting']);
  expect(await codes(timed._id)).toEqual(['follow-up', 'came-back']);
  expect(await refusal(snoozeTicket(floor.ctx, floor.boss, { id: timed._id, at: new Date(floor.now() - 1), kind: 'snooze', text: '' }))).toBe('bad-schedule');
});

test('a missed call in a closed queue is called back at the number it came from', async () => {
  const queue = await queueOn(floor, { overflow: { before: [{ when: 'waiting', over: 0, channels: [], then: { to: 'callback', text: 'We call you back.' } }], after: [] } });
  const call = { direction: 'in' as const, from: '+15550123', to: '+15550199', seconds: 0, outcome: 'missed' as const, recordingUrl: null };
  const { work } = await arrive(floor, queue._id, { channel: 'voice', kind: 'call', from: { kind: 'phone', value: '+15550123', name: '', verified: false }, text: '', call });
  expect(work).toMatchObject({ state: 'waiting', channel: 'voice', phone: '+15550123' });
  const asked = await arrive(floor, queue._id);
  expect(asked.ticket.ask).toBe('phone');
  await arrive(floor, queue._id, { from: { kind: 'visitor', value: asked.ticket.customerContact, name: 'Vera', verified: false }, text: 'Yes, +1 555 0177 please' });
  expect((await look(floor, asked.ticket._id)).work).toMatchObject({ channel: 'voice', phone: '+1 555 0177' });
});
