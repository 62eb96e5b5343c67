import { members } from '../customers';
import type { Ctx } from '../kernel';
import type { InboundMessage } from './inbound';
import { Messages } from './message.model';
import { knownTicket, ticketById, ticketByNumber, Tickets, type TicketDoc } from './ticket.model';

// A live conversation that was solved goes on when the customer writes again within this time; later it is a new matter.
const liveAgainMs = 3600_000;

/** Evidence that a message belongs to a ticket. */
export interface Match {
  ticket: TicketDoc;
  by: 'token' | 'reference' | 'subject' | 'live';
}

/**
 * Finds the ticket a message belongs to: signed token, then references newest first, then a ticket number in the subject if the sender takes
 * part already. Live channels go on with the customer's last conversation. Null: a new matter.
 */
export async function matchTicket(ctx: Ctx, inbound: InboundMessage, { customerId, live }: { customerId: string; live: boolean }): Promise<Match | null> {
  if (inbound.thread.forwarded) return null;
  const match = await placed(ctx, inbound, { customerId, live });
  return match && { ...match, ticket: await whereItWent(ctx, match.ticket) };
}

// Mail to a ticket that was folded into another one goes there.
async function whereItWent(ctx: Ctx, ticket: TicketDoc): Promise<TicketDoc> {
  const kept = ticket.mergedInto ? await ticketById(ctx.companyId, ticket.mergedInto.id) : null;
  return kept ? whereItWent(ctx, kept) : ticket;
}

async function placed(ctx: Ctx, inbound: InboundMessage, { customerId, live }: { customerId: string; live: boolean }): Promise<Match | null> {
  const byToken = inbound.thread.ticketId ? await ticketById(ctx.companyId, inbound.thread.ticketId) : null;
  if (byToken && !byToken.erasedAt) return { ticket: byToken, by: 'token' };
  const byReference = await referenced(ctx, inbound);
  if (byReference) return { ticket: byReference, by: 'reference' };
  const byNumber = await numbered(ctx, inbound, customerId);
  if (byNumber) return { ticket: byNumber, by: 'subject' };
  const current = live ? ((await stillCurrent(ctx, inbound, customerId)) ?? (await currentLive(ctx, inbound.channel, customerId))) : null;
  return current ? { ticket: current, by: 'live' } : null;
}

async function referenced(ctx: Ctx, inbound: InboundMessage): Promise<TicketDoc | null> {
  const { references } = inbound.thread;
  if (references.length === 0) return null;
  const known = await Messages.find({ companyId: ctx.companyId, refs: { $in: references } }).select('ticketId refs').limit(200).lean<{ ticketId: string; refs: string[] }[]>();
  for (const reference of references) {
    const hit = known.find((message) => message.refs.includes(reference));
    if (hit) return ticketById(ctx.companyId, hit.ticketId);
  }
  return null;
}

async function numbered(ctx: Ctx, inbound: InboundMessage, customerId: string): Promise<TicketDoc | null> {
  // Who only pretends to be somebody who takes part does not take part.
  if (inbound.thread.ticketNumber === undefined || inbound.spam) return null;
  const ticket = await ticketByNumber(ctx.companyId, inbound.thread.ticketNumber);
  const takesPart = ticket && (ticket.customerId === customerId || ticket.participants.some((each) => each.address === inbound.from.value));
  return takesPart ? ticket : null;
}

// What the channel saw last is the conversation that goes on, unless it was ended or is somebody else's by now.
async function stillCurrent(ctx: Ctx, inbound: InboundMessage, customerId: string): Promise<TicketDoc | null> {
  const ticket = inbound.thread.currentId ? await knownTicket(ctx.companyId, inbound.thread.currentId) : null;
  const goesOn = ticket && ticket.customerId === customerId && ticket.channel === inbound.channel && !ticket.trashedAt && ticket.status !== 'closed' && ticket.status !== 'solved';
  return goesOn ? ticket : null;
}

/** The customer's conversation on a live channel that a further message goes on with. */
export async function currentLive(ctx: Ctx, channel: string, customerId: string): Promise<TicketDoc | null> {
  const [last] = await Tickets.find({ companyId: ctx.companyId, customerId: { $in: await members(ctx, customerId) }, channel, trashedAt: null }).sort({ lastMessageAt: -1 }).limit(1).lean<TicketDoc[]>();
  if (!last || last.status === 'closed') return null;
  if (last.status === 'solved' && ctx.clock.now() - (last.solvedAt ?? last.lastMessageAt).getTime() > liveAgainMs) return null;
  return last;
}

/** The ticket that a new one has to do with: what was forwarded came from there, or a stranger named its number. Null mostly. */
export async function relatedTicket(ctx: Ctx, inbound: InboundMessage, customerId: string): Promise<{ ticket: TicketDoc; kind: 'forwarded' | 'related' } | null> {
  const forwarded = inbound.thread.forwarded ? await placed(ctx, inbound, { customerId, live: false }) : null;
  if (forwarded) return { ticket: forwarded.ticket, kind: 'forwarded' };
  const named = inbound.thread.ticketNumber === undefined ? null : await ticketByNumber(ctx.companyId, inbound.thread.ticketNumber);
  return named ? { ticket: named, kind: 'related' } : null;
}
