import type { OverflowAction } from '../../protocol';
import type { Actor, Ctx, PendingEvent } from '../kernel';
import { happened, holdOf, insertTogether, isDuplicate, newId, problem } from '../kernel';
import { Interactions, liveInteraction, type InteractionDoc } from './interaction.model';
import type { Overflowing } from './overflow';
import { setOverflowTimer, timingIn } from './overflow-timer';
import { queueById, type QueueDoc } from './queue.model';

/** What waits for an agent, as tickets describe it. Times in epoch milliseconds, priority in minutes. */
export interface NewWork {
  /** Its id, when one was given out already. */
  id?: string;
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
  /** Skills asked for besides the queue's own. */
  requirement: Record<string, number>;
  /** Number to call, when it is a callback. */
  phone: string | null;
  /** Name of the routing rule that sent it here; null: none. */
  rule: string | null;
  /** Overflows on the way here, in order: from which queue, where to, why. */
  way: { from: string; to: OverflowAction['to']; why: Overflowing['why']; measured: number }[];
}

/**
 * Makes a work item for a ticket and lets it wait; the waiting room takes it when the event is relayed, so that a crash in between loses
 * nothing. A ticket that has a live one keeps it. Throws unknown-queue.
 */
export async function enqueueWork(ctx: Ctx, actor: Actor, work: NewWork): Promise<InteractionDoc> {
  const queue = await queueById(ctx.companyId, work.queueId);
  if (!queue) throw problem('unknown-queue');
  const interaction = interactionOf(ctx, work, queue);
  const about = { by: actor, subject: interaction._id, at: ctx.clock.now() };
  const named = { workItemId: interaction._id, ticketId: work.ticketId, queueId: work.queueId, channel: work.channel };
  const events = [...work.way.map((step) => happened('work.overflowed', { ...named, ...step }, about)), happened('work.arrived', { ...named, priority: Math.round(work.priorityMinutes), rule: work.rule }, about)];
  try {
    await insertTogether(Interactions, { ...interaction, pending: events }, { durable: false, hold: holdOf(ctx) });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const live = await liveInteraction(ctx.companyId, work.ticketId);
    return live ?? enqueueWork(ctx, actor, work);
  }
  await publish(ctx, interaction, events);
  await setOverflowTimer(ctx, interaction);
  return interaction;
}

const publish = (ctx: Ctx, interaction: InteractionDoc, events: PendingEvent[]): Promise<void> =>
  ctx.relay.publish({ collection: 'interactions', companyId: ctx.companyId, id: interaction._id }, events, { interaction });

function interactionOf(ctx: Ctx, work: NewWork, queue: QueueDoc): InteractionDoc {
  const now = new Date(ctx.clock.now());
  const { id = newId(), preferred, arrivedAt, dueAt, rule: _rule, way, ...rest } = work;
  return {
    ...rest, _id: id, companyId: ctx.companyId, state: 'waiting', version: 1, arrivedAt: new Date(arrivedAt), dueAt: dueAt === null ? null : new Date(dueAt),
    preferred: preferred ? { agentId: preferred.agentId, until: new Date(preferred.untilMs) } : null, agentId: null, offerId: null, offerExpiresAt: null, decided: '', acceptedAt: null, endedAt: null,
    how: null, disposition: null, why: '', segments: [], ...timingIn(queue, { channel: work.channel, now: now.getTime() }), pastQueues: [...new Set(way.map((step) => step.from))].filter((id) => id !== work.queueId),
    invitation: null, asleep: false, customerAt: now, updatedAt: now,
  };
}
