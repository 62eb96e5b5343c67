import type { UpdateQuery } from 'mongoose';
import { problem, type Ctx, type PendingEvent } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { Interactions, type InteractionDoc } from './interaction.model';
import { setOverflowTimer } from './overflow-timer';
import { queueById } from './queue.model';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

type Changeable = Partial<Pick<InteractionDoc, 'channel' | 'weight' | 'interruptible' | 'sleeps' | 'phone' | 'dueAt' | 'queueId' | 'queuedAt' | 'overflowAt' | 'overflowStep' | 'pastQueues' | 'preferred' | 'priorityMinutes' | 'requirement'>>;

/**
 * Changes what waits or is offered, in its place: an open offer is withdrawn and made anew. Answers null when it was taken or ended meanwhile.
 * Throws unknown-queue.
 */
export async function changeWork(ctx: Ctx, { interaction, set, events = [] }: { interaction: InteractionDoc; set: Changeable; events?: PendingEvent[] }): Promise<InteractionDoc | null> {
  const { companyId } = ctx;
  const now = ctx.clock.now();
  const queue = await queueById(companyId, set.queueId ?? interaction.queueId);
  if (!queue) throw problem('unknown-queue');
  const update: UpdateQuery<InteractionDoc> = { $set: { ...set, updatedAt: new Date(now) }, $inc: { version: 1 }, ...(events.length > 0 ? { $push: { pending: { $each: events } } } : {}) };
  const changed = await Interactions.findOneAndUpdate({ companyId, _id: interaction._id, version: interaction.version, state: { $in: ['waiting', 'offered'] } }, update, { returnDocument: 'after' }).lean<InteractionDoc>();
  if (!changed) return null;
  const outcome = await roomOf(ctx).arrive(workItemOf(changed, queue), now);
  await applyDecisions(ctx, outcome.decisions);
  await ctx.relay.publish({ collection: 'interactions', companyId, id: changed._id }, events);
  await setOverflowTimer(ctx, changed);
  return changed;
}
