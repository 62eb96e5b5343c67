import type { BoardFigure } from '../../protocol';
import { boardOf, queueRow } from '../../server/supervision/board';
import { itemsBehind } from '../../server/supervision/items-behind';
import { acceptOffer, changeQueue, deskOf, endWork, interactionById, Interactions, setAgentState } from '../../server/workforce';
import { agentOn, arrive, openFloor, queueOn, type Floor } from '../tickets/house';

let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

/** Something comes, is accepted after so many seconds, and ended at once. */
async function served(queueId: string, { agentId, channel, after }: { agentId: string; channel: string; after: number }): Promise<void> {
  await arrive(floor, queueId, { channel });
  floor.pass(after * 1000);
  const [offer] = (await deskOf(floor.ctx, agentId)).offers;
  await acceptOffer(floor.ctx, agentId, offer?.id ?? '');
  const work = await interactionById(floor.ctx.companyId, offer?.workItemId ?? '');
  if (work) await endWork(floor.ctx, floor.boss, { interaction: work, end: { how: 'handled', disposition: null } });
}

test('service level today: each queue against its own targets as they were set when the work was accepted; channels without one do not count', async () => {
  const offerSeconds = { voice: 600, webchat: 600, email: 600 };
  const [strict, easy] = [await queueOn(floor, { offerSeconds, targets: { voice: { percent: 90, withinSeconds: 10 }, webchat: { percent: 50, withinSeconds: 60 } } }), await queueOn(floor, { offerSeconds, targets: { voice: { percent: 70, withinSeconds: 100 } } })];
  const [first, second] = [await agentOn(floor, [strict._id]), await agentOn(floor, [easy._id])];
  expect((await boardOf(floor.ctx)).queues.find((row) => row.queueId === strict._id)).toMatchObject({ withinTarget: null, target: null });
  await served(strict._id, { agentId: first, channel: 'email', after: 30 });
  for (const after of [5, 30, 30]) await served(strict._id, { agentId: first, channel: 'voice', after });
  await served(strict._id, { agentId: first, channel: 'webchat', after: 30 });
  for (const after of [5, 30]) await served(easy._id, { agentId: second, channel: 'voice', after });
  const levels = async () => Promise.all([strict, easy].map(async ({ _id }) => { const row = await queueRow(floor.ctx, _id); return [row?.withinTarget, row?.target]; }));
  expect(await levels()).toEqual([[0.5, 0.8], [1, 0.7]]);
  await changeQueue(floor.ctx, floor.boss, { id: easy._id, input: { targets: { voice: { percent: 95, withinSeconds: 20 } } } });
  await served(easy._id, { agentId: second, channel: 'voice', after: 30 });
  expect((await levels())[1]).toEqual([2 / 3, 0.95]);
});

test('every figure has behind it exactly what it counts: offered items wait too, and what ended otherwise, or on another day, is not there', async () => {
  const queue = await queueOn(floor, { offerSeconds: { webchat: 600, voice: 600, email: 600 }, targets: { voice: { percent: 90, withinSeconds: 10 } } });
  const agentId = await agentOn(floor, [queue._id]);
  await served(queue._id, { agentId, channel: 'voice', after: 5 });
  floor.pass(30 * 3_600_000);
  for (const after of [5, 30]) await served(queue._id, { agentId, channel: 'voice', after });
  await served(queue._id, { agentId, channel: 'email', after: 5 });
  await setAgentState(floor.ctx, floor.boss, { agentId, state: 'away' });
  for (const after of [2, 20]) {
    const { work } = await arrive(floor, queue._id, { channel: 'voice' });
    floor.pass(after * 1000);
    if (work) await endWork(floor.ctx, floor.boss, { interaction: work, end: { how: 'abandoned', disposition: null } });
  }
  await setAgentState(floor.ctx, floor.boss, { agentId, state: 'available' });
  await arrive(floor, queue._id, { channel: 'voice' });
  await arrive(floor, queue._id, { channel: 'voice' });
  const row = await queueRow(floor.ctx, queue._id);
  const behind = async (figure: BoardFigure) => Interactions.countDocuments({ companyId: floor.ctx.companyId, ...await itemsBehind(floor.ctx, { figure, queueId: queue._id }), queueId: queue._id });
  expect(row).toMatchObject({ waiting: 2, waitingByChannel: { voice: 2 }, arrivedToday: 7, handledToday: 3, abandonedToday: 1, withinTarget: 0.5 });
  const figures = ['waiting', 'oldestArrivedAt', 'inProgress', 'arrivedToday', 'handledToday', 'abandonedToday', 'withinTarget'] as const;
  expect(Object.fromEntries(await Promise.all(figures.map(async (figure) => [figure, await behind(figure)])))).toEqual({ waiting: 2, oldestArrivedAt: 2, inProgress: 0, arrivedToday: 7, handledToday: 3, abandonedToday: 1, withinTarget: 2 });
});
