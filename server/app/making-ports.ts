import { companyById } from '../access';
import { findChannels } from '../channels/registry';
import { problem } from '../kernel';
import type { MakingPorts } from '../knowledge';
import { Messages, reachOf, ticketById, Tickets, within, type MessageDoc, type TicketDoc } from '../tickets';
import { Interactions, type InteractionDoc } from '../workforce';

const mostTickets = 20_000;
// What a call is called was put together from its record and says nothing about what was asked.
const spoken = new Set(findChannels().filter(({ manifest }) => manifest.media === 'voice').map(({ manifest }) => manifest.id));

/** What the making of knowledge needs from tickets. */
export const makingPorts: MakingPorts = {
  async solvedTicket(ctx, actor, ticketId) {
    const ticket = await ticketById(ctx.companyId, ticketId);
    if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
    const rows = await Messages.find({ companyId: ctx.companyId, ticketId, kind: { $in: ['customer', 'agent'] } }).sort({ seq: 1 }).limit(500).lean<MessageDoc[]>();
    const company = await companyById(ctx.companyId);
    const words = (message: MessageDoc): string => message.replyText ?? message.text;
    return {
      id: ticketId, subject: ticket.subject, question: rows.filter((row) => row.kind === 'customer').map(words)[0] ?? '', answers: rows.filter((row) => row.kind === 'agent' && !row.automatic).map(words).reverse(), locale: company?.locale ?? 'en',
      people: [ticket.customerName, ticket.customerContact, ...ticket.participants.flatMap((each) => [each.name, each.address]), ...rows.map((row) => row.authorName)].filter((name) => name.trim() !== ''),
    };
  },
  async ticketsSince(ctx, since) {
    const rows = await Tickets.find({ companyId: ctx.companyId, createdAt: { $gt: since }, spam: false, trashedAt: null }).sort({ createdAt: -1 }).limit(mostTickets).select('subject channel ownerId status createdAt').lean<TicketDoc[]>();
    return rows.map((row) => ({ id: row._id, subject: spoken.has(row.channel) ? '' : row.subject, ownerId: row.ownerId, solved: row.status === 'solved' || row.status === 'closed', createdAt: row.createdAt }));
  },
  async handlingMinutes(ctx, since) {
    const rows = await Interactions.find({ companyId: ctx.companyId, endedAt: { $gt: since }, acceptedAt: { $ne: null } }).select('acceptedAt endedAt').limit(5000).lean<InteractionDoc[]>();
    const minutes = rows.flatMap((row) => (row.acceptedAt && row.endedAt ? [(row.endedAt.getTime() - row.acceptedAt.getTime()) / 60_000] : []));
    return minutes.length === 0 ? 10 : minutes.reduce((sum, each) => sum + each, 0) / minutes.length;
  },
};
