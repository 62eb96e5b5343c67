// Transfers, help by a second agent, and what supervisors move: who has it, who may write, and that nothing is lost on the way.
import type { Message, Ticket } from '../../protocol';
import { declineOffer, deskOf, interactionById, liveInteraction, roomOf, setAgentState } from '../../server/workforce';
import { refusal } from '../access/house';
import { openDeskHouse, type Agent, type DeskHouse } from './desk-house';

let desk: DeskHouse;
let ann: Agent;
let ben: Agent;
let maria: Agent;
let people = 0;
beforeAll(async () => {
  desk = await openDeskHouse({ coolDownSeconds: 60 });
}, 60_000);
afterAll(() => desk.house.stop());
beforeEach(async () => {
  for (const agent of [ann, ben, maria]) if (agent) await setAgentState(desk.ctx, desk.house.system, { agentId: agent.id, state: 'offline', handBack: true });
  for (const { _id } of await waiting()) await desk.call(desk.house.system, 'ticket.trash', { params: { id: _id } });
  [ann, ben, maria] = [await desk.agent(), await desk.agent({ offline: true }), await desk.agent({ offline: true, roles: ['supervisor'] })];
});

const waiting = async () => (await desk.call<{ rows: Ticket[] }>(desk.house.system, 'ticket.list')).rows.map(({ id }) => ({ _id: id }));
const read = (agent: Agent, id: string) => desk.call<Ticket>(agent.actor, 'ticket.read', { params: { id } });
const invite = (agent: Agent, id: string, body: object) => desk.call<Ticket>(agent.actor, 'invitation.add', { params: { id }, body });
const say = (agent: Agent, id: string, kind: 'agent' | 'note') => desk.call<Message>(agent.actor, 'message.send', { params: { id }, body: { clientId: `said-${(people += 1)}-by-us`, kind, text: 'A word' } });
const available = (agent: Agent) => setAgentState(desk.ctx, agent.actor, { agentId: agent.id, state: 'available' });

/** A chat that Ann has, with Ben there as well. */
async function inHand(): Promise<string> {
  const id = await desk.chat(`visitor-${(people += 1)}`);
  expect(await desk.accept(ann)).toBe(id);
  await available(ben);
  return id;
}

it('warm: the giver keeps it until the receiver accepts; then it changes hands in one step, with notes and seniority', async () => {
  const id = await inHand();
  const before = await liveInteraction(desk.ctx.companyId, id);
  await invite(ann, id, { kind: 'transfer', agentId: ben.id, note: 'Needs a refund' });
  const offer = await desk.offer(ben);
  expect(offer).toMatchObject({ ticketId: id, arrivedAt: before?.arrivedAt.toISOString(), invitation: { kind: 'transfer', note: 'Needs a refund' } });
  expect(await read(ann, id)).toMatchObject({ ownerId: ann.id, workItem: { agentId: ann.id, state: 'assigned' }, helpers: [{ kind: 'transfer', agentId: ben.id, state: 'offered' }] });
  await desk.accept(ben);
  const after = await liveInteraction(desk.ctx.companyId, id);
  expect(after).toMatchObject({ _id: before?._id, agentId: ben.id, state: 'assigned', arrivedAt: before?.arrivedAt, segments: [{ kind: 'handling', agentId: ann.id }] });
  expect(await read(ben, id)).toMatchObject({ ownerId: ben.id, helpers: [] });
  const { rows } = await desk.call<{ rows: Message[] }>(ben.actor, 'message.list', { params: { id } });
  expect(rows.filter(({ kind }) => kind === 'note').map(({ text }) => text)).toEqual(['Needs a refund']);
  expect([(await roomOf(desk.ctx).agent(ann.id))?.firmLoad, (await roomOf(desk.ctx).agent(ben.id))?.firmLoad]).toEqual([0, 33]);
});

it('warm: declined by the one who was asked, it stays where it was and nobody else is offered it', async () => {
  const id = await inHand();
  await invite(ann, id, { kind: 'transfer', agentId: ben.id });
  await declineOffer(desk.ctx, ben.id, { offerId: (await desk.offer(ben)).id, reason: 'Not my field' });
  await desk.house.services.relay.settle();
  expect(await read(ann, id)).toMatchObject({ ownerId: ann.id, workItem: { agentId: ann.id, state: 'assigned' }, helpers: [] });
  expect((await desk.told('invitation.moved')).at(-1)?.data).toMatchObject({ state: 'declined', why: 'Not my field' });
});

it('warm to a queue: whoever serves it; when one declines the next is asked', async () => {
  const id = await inHand();
  await setAgentState(desk.ctx, desk.house.system, { agentId: ann.id, state: 'available' });
  await invite(ann, id, { kind: 'transfer', queueId: desk.queueId });
  const [first] = [...(await desk.offers(ben)), ...(await desk.offers(ann))];
  expect(first?.invitation?.kind).toBe('transfer');
  await desk.call(ann.actor, 'invitation.end', { params: { id, invitationId: first?.workItemId ?? '' } });
  expect([...(await desk.offers(ben)), ...(await desk.offers(ann))]).toEqual([]);
  expect((await read(ann, id)).helpers).toEqual([]);
});

