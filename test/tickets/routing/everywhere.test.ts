// What is set for every queue: times, what priorities weigh, skills by channel and language; and settings that change while work waits.
import { routingSettings, type RoutingSettings } from '../../../protocol';
import { newId } from '../../../server/kernel';
import { callBack } from '../../../server/tickets';
import { changeTicket } from '../../../server/tickets/change-ticket';
import { acceptOffer, changeAgent, changeQueue, declineOffer, deskOf, noteConnection, roomOf, setAgentState, Skills } from '../../../server/workforce';
import { agentById } from '../../../server/workforce/agent.model';
import { refreshWaiting } from '../../../server/workforce/refresh-waiting';
import { putRoutingSettings } from '../../../server/workforce/routing-settings';
import { silentNow } from '../../../server/workforce/silence';
import { graceOver } from '../../../server/workforce/presence';
import { refusal } from '../../access/house';
import { agentOn, arrive, look, openFloor, queueOn, type Floor } from '../house';

const minute = 60_000;
let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());
afterEach(() => put({}));

const put = (change: Partial<RoutingSettings>): Promise<void> => putRoutingSettings(floor.ctx, { ...routingSettings.parse({}), ...change });
async function skill(name: string): Promise<string> {
  const id = newId();
  await Skills.create({ _id: id, companyId: floor.ctx.companyId, name, nameKey: `${name}${id}` });
  return id;
}
const places = async (...ids: (string | undefined)[]) => Promise.all(ids.map(async (id) => (await roomOf(floor.ctx).position(id ?? ''))?.position));

test('who waits goes ahead when their ticket becomes urgent, and back when it does not matter any more', async () => {
  const queue = await queueOn(floor);
  const first = await arrive(floor, queue._id);
  floor.pass(minute);
  const second = await arrive(floor, queue._id);
  const urgent = await changeTicket(floor.ctx, floor.boss, { ticket: second.ticket, set: { priority: 'urgent' } });
  expect(await places(first.work?._id, second.work?._id)).toEqual([2, 1]);
  expect((await look(floor, urgent._id)).work?.priorityMinutes).toBe(120);
  await changeTicket(floor.ctx, floor.boss, { ticket: urgent, set: { priority: 'low' } });
  expect(await places(first.work?._id, second.work?._id)).toEqual([1, 2]);
});

test('what is offered while its priority changes takes its place when it comes back; priorities weigh what was set', async () => {
  await put({ priorityMinutes: { low: -5, normal: 0, high: 7, urgent: 9 } });
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  const { ticket } = await arrive(floor, queue._id);
  await changeTicket(floor.ctx, floor.boss, { ticket, set: { priority: 'high' } });
  const [offer] = (await deskOf(floor.ctx, agentId)).offers;
  expect((await look(floor, ticket._id)).work).toMatchObject({ state: 'offered', priorityMinutes: 0 });
  await declineOffer(floor.ctx, agentId, { offerId: offer?.id ?? '', reason: '' });
  await floor.ctx.relay.settle();
  expect((await look(floor, ticket._id)).work).toMatchObject({ state: 'waiting', priorityMinutes: 7 });
});

test('a queue that asks for less finds somebody for what waits in it already', async () => {
  const french = await skill('French');
  const queue = await queueOn(floor, { requirement: { [french]: 4 } });
  const agentId = await agentOn(floor, [queue._id]);
  const { work } = await arrive(floor, queue._id);
  expect((await deskOf(floor.ctx, agentId)).offers).toEqual([]);
  await changeQueue(floor.ctx, floor.boss, { id: queue._id, input: { requirement: {} } });
  await refreshWaiting(floor.ctx, queue._id);
  expect((await deskOf(floor.ctx, agentId)).offers.map((offer) => offer.workItemId)).toEqual([work?._id]);
});

test('rings of the same second are one, and what arrives with them is offered', async () => {
  const [french, billing] = [await skill('French'), await skill('Billing')];
  const ring = { afterSeconds: 60, drop: [], lower: {}, anyone: false };
  const queue = await queueOn(floor, { requirement: { [french]: 4, [billing]: 2 }, rings: [{ ...ring, lower: { [french]: 2 } }, { ...ring, drop: [billing] }] });
  const agentId = await agentOn(floor, [queue._id]);
  await changeAgent(floor.ctx, floor.boss, { id: agentId, input: { skills: { [french]: 2 } } });
  const { work } = await arrive(floor, queue._id);
  expect((await roomOf(floor.ctx).item(work?._id ?? ''))?.state).toBe('waiting');
  floor.pass(minute);
  await floor.sweep('room-tick');
  expect((await deskOf(floor.ctx, agentId)).offers).toHaveLength(1);
});

