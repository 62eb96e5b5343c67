import type { Sorting } from '../../protocol';
import { happened, holdOf, insertTogether, isDuplicate, newId, nextNumber, type Actor, type Ctx } from '../kernel';
import type { MessageDoc } from './message.model';
import { ticketPorts } from './ports';
import type { Routed } from './routing/route-new';
import { summaryOf } from './summarise';
import { termsOf } from './terms';
import { learnTicket, Tickets, type TicketDoc } from './ticket.model';

/** What a new ticket is about. */
export interface TicketSeed {
  sourceKey: string;
  subject: string;
  channel: string;
  queueId: string;
  ownerId: string | null;
  customer: { id: string; name: string; address: string };
  participants: TicketDoc['participants'];
  spam: boolean;
  attributes: Record<string, string>;
  /** The message it is opened with, so that the ticket is born with its summary. */
  opening?: Pick<MessageDoc, 'kind' | 'channel' | 'text' | 'replyText' | 'authorName' | 'automatic'>;
  /** What its words say of it. */
  sorting?: Sorting;
  /** What routing rules decided; absent for what agents open themselves. */
  routed?: Routed;
}

/** Opens a ticket, once per sourceKey; `isNew` is false for one that was there. */
export async function newTicket(ctx: Ctx, actor: Actor, seed: TicketSeed): Promise<{ ticket: TicketDoc; isNew: boolean }> {
  const { companyId } = ctx;
  const id = newId();
  const queueId = seed.routed?.queueId ?? seed.queueId;
  const now = new Date(ctx.clock.now());
  const event = happened('ticket.opened', { ticketId: id, customerId: seed.customer.id, queueId, channel: seed.channel }, { by: actor, subject: id, at: now.getTime() });
  const routed = seed.routed;
  const ticket: TicketDoc = {
    _id: id, companyId, number: await nextNumber(companyId, 'tickets', { hold: holdOf(ctx) }), subject: seed.subject, status: seed.ownerId ? 'open' : 'new', priority: routed?.priority ?? 'normal', channel: seed.channel, queueId, ownerId: seed.ownerId,
    customerId: seed.customer.id, customerName: seed.customer.name, customerContact: seed.customer.address, participants: seed.participants, tags: routed?.tags ?? [], fields: {}, preview: '', lastSeq: 0, lastMessageAt: now, waitingSince: null, dueAt: null,
    unread: false, spam: seed.spam, trashedAt: null, requirement: routed?.requirement ?? {}, intake: routed ? { queueId: seed.queueId, language: routed.language, attributes: seed.attributes, rule: routed.rule } : null, sorting: seed.sorting ?? null, answerBy: null, ask: null, snooze: null,
    targets: [], clockN: 0, riskAt: null, markAt: null, marksTold: [], disposition: null, helpers: [], sourceKey: seed.sourceKey, terms: termsOf(seed.subject, seed.customer.name, seed.customer.address, (seed.opening?.text ?? '').slice(0, 4000)), createdAt: now, solvedAt: null, version: 1, pending: [event],
    ...(seed.opening ? bornWith(seed.opening, now) : {}),
  };
  try {
    await insertTogether(Tickets, ticket, { durable: false, hold: holdOf(ctx) });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const known = await Tickets.findOne({ companyId, sourceKey: seed.sourceKey }).lean<TicketDoc>();
    if (!known) throw error;
    return { ticket: known, isNew: false };
  }
  learnTicket(ticket);
  await ctx.relay.publish({ collection: 'tickets', companyId, id }, [event], { ticket });
  return { ticket, isNew: true };
}

function bornWith(opening: NonNullable<TicketSeed['opening']>, now: Date): Partial<TicketDoc> {
  const waits = opening.kind === 'customer' && !opening.automatic;
  return { ...summaryOf({ ...opening, seq: 1, receivedAt: now }), ...(waits ? { waitingSince: now } : {}) };
}

/** The subject of a ticket, or the first words where the channel has none. */
export function subjectOf(channel: string, subject: string, text: string): string {
  const given = subject.replace(/\s+/g, ' ').trim();
  if (given !== '') return given.slice(0, 998);
  const manifest = ticketPorts().manifestOf(channel);
  // A call's record says in its first line what became of it; the others are details.
  const words = (manifest?.media === 'voice' ? text.trim().replace(/\n.*/s, '') : text).replace(/\s+/g, ' ').trim();
  return words === '' ? (manifest?.name ?? channel) : words.slice(0, 120);
}
