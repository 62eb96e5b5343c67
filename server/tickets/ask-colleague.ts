import type { InvitationKind } from '../../protocol';
import { can, problem, type Actor, type Ctx } from '../kernel';
import { endInvitation, inviteAgent, liveInteraction, type InteractionDoc } from '../workforce';
import { costOf } from './cost';
import { loadLiveTicket } from './load-ticket';
import { checkReceiver, leaveNote, nameOf, requirementOf, type Receiver } from './transfer-ticket';
import { note } from './solve-ticket';
import { ticketById, type TicketDoc } from './ticket.model';

/**
 * Asks a colleague, or whoever serves a queue, to take over or to help. Until they accept nothing changes, and helpers never become the owner.
 * Throws ticket-closed, not-allowed, nothing-in-hand, transfer-to-self, agent-unavailable, already-asked, unknown-queue, unknown-account, unknown-skill, nobody-has-skill, bad-input.
 */
export async function askColleague(ctx: Ctx, actor: Actor, { id, kind, text, ...receiver }: Receiver & { id: string; kind: InvitationKind; text?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: kind === 'transfer' ? 'ticket.assign' : 'ticket.note' });
  if (ticket.status === 'closed') throw problem('ticket-closed');
  await checkReceiver(ctx, actor, { ...receiver, home: ticket.queueId });
  const live = await liveInteraction(ctx.companyId, id);
  if (kind === 'transfer' && live?.agentId !== actor.id && !can(actor, 'work.reassign')) throw problem(live?.state === 'assigned' ? 'not-allowed' : 'nothing-in-hand');
  await inviteAgent(ctx, actor, {
    kind, note: text ?? '', requirement: requirementOf(receiver), queueId: receiver.queueId ?? ticket.queueId, ...(receiver.agentId === undefined ? {} : { agentId: receiver.agentId }),
    ticket: { ticketId: id, ticketNumber: ticket.number, subject: ticket.subject, customerId: ticket.customerId, customerName: ticket.customerName || ticket.customerContact, channel: ticket.channel, priorityMinutes: live?.priorityMinutes ?? 0, ...(await costOf(ctx, ticket.channel)) },
  });
  if (text) await leaveNote(ctx, actor, { ticket, text });
  await note(ctx, actor, { ticket, code: `asked-${kind}`, params: { by: actor.name, name: await nameOf(ctx, receiver) } });
  return (await ticketById(ctx.companyId, id)) ?? ticket;
}

/** Takes an invitation back, or ends the help: the one who helps, who asked, or the owner may. Throws unknown-work-item, not-allowed. */
export async function endHelp(ctx: Ctx, actor: Actor, { id, invitationId }: { id: string; invitationId: string }): Promise<void> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.read' });
  const concerns = ({ agentId, ticketId, invitation }: InteractionDoc): boolean => ticketId === id && [agentId, invitation?.byId, ticket.ownerId].includes(actor.id);
  await endInvitation(ctx, actor, { id: invitationId, mayEnd: (doc) => concerns(doc) || (doc.ticketId === id && can(actor, 'work.reassign')) });
}
