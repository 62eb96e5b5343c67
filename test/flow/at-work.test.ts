// States, capacity, offers and wrap-up as agents meet them, under a clock that the test moves.
import type { Agent as AgentRow } from '../../protocol';
import { acceptOffer, agentById, declineOffer, deskOf, endWork, liveInteraction, noteConnection, noteSeen, roomOf, setAgentState } from '../../server/workforce';
import { applyDecisions } from '../../server/workforce/apply-decisions';
import { refusal } from '../access/house';
import { openDeskHouse, type Agent, type DeskHouse } from './desk-house';

let desk: DeskHouse;
let ann: Agent;
let guests = 0;
beforeAll(async () => { desk = await openDeskHouse({ coolDownSeconds: 60, lastAgentSeconds: 30, offerSeconds: { webchat: 25 } }); }, 60_000);
afterAll(() => desk.house.stop());
beforeEach(async () => {
  for (const { id } of (await desk.call<{ rows: AgentRow[] }>(desk.house.system, 'agent.list')).rows) await setAgentState(desk.ctx, desk.house.system, { agentId: id, state: 'offline', handBack: true });
  for (const { id } of (await desk.call<{ rows: { id: string }[] }>(desk.house.system, 'ticket.list')).rows) await desk.call(desk.house.system, 'ticket.trash', { params: { id } });
  ann = await desk.agent();
});

const guest = () => `guest-${(guests += 1)}`;
const state = (agent: Agent) => deskOf(desk.ctx, agent.id);
const become = (agent: Agent, to: 'available' | 'away' | 'offline', more: { reason?: string; handBack?: boolean } = {}) => setAgentState(desk.ctx, agent.actor, { agentId: agent.id, state: to, ...more });
const queue = (settings: object) => desk.call(desk.house.system, 'queue.change', { params: { id: desk.queueId }, body: settings });
const live = (ticketId: string) => liveInteraction(desk.ctx.companyId, ticketId);
/** Time in which the agent's console is open, and untouched unless `touched`. */
async function here(agent: Agent, seconds: number, touched = false): Promise<void> {
  const active = desk.mounts.flatMap((mount) => mount.sockets ?? []).find(({ event }) => event === 'active');
  for (let left = seconds; left > 0; left -= 20) {
    await noteSeen(desk.ctx, [agent.id]);
    if (touched) await active?.handle({ ctx: desk.ctx, actor: agent.actor, connection: { id: '', join: () => undefined, leave: () => undefined } }, {} as never);
    await desk.pass(Math.min(20, left));
  }
}

it('offers: declined with a reason, kept from the same agent for the cool-down; expired twice, the agent does not respond', async () => {
  const id = await desk.chat(guest());
  const first = await desk.offer(ann);
  expect(Date.parse(first.expiresAt) - Date.parse(first.offeredAt)).toBe(25_000);
  await declineOffer(desk.ctx, ann.id, { offerId: first.id, reason: 'Not my field' });
  expect((await desk.told('work.declined')).at(-1)?.data).toMatchObject({ agentId: ann.id, why: 'Not my field' });
  expect(await desk.offers(ann)).toEqual([]);
  await here(ann, 61);
  expect((await desk.offer(ann)).ticketId).toBe(id);
  await here(ann, 26);
  expect(await state(ann)).toMatchObject({ state: 'available', offers: [] });
  await here(ann, 61);
  const last = await desk.offer(ann);
  await here(ann, 26);
  expect((await state(ann)).state).toBe('not-responding');
  expect(await refusal(acceptOffer(desk.ctx, ann.id, last.id))).toBe('offer-expired');
  // As whoever brings room and store together says it, when the decision itself is late.
  await applyDecisions(desk.ctx, [{ kind: 'state', agentId: ann.id, state: 'not-responding', roster: 0, at: desk.ctx.clock.now() }]);
  const history = await desk.call<{ rows: { to: string; from: string }[] }>(desk.house.system, 'agent-state.list', { params: { id: ann.id } });
  expect(history.rows.map(({ from, to }) => `${from} ${to}`)).toEqual(['available not-responding', 'offline available']);
});

