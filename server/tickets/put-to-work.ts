import type { Actor, Ctx } from '../kernel';
import { enqueueWork, type InteractionDoc } from '../workforce';
import { manifestOf } from './ports';
import type { TicketDoc } from './ticket.model';

/** Minutes by which a priority puts an item ahead of one that came at the same time. */
const priorityMinutes: Record<TicketDoc['priority'], number> = { low: -60, normal: 0, high: 30, urgent: 120 };
const lastAgentMs = { live: 20_000, deferred: 120_000 };

/** Lets a ticket wait for an agent: its owner first for a while, then everybody able. A ticket that waits already keeps its place. */
export function putToWork(ctx: Ctx, actor: Actor, { ticket, channel, attributes }: { ticket: TicketDoc; channel: string; attributes: Record<string, string> }): Promise<InteractionDoc> {
  const manifest = manifestOf(channel);
  const now = ctx.clock.now();
  return enqueueWork(ctx, actor, {
    ticketId: ticket._id, ticketNumber: ticket.number, subject: ticket.subject, customerId: ticket.customerId, customerName: ticket.customerName || ticket.customerContact, channel, weight: manifest.weight, interruptible: manifest.interruptible,
    queueId: ticket.queueId, priorityMinutes: priorityMinutes[ticket.priority], arrivedAt: now, dueAt: ticket.dueAt?.getTime() ?? null, attributes,
    preferred: ticket.ownerId ? { agentId: ticket.ownerId, untilMs: now + lastAgentMs[manifest.pace] } : null,
  });
}
