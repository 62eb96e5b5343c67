import { happened, problem, system, type Actor, type Ctx } from '../kernel';
import { settleOutcome } from './answer-offer';
import { applyDecisions } from './apply-decisions';
import { work } from './decision-changes';
import { interactionById, Interactions, type InteractionDoc } from './interaction.model';
import { endInvitationsOf } from './invitations';
import { setOverflowTimer, timingIn } from './overflow-timer';
import { queueById } from './queue.model';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

const keepSeconds = 300;

/** Where a live item goes. `notTo`: somebody who is not offered it again for the queue's cool-down. */
export interface Move {
  interaction: InteractionDoc;
  queueId?: string;
  agentId?: string;
  /** Skills asked for from now on, besides those asked for already. */
  requirement?: Record<string, number>;
  notTo?: string | null;
  why?: string;
}

/**
 * Hands a live item to a queue, to an agent, or back to where it was, with its seniority. To an agent: kept for them for five minutes.
 * Throws unknown-work-item, unknown-queue, transfer-to-self.
 */
export async function moveWork(ctx: Ctx, actor: Actor, move: Move): Promise<void> {
  const { companyId } = ctx;
  const { interaction } = move;
  if (interaction.state === 'ended') throw problem('unknown-work-item');
  if (move.agentId && move.agentId === interaction.agentId && interaction.state === 'assigned') throw problem('transfer-to-self');
  const queue = await queueById(companyId, move.queueId ?? interaction.queueId);
  if (!queue) throw problem('unknown-queue');
  await endInvitationsOf(ctx, actor, { ticketId: interaction.ticketId, kind: 'transfer' });
  const now = ctx.clock.now();
  const preferred = move.agentId ? { agentId: move.agentId, until: new Date(now + keepSeconds * 1000) } : null;
  const event = happened('work.requeued', { ...work(interaction), queueId: queue._id, agentId: interaction.agentId, why: move.why ?? 'transferred' }, { by: actor, subject: interaction._id, at: now });
  const handled = interaction.acceptedAt ? { segments: { kind: 'handling', agentId: interaction.agentId, queueId: interaction.queueId, from: interaction.acceptedAt, to: new Date(now) } } : {};
  const changed = await Interactions.findOneAndUpdate({ companyId, _id: interaction._id, endedAt: null }, {
    $set: { queueId: queue._id, requirement: { ...interaction.requirement, ...move.requirement }, preferred, state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null, asleep: false, updatedAt: new Date(now), ...(queue._id === interaction.queueId ? {} : timingIn(queue, { channel: interaction.channel, now })) }, $inc: { version: 1 }, $push: { pending: event, ...handled },
  }, { returnDocument: 'after' }).lean<InteractionDoc>();
  if (!changed) throw problem('unknown-work-item');
  await setOverflowTimer(ctx, changed);
  const item = workItemOf(changed, queue);
  if (move.notTo) item.excluded = { [move.notTo]: now + queue.coolDownSeconds * 1000 };
  const outcome = await roomOf(ctx).transfer(item, now);
  await applyDecisions(ctx, outcome.decisions);
  await ctx.relay.publish({ collection: 'interactions', companyId, id: interaction._id }, [event]);
  // The room may not have it yet; the store says that it waits, and the sweep puts it there.
  if (!outcome.ok && outcome.code !== 'duplicate') await settleOutcome(ctx, { ...outcome, decisions: [] });
}

/** A supervisor puts an item back to its queue or another. */
export async function requeueWork(ctx: Ctx, actor: Actor, { id, queueId }: { id: string; queueId?: string }): Promise<void> {
  const interaction = await interactionById(ctx.companyId, id);
  if (!interaction) throw problem('unknown-work-item');
  await moveWork(ctx, actor, { interaction, notTo: interaction.agentId, why: 'requeued', ...(queueId === undefined ? {} : { queueId }) });
}

/** Gives an item to an agent at once, never over capacity. Throws at-capacity, agent-unavailable, transfer-to-self, unknown-work-item. */
export async function reassignWork(ctx: Ctx, id: string, agentId: string): Promise<void> {
  const interaction = await interactionById(ctx.companyId, id);
  if (!interaction || interaction.state === 'ended' || interaction.invitation) throw problem('unknown-work-item');
  await settleOutcome(ctx, await roomOf(ctx).assign(id, agentId, ctx.clock.now()), { why: 'reassigned' });
  await endInvitationsOf(ctx, system('router'), { ticketId: interaction.ticketId, kind: 'transfer' });
}