it('offers: withdrawn when the customer leaves, told to the agent; somebody else\'s and a second acceptance are refused', async () => {
  const ben = await desk.agent();
  const id = await desk.chat(guest());
  const [holder, other] = (await desk.offers(ann)).length > 0 ? [ann, ben] : [ben, ann];
  const offer = await desk.offer(holder);
  expect(await refusal(acceptOffer(desk.ctx, other.id, offer.id))).toBe('not-your-offer');
  const item = await live(id);
  if (item) await endWork(desk.ctx, desk.house.system, { interaction: item, end: { how: 'abandoned', disposition: null } });
  await desk.ctx.relay.settle();
  expect((await desk.told('work.withdrawn')).at(-1)?.data).toMatchObject({ agentId: holder.id, why: 'left' });
  expect(await desk.offers(holder)).toEqual([]);
  await desk.chat(guest());
  const [taker] = (await desk.offers(ann)).length > 0 ? [ann] : [ben];
  const next = await desk.offer(taker);
  await acceptOffer(desk.ctx, taker.id, next.id);
  expect(await refusal(acceptOffer(desk.ctx, taker.id, next.id))).toBe('already-assigned');
});

it('auto-accept gives it at once; the last agent is asked first, and never waited for when not there', async () => {
  await queue({ autoAccept: true });
  const visitor = guest();
  const id = await desk.chat(visitor);
  expect((await state(ann)).assigned.map(({ ticketId }) => ticketId)).toEqual([id]);
  await queue({ autoAccept: false });
  await desk.call(ann.actor, 'ticket.solve', { params: { id }, body: {} });
  const ben = await desk.agent();
  await desk.chat(guest());
  await desk.accept((await desk.offers(ann)).length > 0 ? ann : ben);
  await desk.chat(visitor, 'Once more');
  expect((await desk.offer(ann)).ticketId).toBe(id);
  await become(ann, 'away');
  expect((await desk.offer(ben)).ticketId).toBe(id);
});

it('a silent chat frees its capacity after ten minutes and takes it back when the customer writes, one more than allowed at most', async () => {
  const quick = await desk.agent({ maxima: { webchat: 1 } });
  await become(ann, 'offline');
  const visitor = guest();
  const first = await desk.chat(visitor);
  await desk.accept(quick);
  await here(quick, 590, true);
  await desk.chat(visitor, 'Still here');
  await here(quick, 590, true);
  expect(await live(first)).toMatchObject({ asleep: false });
  await here(quick, 40, true);
  expect(await live(first)).toMatchObject({ asleep: true });
  expect(await state(quick)).toMatchObject({ load: 0, assigned: [{ ticketId: first, asleep: true }] });
  await desk.chat(guest());
  await desk.accept(quick);
  await desk.chat(visitor, 'Back again');
  expect(await state(quick)).toMatchObject({ over: true, load: 66 });
  expect((await desk.told('work.woken')).at(-1)?.data).toMatchObject({ agentId: quick.id, exceeds: true });
  await desk.chat(guest());
  expect(await desk.offers(quick)).toEqual([]);
});

it('mail is put aside for a call-sized item and comes back after it', async () => {
  await desk.call(desk.house.system, 'weight.put', { body: { weights: { webchat: 100 } } });
  const letter = await desk.mail('nina@example.com');
  await desk.accept(ann);
  const chat = await desk.chat(guest());
  await desk.accept(ann);
  expect((await state(ann)).assigned.map(({ ticketId, aside }) => [ticketId, aside])).toEqual([[letter, true], [chat, false]]);
  await desk.call(ann.actor, 'ticket.solve', { params: { id: chat }, body: {} });
  expect((await state(ann)).assigned).toMatchObject([{ ticketId: letter, aside: false }]);
  await desk.call(desk.house.system, 'weight.put', { body: { weights: {} } });
});

