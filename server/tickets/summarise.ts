import { Lane, patienceMs, type Ctx, type DomainEvent } from '../kernel';
import { messageById, type MessageDoc } from './message.model';
import { termsOf } from './terms';
import { policiesOf } from '../service-levels';
import { knownTicket, noteTicket, ticketById, Tickets, type TicketDoc } from './ticket.model';

const previewLength = 200;

/** Brings the ticket's summary up to a message. Ordered by place: an older message never overwrites a newer one's summary. */
export async function summariseMessage(ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> {
  if (isSummarised(live)) return;
  const message = liveMessage(live) ?? (await messageById(ctx.companyId, String(event.data['messageId'])));
  if (!message) return;
  await summaries.add(message, { hold: patienceMs });
}

// What is said on a ticket in one moment changes it once: a question and its answer often are.
const summaries = new Lane<MessageDoc, void>(async (messages) => {
  const tickets = new Map<string, MessageDoc[]>();
  for (const message of messages) tickets.set(message.ticketId, [...(tickets.get(message.ticketId) ?? []), message]);
  await Tickets.collection.bulkWrite([...tickets.values()].flatMap((said) => changesBy(said.sort((one, other) => one.seq - other.seq))) as never, { ordered: true });
  return messages.map(() => undefined);
});

function changesBy(messages: readonly MessageDoc[]): unknown[] {
  const { companyId, ticketId, seq } = messages.at(-1) as MessageDoc;
  const place = { companyId, _id: ticketId };
  const said: Record<string, unknown> = Object.assign({}, ...messages.map(summaryOf));
  const terms = new Set(messages.flatMap((message) => termsOf(message.text.slice(0, 20_000), message.authorName)));
  const change = (where: object, set: object) => ({ updateOne: { filter: { ...place, lastSeq: { $lt: seq }, ...where }, update: { $set: { ...said, ...set }, $inc: { version: messages.length }, $addToSet: { terms: { $each: [...terms] } } } } });
  const answered = messages.findLastIndex(answers);
  const since = messages.slice(answered + 1).find(asks)?.receivedAt;
  if (answered >= 0 || !since) return [change({}, answered >= 0 ? { waitingSince: since ?? null } : {})];
  // Who waits already goes on waiting since then. The last one is for a message that is older than the summary.
  const waits = { waitingSince: since };
  return [change({ waitingSince: null }, waits), change({}, {}), { updateOne: { filter: { ...place, waitingSince: null }, update: { $set: waits } } }];
}

const asks = ({ kind, automatic }: Pick<MessageDoc, 'kind' | 'automatic'>): boolean => kind === 'customer' && !automatic;
const answers = ({ kind, automatic }: Pick<MessageDoc, 'kind' | 'automatic'>): boolean => kind === 'agent' && !automatic;

/** The ticket of a message as it is with it: its summary may be on its way to the store still. */
export async function ticketWith(companyId: string, ticketId: string, message: MessageDoc | null): Promise<TicketDoc | null> {
  // With service levels a message moves due times too; those are written before anybody is told.
  if (!message || (await policiesOf(companyId)).length > 0) return ticketById(companyId, ticketId);
  const ticket = await knownTicket(companyId, ticketId);
  if (!ticket || ticket.lastSeq >= message.seq) return ticket;
  noteTicket(companyId, ticketId, (kept) => (kept.lastSeq >= message.seq ? kept : kept.lastSeq === message.seq - 1 ? withSummary(kept, message) : null));
  return withSummary(ticket, message);
}

function withSummary(ticket: TicketDoc, message: MessageDoc): TicketDoc {
  const waits = asks(message) && ticket.waitingSince === null;
  return { ...ticket, ...summaryOf(message), ...(waits ? { waitingSince: message.receivedAt } : {}), version: ticket.version + 1 };
}

const isSummarised = (live: unknown): boolean => typeof live === 'object' && live !== null && 'summarised' in live && live.summarised === true;

/** The message a publisher handed along with its event; null after a restart. */
export const liveMessage = (live: unknown): MessageDoc | null =>
  typeof live === 'object' && live !== null && 'message' in live ? revived(live.message as MessageDoc) : null;

// What came by pub/sub has its dates as text.
const revived = (message: MessageDoc): MessageDoc => ({ ...message, at: new Date(message.at), receivedAt: new Date(message.receivedAt), sendAt: message.sendAt ? new Date(message.sendAt) : null, delivery: message.delivery ? { ...message.delivery, at: new Date(message.delivery.at) } : null });

/** What a ticket's summary says after a message. */
export function summaryOf(message: Pick<MessageDoc, 'seq' | 'receivedAt' | 'kind' | 'replyText' | 'text' | 'channel' | 'automatic'>): Record<string, unknown> {
  const base: Record<string, unknown> = { lastSeq: message.seq, lastMessageAt: message.receivedAt };
  if (message.kind === 'system') return base;
  const preview = (message.replyText ?? message.text).replace(/\s+/g, ' ').trim().slice(0, previewLength);
  if (message.kind !== 'note') base['preview'] = preview;
  if (message.kind === 'customer' || message.kind === 'call') Object.assign(base, { channel: message.channel, unread: true });
  if (answers(message)) base['waitingSince'] = null;
  return base;
}