it('an acceptance after the work ended hands over nothing', async () => {
  const id = await inHand();
  await invite(ann, id, { kind: 'transfer', agentId: ben.id });
  const offer = await desk.offer(ben);
  await desk.call(ann.actor, 'ticket.solve', { params: { id }, body: {} });
  expect(await desk.offers(ben)).toEqual([]);
  expect(await refusal(desk.call(ben.actor, 'ticket.read', { params: { id: offer.workItemId } }))).toBe('not-found');
  const { acceptOffer } = await import('../../server/workforce');
  expect(await refusal(acceptOffer(desk.ctx, ben.id, offer.id))).toBe('offer-expired');
  expect(await interactionById(desk.ctx.companyId, offer.workItemId)).toMatchObject({ state: 'ended' });
});

it('consult: looks in and leaves notes, cannot write to the customer or solve, never owns it; ends cleanly', async () => {
  const id = await inHand();
  await invite(ann, id, { kind: 'consult', agentId: ben.id });
  await desk.accept(ben);
  expect(await read(ben, id)).toMatchObject({ ownerId: ann.id, workItem: { agentId: ann.id }, helpers: [{ kind: 'consult', agentId: ben.id, state: 'assigned' }] });
  expect((await say(ben, id, 'note')).kind).toBe('note');
  expect(await refusal(say(ben, id, 'agent'))).toBe('not-allowed');
  expect(await refusal(desk.call(ben.actor, 'ticket.solve', { params: { id }, body: {} }))).toBe('not-allowed');
  expect((await read(ben, id)).can).not.toContain('ticket.reply');
  const [helper] = (await read(ben, id)).helpers;
  await desk.call(ben.actor, 'invitation.end', { params: { id, invitationId: helper?.id ?? '' } });
  expect((await read(ann, id)).helpers).toEqual([]);
  expect((await deskOf(desk.ctx, ben.id)).load).toBe(0);
});

it('conference: a second agent writes to the customer; the owner stays, and solving ends it for both', async () => {
  const id = await inHand();
  await invite(ann, id, { kind: 'conference', agentId: ben.id });
  await desk.accept(ben);
  expect((await say(ben, id, 'agent')).kind).toBe('agent');
  expect((await read(ann, id)).ownerId).toBe(ann.id);
  expect((await desk.call<{ rows: Ticket[] }>(ben.actor, 'ticket.list', { query: { view: 'mine' } })).rows.map((row) => row.id)).toEqual([id]);
  await desk.call(ann.actor, 'ticket.solve', { params: { id }, body: {} });
  expect(await deskOf(desk.ctx, ben.id)).toMatchObject({ load: 0, assigned: [] });
});

it('an agent who serves none of its queues can be asked, and reaches it while helping', async () => {
  const id = await inHand();
  const expert = await desk.agent({ queueIds: [] });
  expect(await refusal(read(expert, id))).toBe('not-found');
  await invite(ann, id, { kind: 'consult', agentId: expert.id });
  await desk.accept(expert);
  expect((await read(expert, id)).id).toBe(id);
});

it('cold: the receiver is offered it first, and whoever lets go no longer has it', async () => {
  const id = await inHand();
  const ticket = await desk.call<Ticket>(ann.actor, 'ticket.transfer', { params: { id }, body: { agentId: ben.id, note: 'Yours' } });
  expect(ticket.ownerId).toBeNull();
  expect((await deskOf(desk.ctx, ann.id)).assigned).toEqual([]);
  expect((await desk.told('work.requeued')).at(-1)?.data).toMatchObject({ agentId: ann.id, why: 'transferred' });
  expect(await desk.accept(ben)).toBe(id);
  expect((await read(ben, id)).ownerId).toBe(ben.id);
});

it('return to queue: keeps its seniority, belongs to nobody, and is not offered to the giver for the cool-down', async () => {
  const id = await inHand();
  const before = await liveInteraction(desk.ctx.companyId, id);
  await setAgentState(desk.ctx, ben.actor, { agentId: ben.id, state: 'away' });
  await desk.call(ann.actor, 'ticket.return', { params: { id }, body: {} });
  expect(await desk.offers(ann)).toEqual([]);
  expect(await liveInteraction(desk.ctx.companyId, id)).toMatchObject({ state: 'waiting', arrivedAt: before?.arrivedAt });
  expect((await read(ann, id)).ownerId).toBeNull();
  await desk.pass(61);
  expect((await desk.offers(ann)).map((offer) => offer.ticketId)).toEqual([id]);
});

