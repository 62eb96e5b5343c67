import type { ItemView } from '../../queues';
import type { Ctx } from '../kernel';
import { admitWork } from './admit-work';
import { agentById } from './agent.model';
import { applyDecisions } from './apply-decisions';
import { Interactions, type InteractionDoc } from './interaction.model';
import { queueById } from './queue.model';
import { releaseWork } from './release-work';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

const quietMs = 5000;

/** Compares what the store says of live work with the waiting room and mends what a crash between the two left. Answers how much was mended. */
export async function reconcile(ctx: Ctx): Promise<number> {
  const { companyId } = ctx;
  const before = new Date(ctx.clock.now() - quietMs);
  const rows = await Interactions.find({ companyId, state: { $in: ['waiting', 'offered', 'assigned'] }, updatedAt: { $lt: before } }).sort({ updatedAt: -1 }).limit(2000).lean<InteractionDoc[]>();
  let mended = 0;
  for (const row of rows) if (await mend(ctx, row, await roomOf(ctx).item(row._id))) mended += 1;
  mended += await releaseEnded(ctx, before);
  return mended;
}

async function mend(ctx: Ctx, row: InteractionDoc, view: ItemView | null): Promise<boolean> {
  if (row.state === 'waiting') return mendWaiting(ctx, row, view);
  if (row.state === 'assigned') return mendAssigned(ctx, row, view);
  if (view?.state === 'offered' && view.offerId === row.offerId) return false;
  if (view?.state === 'assigned' && view.offerId === row.offerId && row.agentId && row.offerId) {
    await applyDecisions(ctx, [{ kind: 'assigned', itemId: row._id, itemVersion: row.version, agentId: row.agentId, offerId: row.offerId, by: 'accept', at: ctx.clock.now() }]);
    return true;
  }
  await Interactions.updateOne({ companyId: ctx.companyId, _id: row._id, state: 'offered', offerId: row.offerId }, { $set: { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, updatedAt: new Date(ctx.clock.now()) } });
  return true;
}

async function mendWaiting(ctx: Ctx, row: InteractionDoc, view: ItemView | null): Promise<boolean> {
  if (!view) {
    await admitWork(ctx, row._id, row);
    return true;
  }
  if (view.state === 'waiting') return false;
  const queue = await queueById(ctx.companyId, row.queueId);
  if (!queue) return false;
  const room = roomOf(ctx);
  const now = ctx.clock.now();
  const outcome = view.version < row.version ? await room.transfer(workItemOf(row, queue), now) : await room.requeue({ itemId: row._id }, now);
  await applyDecisions(ctx, outcome.decisions);
  return true;
}

async function mendAssigned(ctx: Ctx, row: InteractionDoc, view: ItemView | null): Promise<boolean> {
  if (!row.agentId || (view && view.agentId === row.agentId && (view.state === 'assigned' || view.state === 'asleep'))) return false;
  const agent = await agentById(ctx.companyId, row.agentId);
  if (!agent) return false;
  if (!view) {
    const queue = await queueById(ctx.companyId, row.queueId);
    if (queue) await roomOf(ctx).arrive({ ...workItemOf(row, queue), preferred: { agentId: row.agentId, untilMs: ctx.clock.now() + 60_000 } }, ctx.clock.now());
  }
  const outcome = await roomOf(ctx).assign(row._id, row.agentId, ctx.clock.now());
  if (!outcome.ok) ctx.log.warn({ workItem: row._id, code: outcome.code }, 'an assignment could not be put back into the waiting room');
  return true;
}

async function releaseEnded(ctx: Ctx, before: Date): Promise<number> {
  const recent = await Interactions.find({ companyId: ctx.companyId, state: 'ended', updatedAt: { $lt: before, $gt: new Date(before.getTime() - 120_000) } }).select('_id').lean<{ _id: string }[]>();
  let released = 0;
  for (const { _id } of recent) {
    if (!(await roomOf(ctx).item(_id))) continue;
    await releaseWork(ctx, _id);
    released += 1;
  }
  return released;
}

/** Settles what is due in the waiting room, whoever should have; run every second by the scheduler. */
export async function tickRoom(ctx: Ctx): Promise<void> {
  const outcome = await roomOf(ctx).tick(ctx.clock.now());
  await applyDecisions(ctx, outcome.decisions);
}

