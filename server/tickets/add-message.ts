import { duplicateKey, happened, holdOf, insertTogether, isDuplicate, newId, type Actor, type Ctx } from '../kernel';
import { Messages, type MessageDoc } from './message.model';
import type { TicketDoc } from './ticket.model';

/** What a message is made of; everything else has a default. */
export type NewMessage = Partial<MessageDoc> & Pick<MessageDoc, 'clientId' | 'kind' | 'channel'>;

/** What came of it: the message as stored, and whether it had been there before. */
export interface Added {
  message: MessageDoc;
  duplicate: boolean;
}

interface Adding {
  ticket: Pick<TicketDoc, '_id' | 'queueId'>;
  message: NewMessage;
  /** The ticket's last place as far as the caller knows, which saves asking; a wrong one is noticed. */
  after?: number;
  /** The ticket's summary tells of this message already. */
  summarised?: boolean;
  /** The agent who had the call it records. */
  handlerId?: string;
}

/** Adds a message at the end of the ticket's timeline, waiting for the disk. The same clientId again answers the first one. */
export async function addMessage(ctx: Ctx, actor: Actor, { ticket, message, after, summarised = false, handlerId }: Adding): Promise<Added> {
  const { companyId } = ctx;
  const seq = placeAfter(ticket._id, after ?? lastPlaces.get(ticket._id) ?? (await lastSeq(companyId, ticket._id)));
  const now = new Date(ctx.clock.now());
  const id = newId();
  const event = happened('message.added', { ticketId: ticket._id, queueId: ticket.queueId, messageId: id, seq, kind: message.kind, channel: message.channel, automatic: message.automatic ?? false, ...(handlerId ? { agentId: handlerId } : {}) }, { by: actor, subject: ticket._id, at: now.getTime() });
  const whole: MessageDoc = { ...blank(now), ...message, _id: id, companyId, ticketId: ticket._id, seq, pending: [event] };
  try {
    await insertTogether(Messages, whole, { durable: true, hold: holdOf(ctx), orderedBy: 'ticketId' });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const known = await Messages.findOne({ companyId, ticketId: ticket._id, clientId: message.clientId }).lean<MessageDoc>();
    if (known) return { message: known, duplicate: true };
    if (!duplicateKey(error).includes('seq')) throw error;
    // Another node took the place: ask where the end is.
    lastPlaces.delete(ticket._id);
    return addMessage(ctx, actor, { ticket, message, summarised, ...(handlerId ? { handlerId } : {}) });
  }
  await ctx.relay.publish({ collection: 'messages', companyId, id }, [event], { message: whole, summarised: summarised && seq === 1 });
  return { message: whole, duplicate: false };
}

// The last place this process gave on a ticket. Inserts leave in the order their places were given, so nobody sees a later one before an earlier one.
const lastPlaces = new Map<string, number>();
const mostPlaces = 10_000;

function placeAfter(ticketId: string, last: number): number {
  const place = Math.max(last, lastPlaces.get(ticketId) ?? 0) + 1;
  lastPlaces.delete(ticketId);
  lastPlaces.set(ticketId, place);
  if (lastPlaces.size > mostPlaces) lastPlaces.delete(lastPlaces.keys().next().value ?? '');
  return place;
}

/** The last place this process knows of on a ticket; 0 when it knows of none. */
export const knownLastPlace = (ticketId: string): number => lastPlaces.get(ticketId) ?? 0;

async function lastSeq(companyId: string, ticketId: string): Promise<number> {
  const [last] = await Messages.find({ companyId, ticketId }).sort({ seq: -1 }).limit(1).select('seq').lean<{ seq: number }[]>();
  return last?.seq ?? 0;
}

const blank = (now: Date) => ({
  authorId: null, authorName: '', subject: '', text: '', html: null, replyText: null, to: [], cc: [], bcc: [], attachments: [], call: null, system: null, automatic: false, delivery: null,
  sendAt: null, sendVersion: 0, attempts: 0, refs: [], externalId: null, rawBlobId: null, at: now, receivedAt: now,
});
