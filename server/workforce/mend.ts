import type { Decision, ItemView } from '../../queues';
import type { Ctx } from '../kernel';
import { admitWork } from './admit-work';
import { applyDecisions } from './apply-decisions';
import { Interactions, type InteractionDoc } from './interaction.model';
import { queueById } from './queue.model';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

/** Whether a live item's row says what its place in the room says. */
export const agrees = (row: InteractionDoc, view: ItemView | null): boolean => {
  if (!view) return false;
  if (row.state === 'assigned') return view.agentId === row.agentId && (view.state === 'assigned' || view.state === 'asleep');
  return view.state === row.state && view.offerId === row.offerId;
};

/** Brings one live item's row and its place in the room together. Answers whether anything had to be done. */
export async function mend(ctx: Ctx, row: InteractionDoc, view: ItemView | null): Promise<boolean> {
  if (row.state === 'assigned') return mendAssigned(ctx, row, view);
  if (view?.state === 'offered') return view.offerId === row.offerId ? false : noteOffer(ctx, row, view);
  if (row.state === 'waiting') return mendWaiting(ctx, row, view);
  if (view?.state === 'assigned' && view.offerId === row.offerId && row.agentId && row.offerId) {
    await applyDecisions(ctx, [{ kind: 'assigned', itemId: row._id, itemVersion: row.version, agentId: row.agentId, offerId: row.offerId, by: 'accept', at: ctx.clock.now() }]);
    return true;
  }
  await Interactions.updateOne({ companyId: ctx.companyId, _id: row._id, state: 'offered', offerId: row.offerId }, { $set: { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, updatedAt: new Date(ctx.clock.now()) } });
  return true;
}

// Whoever made the offer died before it was written: it is written now, and the agent told.
async function noteOffer(ctx: Ctx, row: InteractionDoc, view: ItemView): Promise<boolean> {
  const { offerId, agentId, expiresAt, queueId, ring, version } = view;
  if (!offerId || !agentId || expiresAt === null || version < row.version) return mendWaiting(ctx, row, view);
  await applyDecisions(ctx, [{ kind: 'offer', itemId: row._id, itemVersion: version, offerId, agentId, queueId, ring, at: ctx.clock.now(), expiresAt, roster: 0, preferred: false, putsAside: false }]);
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

// The store says who has it. When the room has no place for it with them any more, nobody has been told yet: it waits again with its seniority.
async function mendAssigned(ctx: Ctx, row: InteractionDoc, view: ItemView | null): Promise<boolean> {
  const { agentId } = row;
  if (!agentId || (view && view.agentId === agentId && (view.state === 'assigned' || view.state === 'asleep'))) return false;
  const queue = await queueById(ctx.companyId, row.queueId);
  if (!queue) return false;
  const room = roomOf(ctx);
  const about = (decisions: readonly Decision[]): Decision[] => decisions.filter((each) => !('itemId' in each) || each.itemId !== row._id);
  if (!view) await applyDecisions(ctx, about((await room.arrive({ ...workItemOf(row, queue), preferred: { agentId, untilMs: ctx.clock.now() + 60_000 } }, ctx.clock.now())).decisions));
  const outcome = await room.assign(row._id, agentId, ctx.clock.now());
  await applyDecisions(ctx, about(outcome.decisions));
  if (!outcome.ok) await applyDecisions(ctx, [{ kind: 'requeued', itemId: row._id, itemVersion: row.version, offerId: row.decided, agentId, at: ctx.clock.now() }]);
  return true;
}