test('a channel and a language ask for skills besides the queue; a callback asks for what calls ask for instead', async () => {
  const [chats, calls, french] = [await skill('Chats'), await skill('Calls'), await skill('French')];
  await put({ channelSkills: { webchat: { [chats]: 2 }, voice: { [calls]: 3 } }, languageSkills: { fr: { [french]: 4, [chats]: 1 } } });
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  const { ticket, work } = await arrive(floor, queue._id, { text: 'Bonjour, je voudrais savoir pourquoi ma commande est en retard' });
  expect([work?.requirement, (await deskOf(floor.ctx, agentId)).offers]).toEqual([{ [chats]: 2, [french]: 4 }, []]);
  await callBack(floor.ctx, floor.boss, { ticket, phone: '+15550100', at: null });
  expect((await look(floor, ticket._id)).work?.requirement).toEqual({ [calls]: 3, [french]: 4, [chats]: 1 });
  await changeAgent(floor.ctx, floor.boss, { id: agentId, input: { skills: { [calls]: 3, [french]: 5, [chats]: 1 } } });
  expect((await deskOf(floor.ctx, agentId)).offers).toHaveLength(1);
});

test('the times are those that were set; 0 is never', async () => {
  await put({ idleMinutes: 0, graceSeconds: 300, silentMinutes: 2 });
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  await noteConnection(floor.ctx, agentId, true);
  const { work } = await arrive(floor, queue._id);
  await acceptOffer(floor.ctx, agentId, (await deskOf(floor.ctx, agentId)).offers[0]?.id ?? '');
  floor.pass(2 * minute);
  await silentNow(floor.ctx, work?._id ?? '');
  expect((await deskOf(floor.ctx, agentId)).load).toBe(0);
  floor.pass(120 * minute);
  await floor.sweep('presence');
  expect((await agentById(floor.ctx.companyId, agentId))?.state).toBe('available');
  await noteConnection(floor.ctx, agentId, false);
  floor.pass(4 * minute);
  await graceOver(floor.ctx, agentId, floor.now());
  expect((await agentById(floor.ctx.companyId, agentId))?.state).toBe('available');
  floor.pass(minute);
  await graceOver(floor.ctx, agentId, floor.now());
  expect((await agentById(floor.ctx.companyId, agentId))?.state).toBe('offline');
});

test('an agent who does not respond after one missed offer where one is allowed; a queue with minutes ahead is served first', async () => {
  const [usual, ahead] = [await queueOn(floor), await queueOn(floor, { boostMinutes: 30, missedOffers: 1 })];
  await arrive(floor, usual._id, { channel: 'voice' });
  floor.pass(minute);
  const boosted = await arrive(floor, ahead._id, { channel: 'voice' });
  const agentId = await agentOn(floor, [usual._id, ahead._id]);
  const [offer] = (await deskOf(floor.ctx, agentId)).offers;
  expect(offer?.workItemId).toBe(boosted.work?._id);
  floor.pass(31_000);
  await floor.sweep('room-tick');
  expect((await agentById(floor.ctx.companyId, agentId))?.state).toBe('not-responding');
  await setAgentState(floor.ctx, floor.boss, { agentId, state: 'offline' });
});

test('what does not exist is refused', async () => {
  const unknown = newId();
  const agentId = await agentOn(floor, []);
  const queue = await queueOn(floor);
  expect(await Promise.all([
    refusal(put({ channelSkills: { telex: {} } })), refusal(put({ languageSkills: { fr: { [unknown]: 3 } } })), refusal(changeAgent(floor.ctx, floor.boss, { id: agentId, input: { maxima: { telex: 1 } } })),
    refusal(changeQueue(floor.ctx, floor.boss, { id: queue._id, input: { offerSeconds: { telex: 30 } } })), refusal(queueOn(floor, { overflow: { before: [], after: [{ afterSeconds: 5, channels: ['telex'], then: { to: 'message', text: 'x' } }] } })),
  ])).toEqual(['unknown-channel', 'unknown-skill', 'unknown-channel', 'unknown-channel', 'unknown-channel']);
  expect(routingSettings.safeParse({ languageSkills: { fr: { [unknown]: 9 } } }).success).toBe(false);
});
