import { newId, type Actor, type Ctx } from '../kernel';
import { both, demandsOf, enqueueWork, queueById, routingSettingsOf, type InteractionDoc } from '../workforce';
import { changeTicket } from './change-ticket';
import { costOf } from './cost';
import { manifestOf } from './ports';
import { findPlace } from './routing/find-place';
import { knownReach, tellOverflow, type Otherwise } from './routing/reach-otherwise';
import type { TicketDoc } from './ticket.model';

const usualLastAgentSeconds = 60;

/** A ticket that needs somebody. `phone`: they are called there. `arrivedAt` (epoch milliseconds) keeps an earlier place. */
export interface Need {
  ticket: TicketDoc;
  channel: string;
  attributes: Record<string, string>;
  phone?: string;
  arrivedAt?: number;
}

/**
 * Lets a ticket wait for an agent: its owner first for a while, then everybody able; where its queue is closed, full or slow, as the queue's
 * overflow says. A ticket that waits already keeps its place; callers look first, so that nobody is told twice.
 */
export async function putToWork(ctx: Ctx, actor: Actor, need: Need): Promise<InteractionDoc> {
  const { ticket } = need;
  const id = newId();
  const place = await findPlace(ctx, { queueId: ticket.queueId, channel: need.channel, workItemId: id });
  const otherwise = place.then ? knownReach(place.then, ticket, need.attributes) : null;
  const moved = await changeTicket(ctx, actor, { ticket, set: { queueId: place.queueId } });
  const told = place.then ? await tellOverflow(ctx, actor, { ticket: moved, then: place.then, otherwise, key: `overflow-${place.queueId}-${ticket.lastSeq}` }) : moved;
  return enqueueWork(ctx, actor, { id, ...(await workOf(ctx, { ...need, ticket: { ...told, ownerId: ticket.ownerId } }, otherwise)), way: place.way });
}

async function workOf(ctx: Ctx, { ticket, channel, attributes, phone, arrivedAt }: Need, otherwise: Otherwise | null) {
  const now = ctx.clock.now();
  const done = otherwise?.channel ?? channel;
  const manifest = manifestOf(done);
  const everywhere = await routingSettingsOf(ctx.companyId);
  const seconds = (await queueById(ctx.companyId, ticket.queueId))?.lastAgentSeconds ?? usualLastAgentSeconds;
  return {
    ticketId: ticket._id, ticketNumber: ticket.number, subject: ticket.subject, customerId: ticket.customerId, customerName: ticket.customerName || ticket.customerContact, channel: done, ...(await costOf(ctx, done)),
    sleeps: manifest.pace === 'live' && manifest.media === 'text', queueId: ticket.queueId, priorityMinutes: everywhere.priorityMinutes[ticket.priority], arrivedAt: arrivedAt ?? now, dueAt: ticket.dueAt?.getTime() ?? null, attributes, requirement: both(ticket.requirement ?? {}, demandsOf(everywhere, { channel: done, language: ticket.intake?.language ?? null })),
    phone: phone ?? otherwise?.phone ?? null, rule: ticket.intake?.rule ?? null, preferred: ticket.ownerId && seconds > 0 ? { agentId: ticket.ownerId, untilMs: now + seconds * 1000 } : null,
  };
}
