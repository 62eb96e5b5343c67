import type { Ability } from '../../protocol';
import { problem, type Actor, type Ctx } from '../kernel';
import { demandTicket, reachOf } from './ticket.policy';
import { knownTicket, ticketById, type TicketDoc } from './ticket.model';

interface Wanted {
  id: string;
  ability: Ability;
  /** As this node knows it is enough: what is written afterwards shows whether it held. */
  known?: boolean;
}

/** The ticket, if the actor may do this with it. Throws not-found, not-allowed. */
export async function loadTicket(ctx: Ctx, actor: Actor, { id, ability, known = false }: Wanted): Promise<TicketDoc> {
  const [ticket, reach] = await Promise.all([(known ? knownTicket : ticketById)(ctx.companyId, id), reachOf(ctx, actor)]);
  return demandTicket(actor, ability, { ticket, reach });
}

/** The same, for changes that a ticket in the trash does not admit. Throws ticket-in-trash besides. */
export async function loadLiveTicket(ctx: Ctx, actor: Actor, wanted: Wanted): Promise<TicketDoc> {
  const ticket = await loadTicket(ctx, actor, wanted);
  if (ticket.trashedAt) throw problem('ticket-in-trash');
  return ticket;
}