it('idle for 15 minutes is away, with the time and the reason recorded; live work stays', async () => {
  const id = await desk.chat(guest());
  await desk.accept(ann);
  await here(ann, 890);
  expect((await state(ann)).state).toBe('available');
  await here(ann, 30);
  expect(await state(ann)).toMatchObject({ state: 'away', reason: 'idle', assigned: [{ ticketId: id }] });
  const { rows } = await desk.call<{ rows: { to: string; reason: string; at: string }[] }>(desk.house.system, 'agent-state.list', { params: { id: ann.id } });
  expect(rows[0]).toMatchObject({ to: 'away', reason: 'idle' });
});

it('away and hand back: live work waits again with its seniority; a reason must be one that is listed', async () => {
  const id = await desk.chat(guest());
  await desk.accept(ann);
  const before = await live(id);
  expect(await refusal(become(ann, 'away', { reason: 'Because' }))).toBe('bad-input');
  await desk.call(desk.house.system, 'reason.put', { body: { away: ['Doctor', 'Lunch'], decline: [] } });
  await become(ann, 'away', { reason: 'Doctor', handBack: true });
  await become(ann, 'away', { reason: 'Lunch' });
  expect(await live(id)).toMatchObject({ state: 'waiting', arrivedAt: before?.arrivedAt });
  expect((await desk.told('agent.state-changed')).slice(-2).map(({ data }) => data['reason'])).toEqual(['Doctor', 'Lunch']);
  expect((await desk.told('agent.state-changed')).at(-1)?.by.id).toBe(ann.id);
});

it('a lost connection keeps work for the grace period, then hands it back; a node that died is noticed', async () => {
  const id = await desk.chat(guest());
  await desk.accept(ann);
  await noteConnection(desk.ctx, ann.id, false);
  await desk.pass(20);
  await noteConnection(desk.ctx, ann.id, true);
  await desk.pass(20);
  expect(await live(id)).toMatchObject({ state: 'assigned', agentId: ann.id });
  const ben = await desk.agent();
  await desk.pass(26);
  await here(ben, 36);
  expect(await agentById(desk.ctx.companyId, ann.id)).toMatchObject({ state: 'offline', reason: 'connection-lost', connected: false });
  expect((await desk.offer(ben)).ticketId).toBe(id);
});

it('wrap-up: none, optional on request, mandatory until an outcome is chosen, timed and extended once', async () => {
  const contact = async (body: object = {}) => {
    const id = await desk.chat(guest());
    await desk.accept(ann);
    await desk.call(ann.actor, 'ticket.solve', { params: { id }, body });
  };
  const wrapUp = (mode: string, dispositionRequired = false) => queue({ wrapUp: { mode, seconds: 60, dispositionRequired } });
  await contact();
  expect((await state(ann)).state).toBe('available');
  await wrapUp('optional');
  await contact();
  expect((await state(ann)).wrapUp).toBeNull();
  await contact({ wrapUp: true });
  expect(await state(ann)).toMatchObject({ state: 'wrap-up', wrapUp: { until: null } });
  await desk.call(ann.actor, 'wrap-up.finish', { body: {} });
  await wrapUp('mandatory', true);
  await contact();
  expect(await refusal(become(ann, 'available'))).toBe('disposition-required');
  expect(await refusal(desk.call(ann.actor, 'wrap-up.finish', { body: {} }))).toBe('disposition-required');
  expect(await refusal(desk.call(ann.actor, 'wrap-up.finish', { body: { disposition: 'made-up' } }))).toBe('bad-input');
  await desk.call(ann.actor, 'wrap-up.finish', { body: { disposition: 'solved' } });
  await wrapUp('timed');
  await contact();
  const until = Date.parse((await state(ann)).wrapUp?.until ?? '');
  await desk.call(ann.actor, 'wrap-up.finish', { body: { extend: true } });
  expect(Date.parse((await state(ann)).wrapUp?.until ?? '')).toBe(until + 60_000);
  expect(await refusal(desk.call(ann.actor, 'wrap-up.finish', { body: { extend: true } }))).toBe('bad-state-change');
  await here(ann, 120);
  const over = desk.mounts.flatMap((mount) => Object.entries(mount.jobs ?? {})).find(([name]) => name === 'wrap-up.over')?.[1] as (ctx: object, payload: object) => Promise<void>;
  const last = await agentById(desk.ctx.companyId, ann.id);
  await over(desk.ctx, { companyId: desk.ctx.companyId, agentId: ann.id, interactionId: last?.wrapUp?.interactionId, at: last?.wrapUp?.until?.getTime() });
  expect(await state(ann)).toMatchObject({ state: 'available', wrapUp: null });
  await wrapUp('none');
});

