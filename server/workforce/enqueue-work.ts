import type { Actor, Ctx, PendingEvent } from '../kernel';
import { happened, insertTogether, isDuplicate, newId, problem } from '../kernel';
import { Interactions, liveInteraction, type InteractionDoc } from './interaction.model';
import { queueById } from './queue.model';

/** What waits for an agent, as tickets describe it. Times in epoch milliseconds, priority in minutes. */
export interface NewWork {
  ticketId: string;
  ticketNumber: number;
  subject: string;
  customerId: string;
  customerName: string;
  channel: string;
  weight: number;
  interruptible: boolean;
  /** A live conversation in text: a silent customer frees its capacity. */
  sleeps: boolean;
  queueId: string;
  priorityMinutes: number;
  /** First arrival; kept through transfers. */
  arrivedAt: number;
  dueAt: number | null;
  attributes: Record<string, string>;
  preferred: { agentId: string; untilMs: number } | null;
}

/**
 * Makes a work item for a ticket and lets it wait; the waiting room takes it when the event is relayed, so that a crash in between loses
 * nothing. A ticket that has a live one keeps it. Throws unknown-queue.
 */
export async function enqueueWork(ctx: Ctx, actor: Actor, work: NewWork): Promise<InteractionDoc> {
  const queue = await queueById(ctx.companyId, work.queueId);
  if (!queue) throw problem('unknown-queue');
  const interaction = interactionOf(ctx, work);
  const event = happened('work.arrived', { workItemId: interaction._id, ticketId: work.ticketId, queueId: work.queueId, channel: work.channel, priority: Math.round(work.priorityMinutes) }, { by: actor, subject: interaction._id, at: ctx.clock.now() });
  try {
    await insertTogether(Interactions, { ...interaction, pending: [event] }, { durable: false });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const live = await liveInteraction(ctx.companyId, work.ticketId);
    return live ?? enqueueWork(ctx, actor, work);
  }
  await publish(ctx, interaction, [event]);
  return interaction;
}

const publish = (ctx: Ctx, interaction: InteractionDoc, events: PendingEvent[]): Promise<void> =>
  ctx.relay.publish({ collection: 'interactions', companyId: ctx.companyId, id: interaction._id }, events, { interaction });

function interactionOf(ctx: Ctx, work: NewWork): InteractionDoc {
  const now = new Date(ctx.clock.now());
  const { preferred, arrivedAt, dueAt, ...rest } = work;
  return {
    ...rest, _id: newId(), companyId: ctx.companyId, state: 'waiting', version: 1, arrivedAt: new Date(arrivedAt), dueAt: dueAt === null ? null : new Date(dueAt),
    preferred: preferred ? { agentId: preferred.agentId, until: new Date(preferred.untilMs) } : null, agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null, endedAt: null,
    how: null, disposition: null, why: '', segments: [], invitation: null, asleep: false, customerAt: now, updatedAt: now,
  };
}
