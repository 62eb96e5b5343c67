import { problem, type Actor, type Ctx } from '../kernel';
import { settleOutcome } from './answer-offer';
import { interactionById, Interactions, type InteractionDoc } from './interaction.model';
import { queueById } from './queue.model';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

const keepSeconds = 300;

/**
 * Hands a live item to a queue, to an agent, or back to where it was, with its seniority. To an agent: kept for them for five minutes.
 * Throws unknown-work-item, unknown-queue, transfer-to-self, agent-unavailable.
 */
export async function moveWork(ctx: Ctx, actor: Actor, move: { interaction: InteractionDoc; queueId?: string; agentId?: string }): Promise<void> {
  const { companyId } = ctx;
  const { interaction } = move;
  if (interaction.state === 'ended') throw problem('unknown-work-item');
  if (move.agentId && move.agentId === interaction.agentId && interaction.state === 'assigned') throw problem('transfer-to-self');
  const queue = await queueById(companyId, move.queueId ?? interaction.queueId);
  if (!queue) throw problem('unknown-queue');
  const now = ctx.clock.now();
  const preferred = move.agentId ? { agentId: move.agentId, until: new Date(now + keepSeconds * 1000) } : null;
  const changed = await Interactions.findOneAndUpdate({ companyId, _id: interaction._id, endedAt: null }, {
    $set: { queueId: queue._id, preferred, state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null, updatedAt: new Date(now) }, $inc: { version: 1 },
  }, { returnDocument: 'after' }).lean<InteractionDoc>();
  if (!changed) throw problem('unknown-work-item');
  await settleOutcome(ctx, await roomOf(ctx).transfer(workItemOf(changed, queue), now));
}

/** A supervisor puts an item back to its queue or another. */
export async function requeueWork(ctx: Ctx, actor: Actor, { id, queueId }: { id: string; queueId?: string }): Promise<void> {
  const interaction = await interactionById(ctx.companyId, id);
  if (!interaction) throw problem('unknown-work-item');
  await moveWork(ctx, actor, queueId === undefined ? { interaction } : { interaction, queueId });
}

/** A supervisor gives an item to an agent at once, never over capacity. Throws at-capacity, agent-unavailable. */
export async function reassignWork(ctx: Ctx, id: string, agentId: string): Promise<void> {
  const interaction = await interactionById(ctx.companyId, id);
  if (!interaction || interaction.state === 'ended') throw problem('unknown-work-item');
  await settleOutcome(ctx, await roomOf(ctx).assign(id, agentId, ctx.clock.now()));
}
