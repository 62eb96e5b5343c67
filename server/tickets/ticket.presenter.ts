import type { Message, Ticket, TicketSummary } from '../../protocol';
import { liveInteraction, type InteractionDoc } from '../workforce';
import type { Actor, Ctx } from '../kernel';
import type { MessageDoc } from './message.model';
import type { TicketDoc } from './ticket.model';
import { abilitiesOn } from './ticket.policy';

/** A ticket as lists show it. */
export function presentSummary(ticket: TicketDoc, now = Date.now()): TicketSummary {
  return {
    id: ticket._id, number: ticket.number, subject: ticket.subject, status: ticket.status, priority: ticket.priority, channel: ticket.channel, queueId: ticket.queueId, ownerId: ticket.ownerId,
    customer: { id: ticket.customerId, name: ticket.customerName, address: ticket.customerContact }, tags: ticket.tags, preview: ticket.preview, lastSeq: ticket.lastSeq, lastMessageAt: ticket.lastMessageAt.toISOString(),
    waitingSince: ticket.waitingSince?.toISOString() ?? null, dueAt: ticket.dueAt?.toISOString() ?? null, riskAt: ticket.riskAt?.toISOString() ?? null, dueState: dueStateOf(ticket, now), snoozedUntil: ticket.snooze?.at.toISOString() ?? null, unread: ticket.unread, spam: ticket.spam, trashedAt: ticket.trashedAt?.toISOString() ?? null, createdAt: ticket.createdAt.toISOString(), version: ticket.version,
  };
}

// How the service level stands now. Breached is what runs late; a clock that stands still is neither late nor in time.
function dueStateOf({ dueAt, riskAt, targets }: TicketDoc, now: number): TicketSummary['dueState'] {
  if (dueAt) return dueAt.getTime() < now ? 'breached' : riskAt && riskAt.getTime() <= now ? 'at-risk' : 'fine';
  return (targets ?? []).some((each) => each.state === 'paused') ? 'paused' : null;
}

/** The whole ticket with what the reader may do. */
export async function presentTicket(ctx: Ctx, actor: Actor, ticket: TicketDoc): Promise<Ticket> {
  const interaction = await liveInteraction(ctx.companyId, ticket._id);
  return { ...presentSummary(ticket, ctx.clock.now()), participants: ticket.participants, fields: ticket.fields, givenEmail: ticket.intake?.attributes['email'] ?? null, disposition: ticket.disposition, mergedInto: ticket.mergedInto ? { id: ticket.mergedInto.id, number: ticket.mergedInto.number } : null, workItem: interaction ? presentWork(interaction) : null,
    helpers: (ticket.helpers ?? []).map((each) => ({ ...each, since: each.since.toISOString() })), targets: (ticket.targets ?? []).map((each) => ({ ...each, dueAt: each.dueAt?.toISOString() ?? null, warnAt: each.warnAt?.toISOString() ?? null })), snooze: ticket.snooze ? { at: ticket.snooze.at.toISOString(), kind: ticket.snooze.kind, note: ticket.snooze.note } : null, sorting: ticket.sorting ?? null, can: abilitiesOn(actor, ticket) };
}

const presentWork = (interaction: InteractionDoc): NonNullable<Ticket['workItem']> => ({ id: interaction._id, state: interaction.state, agentId: interaction.agentId, why: interaction.why });

/** A message as it crosses the wire. */
export function presentMessage(message: MessageDoc): Message {
  return {
    id: message._id, ticketId: message.ticketId, seq: message.seq, clientId: message.clientId, kind: message.kind, channel: message.channel, author: { id: message.authorId, name: message.authorName }, subject: message.subject, text: message.text,
    html: message.html, replyText: message.replyText, to: message.to, cc: message.cc, attachments: message.attachments.map((each) => ({ id: each.blobId, name: each.name, type: each.type, size: each.size, inline: each.inline, url: `/files/${each.blobId}` })),
    call: message.call, system: message.system, automatic: message.automatic, delivery: message.delivery ? { ...message.delivery, at: message.delivery.at.toISOString() } : null,
    ...(message.bcc.length > 0 ? { bcc: message.bcc } : {}), ...(message.forwardOf ? { forwardOf: message.forwardOf } : {}), ...(message.trust ? { trust: message.trust } : {}), ...(message.originalId ? { original: true } : {}),
    leavesAt: message.delivery && ['queued', 'delayed'].includes(message.delivery.state) ? (message.sendAt?.toISOString() ?? null) : null,
    at: message.at.toISOString(), receivedAt: message.receivedAt.toISOString(),
  };
}
