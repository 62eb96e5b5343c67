// Solving writes twice: the end of the work, then the ticket. Who died in between left a ticket that waited for nobody and was in nobody's hands.
import { Events } from '../../server/kernel';
import { sweepUnsettled } from '../../server/tickets/solve-ticket';
import { restoreTicket, trashTicket } from '../../server/tickets/trash-ticket';
import { changeQueue, deskOf, acceptOffer, endWork, interactionById, Interactions, roomOf } from '../../server/workforce';
import { agentById, Agents } from '../../server/workforce/agent.model';
import { endOverdue } from '../../server/workforce/overdue';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from './house';

let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

async function diesAfterTheWork() {
  const { ticket, work } = await arrive(floor, (await queueOn(floor))._id);
  if (!work) throw new Error('it waits');
  await endWork(floor.ctx, floor.boss, { interaction: work, end: { how: 'withdrawn', disposition: 'refunded', settling: { status: 'solved', by: { id: 'ann', name: 'Ann' }, at: new Date(floor.now()) } } });
  floor.pass(6000);
  return ticket;
}

test('the sweep makes the ticket what it was to become, once', async () => {
  const { _id } = await diesAfterTheWork();
  expect((await look(floor, _id)).ticket.status).toBe('new');
  await sweepUnsettled(floor.services);
  const { ticket } = await look(floor, _id);
  expect([ticket.status, ticket.ownerId, ticket.disposition]).toEqual(['solved', 'ann', 'refunded']);
  expect(await Interactions.countDocuments({ companyId: floor.ctx.companyId, settling: { $exists: true } })).toBe(0);
  await sweepUnsettled(floor.services);
  expect((await look(floor, _id)).ticket.version).toBe(ticket.version);
});

test('what the customer wrote since counts more', async () => {
  const { _id, customerContact } = await diesAfterTheWork();
  await arrive(floor, (await queueOn(floor))._id, { from: { kind: 'visitor', value: customerContact, name: 'Vera', verified: false }, text: 'One more thing' });
  await sweepUnsettled(floor.services);
  const { ticket, work } = await look(floor, _id);
  expect([ticket.status, work?.state]).not.toEqual(['solved', expect.anything()]);
});
test('who writes waits for the disk and not for the telling, and their word is told before what it changes', async () => {
  const { _id, customerContact, queueId } = await diesAfterTheWork();
  await sweepUnsettled(floor.services);
  await arrive(floor, queueId, { from: { kind: 'visitor', value: customerContact, name: 'Vera', verified: false }, text: 'It is broken again' });
  await floor.services.relay.settle();
  const told = await Events.find({ companyId: floor.ctx.companyId, subject: _id }).sort({ n: 1 }).lean<{ name: string; data: { changes?: object } }[]>();
  const last = told.slice(told.findLastIndex((each) => each.name === 'message.added'));
  expect([last[0]?.name, last.find((each) => each.name === 'ticket.changed')?.data.changes]).toEqual(['message.added', expect.objectContaining({ status: expect.anything() })]);
});

describe('wrap-up', () => {
  /** An agent who has ended something and wraps up for a minute. */
  async function wrapsUp(): Promise<string> {
    const queue = await queueOn(floor);
    await changeQueue(floor.ctx, floor.boss, { id: queue._id, input: { wrapUp: { mode: 'timed', seconds: 60, dispositionRequired: false } } });
    const agentId = await agentOn(floor, [queue._id]);
    const { work } = await arrive(floor, queue._id);
    await acceptOffer(floor.ctx, agentId, (await deskOf(floor.ctx, agentId)).offers[0]?.id ?? '');
    const mine = await interactionById(floor.ctx.companyId, work?._id ?? '');
    if (mine) await endWork(floor.ctx, floor.boss, { interaction: mine, end: { how: 'handled', disposition: null } });
    expect(await states(agentId)).toEqual(['wrap-up', 'wrap-up']);
    return agentId;
  }
  const states = async (agentId: string) => [(await agentById(floor.ctx.companyId, agentId))?.state, (await roomOf(floor.ctx).agent(agentId))?.state];

  test('ends by the sweep when its timer was lost, not before its time, and once', async () => {
    const agentId = await wrapsUp();
    floor.pass(59_000);
    expect([await endOverdue(floor.ctx), ...(await states(agentId))]).toEqual([0, 'wrap-up', 'wrap-up']);
    floor.pass(4000);
    expect([await endOverdue(floor.ctx), ...(await states(agentId))]).toEqual([1, 'available', 'available']);
    expect((await agentById(floor.ctx.companyId, agentId))?.wrapUp).toBeNull();
    expect(await endOverdue(floor.ctx)).toBe(0);
  });

  test('that was closed by a process which died before the agent was available again ends by the sweep', async () => {
    const agentId = await wrapsUp();
    await Agents.updateOne({ companyId: floor.ctx.companyId, _id: agentId }, { $set: { wrapUp: null } });
    floor.pass(3000);
    expect([await endOverdue(floor.ctx), ...(await states(agentId))]).toEqual([1, 'available', 'available']);
  });

  test('of which the store says nothing though the room has it is written down', async () => {
    const agentId = await wrapsUp();
    await Agents.updateOne({ companyId: floor.ctx.companyId, _id: agentId }, { $set: { state: 'available', wrapUp: null } });
    await roomOf(floor.ctx).setState({ agentId, state: 'away' }, floor.now());
    floor.pass(3000);
    expect([await endOverdue(floor.ctx), ...(await states(agentId))]).toEqual([1, 'away', 'away']);
  });
});

test('what was thrown away by mistake waits for an agent again when it is restored', async () => {
  const { ticket } = await arrive(floor, (await queueOn(floor))._id);
  await trashTicket(floor.ctx, floor.boss, ticket._id);
  expect((await look(floor, ticket._id)).work?.endedAt).not.toBeNull();
  await restoreTicket(floor.ctx, floor.boss, ticket._id);
  const { ticket: back, work } = await look(floor, ticket._id);
  expect([back.trashedAt, work?.state, work?.endedAt]).toEqual([null, 'waiting', null]);
  await restoreTicket(floor.ctx, floor.boss, ticket._id);
  expect(await Interactions.countDocuments({ companyId: floor.ctx.companyId, ticketId: ticket._id, endedAt: null })).toBe(1);
});
