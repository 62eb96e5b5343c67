import type { Ctx } from '../kernel';
import { Messages, type MessageDoc } from './message.model';
import type { TicketDoc } from './ticket.model';

/** The exchange with the customer as text, without notes; moments in UTC. */
export async function transcriptOf(ctx: Ctx, ticket: TicketDoc): Promise<string> {
  const rows = await Messages.find({ companyId: ctx.companyId, ticketId: ticket._id, kind: { $in: ['customer', 'agent', 'call'] }, 'delivery.reason': { $ne: 'taken-back' } }).sort({ seq: 1 }).limit(1000).lean<MessageDoc[]>();
  return [`#${ticket.number} ${ticket.subject}`, ...rows.map((row) => `${row.at.toISOString().slice(0, 16).replace('T', ' ')} ${row.authorName}\n\n${(row.replyText ?? row.text).trim()}`)].join('\n\n----\n\n');
}
