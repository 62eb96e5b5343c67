import type { Ability } from '../../protocol';
import { can, problem, scopeOf, type Actor, type Ctx } from '../kernel';
import { queuesServed } from '../workforce';
import type { TicketDoc } from './ticket.model';

/** What of the company the actor reaches: null is everything. */
export interface Reach {
  ownerId: string | null;
  queueIds: string[];
}

/** How far the actor's lists go: their own tickets, those of the queues they serve, or all (null). */
export async function reachOf(ctx: Ctx, actor: Actor): Promise<Reach | null> {
  const scope = scopeOf(actor);
  if (scope === 'all') return null;
  if (scope === 'own' || actor.kind !== 'account') return { ownerId: actor.id, queueIds: [] };
  return { ownerId: actor.id, queueIds: await queuesServed(ctx.companyId, actor.id) };
}

/** The part of a list the actor may see, as a filter. */
export function reachFilter(reach: Reach | null): Record<string, unknown> {
  return reach === null ? {} : { $or: [{ ownerId: reach.ownerId }, { 'helpers.agentId': reach.ownerId }, { queueId: { $in: reach.queueIds } }] };
}

/** Whether a ticket lies within the reach. */
export const within = (reach: Reach | null, ticket: Pick<TicketDoc, 'ownerId' | 'queueId' | 'helpers' | 'followers'>): boolean =>
  reach === null || (reach.ownerId !== null && (ticket.followers ?? []).includes(reach.ownerId)) || (reach.ownerId !== null && (ticket.helpers ?? []).some((each) => each.agentId === reach.ownerId)) || (ticket.ownerId !== null && ticket.ownerId === reach.ownerId) || reach.queueIds.includes(ticket.queueId);

/** Answers the ticket. Throws not-found when it is out of reach, not-allowed when the ability is missing. */
export function demandTicket(actor: Actor, ability: Ability, { ticket, reach }: { ticket: TicketDoc | null; reach: Reach | null }): TicketDoc {
  if (!ticket || !within(reach, ticket)) throw problem('not-found');
  if (!can(actor, ability) || barred(actor, ability, ticket)) throw problem('not-allowed', { ability });
  return ticket;
}

// Who only helps does not end it, and who only looks in does not write to the customer.
function barred(actor: Actor, ability: Ability, ticket: TicketDoc): boolean {
  const help = (ticket.helpers ?? []).find((each) => each.agentId === actor.id && each.state === 'assigned');
  if (!help || ticket.ownerId === actor.id) return false;
  return ability === 'ticket.solve' || (ability === 'ticket.reply' && help.kind === 'consult');
}

const ticketAbilities: readonly Ability[] = ['ticket.reply', 'ticket.note', 'ticket.assign', 'ticket.edit', 'ticket.solve', 'ticket.trash', 'ticket.spam', 'work.requeue'];

/** What the reader may do with the ticket now. */
export function abilitiesOn(actor: Actor, ticket: TicketDoc): string[] {
  const held = ticketAbilities.filter((ability) => can(actor, ability) && !barred(actor, ability, ticket));
  if (ticket.trashedAt) return held.filter((ability) => ability === 'ticket.trash');
  return ticket.status === 'closed' ? held.filter((ability) => ability !== 'ticket.solve') : held;
}
