import type { Actor, Ctx } from '../kernel';
import { enqueueWork, queueById, type InteractionDoc } from '../workforce';
import { costOf } from './cost';
import { manifestOf } from './ports';
import type { TicketDoc } from './ticket.model';

/** Minutes by which a priority puts an item ahead of one that came at the same time. */
const priorityMinutes: Record<TicketDoc['priority'], number> = { low: -60, normal: 0, high: 30, urgent: 120 };
const usualLastAgentSeconds = 60;

/** Lets a ticket wait for an agent: its owner first for as long as the queue says, then everybody able. A ticket that waits already keeps its place. */
export async function putToWork(ctx: Ctx, actor: Actor, { ticket, channel, attributes }: { ticket: TicketDoc; channel: string; attributes: Record<string, string> }): Promise<InteractionDoc> {
  const manifest = manifestOf(channel);
  const now = ctx.clock.now();
  const seconds = (await queueById(ctx.companyId, ticket.queueId))?.lastAgentSeconds ?? usualLastAgentSeconds;
  return enqueueWork(ctx, actor, {
    ticketId: ticket._id, ticketNumber: ticket.number, subject: ticket.subject, customerId: ticket.customerId, customerName: ticket.customerName || ticket.customerContact, channel, ...(await costOf(ctx, channel)),
    sleeps: manifest.pace === 'live' && manifest.media === 'text', queueId: ticket.queueId, priorityMinutes: priorityMinutes[ticket.priority], arrivedAt: now, dueAt: ticket.dueAt?.getTime() ?? null, attributes,
    preferred: ticket.ownerId && seconds > 0 ? { agentId: ticket.ownerId, untilMs: now + seconds * 1000 } : null,
  });
}