it('a supervisor re-queues and re-assigns; one owner at any moment', async () => {
  const id = await inHand();
  const item = (await liveInteraction(desk.ctx.companyId, id))?._id ?? '';
  await desk.call(maria.actor, 'work.reassign', { params: { id: item }, body: { agentId: ben.id } });
  expect(await read(maria, id)).toMatchObject({ ownerId: ben.id, workItem: { agentId: ben.id } });
  expect([(await deskOf(desk.ctx, ann.id)).assigned.length, (await deskOf(desk.ctx, ben.id)).assigned.length]).toEqual([0, 1]);
  await setAgentState(desk.ctx, ann.actor, { agentId: ann.id, state: 'away' });
  await desk.call(maria.actor, 'work.requeue', { params: { id: item }, body: {} });
  expect(await read(maria, id)).toMatchObject({ ownerId: null, workItem: { state: 'waiting', agentId: null } });
  await desk.call(maria.actor, 'ticket.assign', { params: { id }, body: { ownerId: ben.id } });
  expect(await read(maria, id)).toMatchObject({ ownerId: ben.id, workItem: { state: 'assigned', agentId: ben.id } });
});

it('to a skill: it waits for somebody who has it, with its place, and is refused where nobody could', async () => {
  const french = await desk.call<{ id: string }>(desk.house.system, 'skill.add', { body: { name: `French ${people}` } });
  const id = await inHand();
  const before = await liveInteraction(desk.ctx.companyId, id);
  const hand = (skill: object) => desk.call<Ticket>(ann.actor, 'ticket.transfer', { params: { id }, body: { skill } });
  expect([await refusal(hand({ id: '0'.repeat(24) })), await refusal(hand({ id: french.id, level: 3 }))]).toEqual(['unknown-skill', 'nobody-has-skill']);
  await desk.call(desk.house.system, 'agent.change', { params: { id: maria.id }, body: { skills: { [french.id]: 4 } } });
  await hand({ id: french.id, level: 3 });
  expect([await desk.offers(ben), await desk.offers(ann)]).toEqual([[], []]);
  await available(maria);
  expect(await desk.offer(maria)).toMatchObject({ ticketId: id, arrivedAt: before?.arrivedAt.toISOString() });
  expect((await liveInteraction(desk.ctx.companyId, id))?.requirement).toEqual({ [french.id]: 3 });
});

it('asked by skill, only somebody who has it is asked', async () => {
  const german = await desk.call<{ id: string }>(desk.house.system, 'skill.add', { body: { name: `German ${people}` } });
  const id = await inHand();
  await desk.call(desk.house.system, 'agent.change', { params: { id: maria.id }, body: { skills: { [german.id]: 1 } } });
  await available(maria);
  await invite(ann, id, { kind: 'consult', skill: { id: german.id } });
  expect([await desk.offers(ben), (await desk.offer(maria)).invitation?.kind]).toEqual([[], 'consult']);
});

it('the desk of somebody who takes no work is empty', async () => {
  expect(await deskOf(desk.ctx, '0'.repeat(24))).toMatchObject({ state: 'offline', offers: [], assigned: [], awayReasons: [] });
});

it('what is asked wrongly is refused with its reason', async () => {
  const id = await inHand();
  const away = await desk.agent({ offline: true });
  const refused = (body: object) => refusal(invite(ann, id, body));
  expect(await refused({ kind: 'transfer', agentId: ann.id })).toBe('transfer-to-self');
  expect(await refused({ kind: 'consult', agentId: away.id })).toBe('agent-unavailable');
  expect(await refused({ kind: 'consult' })).toBe('bad-input');
  expect(await refused({ kind: 'consult', queueId: desk.ctx.companyId })).toBe('unknown-queue');
  expect(await refused({ kind: 'consult', agentId: desk.queueId })).toBe('unknown-account');
  await invite(ann, id, { kind: 'consult', agentId: ben.id });
  expect(await refused({ kind: 'conference', agentId: ben.id })).toBe('already-asked');
  const [helper] = (await read(ann, id)).helpers;
  const other = await desk.agent();
  expect(await refusal(desk.call(other.actor, 'invitation.end', { params: { id, invitationId: helper?.id ?? '' } }))).toBe('not-allowed');
  await desk.call(ann.actor, 'ticket.return', { params: { id }, body: {} });
  expect(await refusal(desk.call(ann.actor, 'ticket.return', { params: { id }, body: {} }))).toBe('nothing-in-hand');
  await desk.call(ann.actor, 'ticket.change', { params: { id }, body: { status: 'closed' } });
  expect(await refused({ kind: 'consult', agentId: ben.id })).toBe('ticket-closed');
  expect(await refusal(desk.call(ann.actor, 'ticket.transfer', { params: { id }, body: { queueId: desk.queueId } }))).toBe('ticket-closed');
});
