import type { Judgement } from '../../protocol';
import type { SortedTicket, SortingPorts } from '../knowledge';
import { Messages, Tickets, type MessageDoc, type TicketDoc } from '../tickets';

const mostTickets = 20_000;
const batch = 500;
const people = { $in: ['person', 'customer'] };
const solved = { status: { $in: ['solved' as const, 'closed' as const] }, spam: false, trashedAt: null, erasedAt: null, $or: [{ 'sorting.topic.by': people }, { 'sorting.urgency.by': 'person' }, { 'sorting.sentiment.by': 'person' }] };
// What the classifier said itself must not teach it.
const said = (judgement: Judgement | null | undefined): string | null => (judgement && judgement.by !== 'classifier' ? judgement.label : null);

/** Solved tickets of which somebody said what they are. */
export const sortingPorts: Omit<SortingPorts, 'companyIds'> = {
  countSorted: (ctx) => Tickets.countDocuments({ companyId: ctx.companyId, ...solved }),
  async sortedTickets(ctx) {
    const tickets = await Tickets.find({ companyId: ctx.companyId, ...solved }).sort({ lastMessageAt: -1 }).limit(mostTickets).select('subject sorting').lean<TicketDoc[]>();
    const rows: SortedTicket[] = [];
    for (let i = 0; i < tickets.length; i += batch) {
      const part = tickets.slice(i, i + batch);
      const first = await Messages.find({ companyId: ctx.companyId, ticketId: { $in: part.map((ticket) => ticket._id) }, seq: 1, kind: 'customer' }).select('ticketId text replyText').lean<MessageDoc[]>();
      const texts = new Map(first.map((message) => [message.ticketId, message.replyText ?? message.text]));
      rows.push(...part.map(({ _id, subject, sorting }) => ({ text: `${subject}\n${texts.get(_id) ?? ''}`, topic: said(sorting?.topic), urgency: said(sorting?.urgency), sentiment: said(sorting?.sentiment) })));
    }
    return rows;
  },
};
