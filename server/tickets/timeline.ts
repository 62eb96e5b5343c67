import type { TimelineEntry } from '../../protocol';
import { afterPlace, cutPage, readCursor, type Actor, type Ctx } from '../kernel';
import { Tickets, type TicketDoc } from './ticket.model';
import { reachFilter, reachOf } from './ticket.policy';

/** Everything with the given customers (one person's merged records), newest first, as far as the actor reaches. */
export async function timelineOf(ctx: Ctx, actor: Actor, { customerIds, after, limit }: { customerIds: string[]; after?: string; limit: number }): Promise<{ rows: TimelineEntry[]; next: string | null }> {
  const conditions = [reachFilter(await reachOf(ctx, actor)), after ? afterPlace('lastMessageAt', readCursor(after)) : {}];
  const rows = await Tickets.find({ companyId: ctx.companyId, customerId: { $in: customerIds }, $and: conditions }).sort({ lastMessageAt: -1, _id: -1 }).limit(limit + 1).lean<TicketDoc[]>();
  const page = cutPage(rows, limit, (ticket) => ({ at: ticket.lastMessageAt, id: ticket._id }));
  return { rows: page.rows.map((ticket) => ({ id: ticket._id, kind: 'ticket', ticketId: ticket._id, channel: ticket.channel, at: ticket.createdAt.toISOString(), title: `#${ticket.number} ${ticket.subject}`, status: ticket.status })), next: page.next };
}

/** How many tickets the given customers have together. */
export const ticketsOf = (ctx: Ctx, customerIds: string[]): Promise<number> => Tickets.countDocuments({ companyId: ctx.companyId, customerId: { $in: customerIds } });