it('pull mode: the next one, without choosing; each refusal says why', async () => {
  await queue({ pull: true });
  const next = (queueId = desk.queueId) => desk.call<{ assigned: { ticketId: string }[] }>(ann.actor, 'work.next', { body: { queueId } });
  expect(await refusal(next())).toBe('nothing-waiting');
  const [older, newer] = [await desk.chat(guest()), await desk.chat(guest())];
  expect((await state(ann)).pullQueues.map(({ id }) => id)).toEqual([desk.queueId]);
  expect(await desk.offers(ann)).toEqual([]);
  expect(await refusal(desk.call(ann.actor, 'ticket.assign', { params: { id: newer }, body: { ownerId: ann.id } }))).toBe('no-choosing');
  expect((await next()).assigned.map(({ ticketId }) => ticketId)).toEqual([older]);
  expect(await refusal(next(desk.ctx.companyId))).toBe('unknown-queue');
  const stranger = await desk.agent({ queueIds: [] });
  expect(await refusal(desk.call(stranger.actor, 'work.next', { body: { queueId: desk.queueId } }))).toBe('not-eligible');
  await become(ann, 'away');
  expect(await refusal(next())).toBe('agent-unavailable');
  await queue({ pull: false });
  expect(await refusal(next())).toBe('not-pull-queue');
});

it('never over capacity, whoever gives it', async () => {
  const small = await desk.agent({ maxima: { webchat: 0 } });
  const id = await desk.chat(guest());
  expect(await refusal(desk.call(desk.house.system, 'ticket.assign', { params: { id }, body: { ownerId: small.id } }))).toBe('at-capacity');
  const item = (await live(id))?._id ?? '';
  expect(await refusal(desk.call(desk.house.system, 'work.reassign', { params: { id: item }, body: { agentId: small.id } }))).toBe('at-capacity');
  expect((await roomOf(desk.ctx).item(item))?.agentId).not.toBe(small.id);
});

it('bad settings are refused with the reason', async () => {
  const agent = (body: object) => desk.call(desk.house.system, 'agent.change', { params: { id: ann.id }, body });
  const nowhere = desk.ctx.companyId;
  expect(await refusal(agent({ queueIds: [nowhere] }))).toBe('unknown-queue');
  expect(await refusal(agent({ skills: { [nowhere]: 3 } }))).toBe('unknown-skill');
  await expect(agent({ skills: { [nowhere]: 9 } })).rejects.toThrow(/<=5/);
  await expect(agent({ capacity: -1 })).rejects.toThrow(/>=0/);
  await expect(agent({ maxima: { webchat: -1 } })).rejects.toThrow(/>=0/);
  await expect(desk.call(desk.house.system, 'weight.put', { body: { weights: { webchat: 0 } } })).rejects.toThrow(/>=1/);
  await agent({ capacity: 50 });
  expect(await state(ann)).toMatchObject({ load: 0 });
  expect((await roomOf(desk.ctx).agent(ann.id))?.profile.capacity).toBe(50);
  const maria = await desk.agent({ roles: ['supervisor'], offline: true });
  await become(ann, 'offline');
  expect(await refusal(desk.call(maria.actor, 'agent.set-state', { params: { id: ann.id }, body: { state: 'available' } }))).toBe('bad-state-change');
});
