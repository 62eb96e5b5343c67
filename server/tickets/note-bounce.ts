import { customerAt, members } from '../customers';
import { happened, system, type Ctx } from '../kernel';
import type { InboundMessage } from './inbound';
import { Messages, type MessageDoc } from './message.model';
import { suppress } from './suppressed.model';
import { Tickets } from './ticket.model';

type Report = NonNullable<InboundMessage['bounce']>;
const mostReasons = 1000;
const namelessForMs = 5 * 86_400_000;
const left = ['sent', 'delivered', 'read', 'delayed'] as const;

/** Marks the message a bounce reports about. Answers whether one was found; otherwise the bounce is kept as a message of its own. */
export async function noteBounce(ctx: Ctx, inbound: InboundMessage): Promise<boolean> {
  const { recipients } = inbound.bounce ?? { recipients: [] };
  const named = await namedMessage(ctx, inbound);
  const message = named ?? (await lastSentTo(ctx, recipients));
  if (!message) return false;
  const ofIt = recipients.filter((each) => wroteTo(message, each.address));
  const reason = recipients.map((each) => `${each.address}: ${each.reason}`).join('; ').slice(0, mostReasons);
  if (recipients.length > 0 && recipients.every((each) => each.delayed)) return noteDelay(ctx, message, reason);
  const unreached = [...(message.unreached ?? []).filter((old) => !ofIt.some((each) => isSame(each.address, old.address))), ...ofIt.map(({ address, reason: why }) => ({ address, reason: why, lasting: true }))];
  const missed = missedOf(message, unreached);
  // Somebody else may still be on our list of those to try.
  const goesOn = message.delivery?.state === 'delayed' && message.sendAt !== null;
  // A report can name any address: only one we wrote to in this very message is believed, and only a report that names the message, whose id nobody can guess. First, so that whoever sees the bounce finds the address stopped.
  if (named) for (const each of ofIt) if (each.hard) await suppress(ctx, { ...each, ticketId: message.ticketId });
  await markDelivery(ctx, { message, state: goesOn ? 'delayed' : 'bounced', reason, ...missed, extra: { unreached: missed.missed ? unreached : [] } });
  return true;
}

// It may still arrive: the mail server that has it goes on trying, we do not.
async function noteDelay(ctx: Ctx, message: MessageDoc, reason: string): Promise<true> {
  if (message.delivery?.state === 'sent') await markDelivery(ctx, { message, state: 'delayed', reason, extra: { sendAt: null } });
  return true;
}

async function namedMessage({ companyId }: Ctx, inbound: InboundMessage): Promise<MessageDoc | null> {
  const refs = [inbound.bounce?.messageRef, ...inbound.thread.references].filter((ref): ref is string => typeof ref === 'string' && ref !== '');
  return refs.length === 0 ? null : Messages.findOne({ companyId, refs: { $in: refs }, kind: 'agent' }).sort({ seq: -1 }).lean<MessageDoc>();
}

// Some servers name the address only: the last mail that went there within five days is meant.
async function lastSentTo(ctx: Ctx, recipients: Report['recipients']): Promise<MessageDoc | null> {
  const [only] = recipients;
  if (!only || recipients.length > 1) return null;
  const customer = await customerAt(ctx, 'email', only.address);
  if (!customer) return null;
  const tickets = await Tickets.find({ companyId: ctx.companyId, customerId: { $in: await members(ctx, customer) } }).sort({ lastMessageAt: -1 }).limit(5).select('_id').lean<{ _id: string }[]>();
  const sent = await Messages.find({ companyId: ctx.companyId, ticketId: { $in: tickets.map((each) => each._id) }, kind: 'agent', 'delivery.state': { $in: left }, at: { $gt: new Date(ctx.clock.now() - namelessForMs) } }).sort({ _id: -1 }).limit(20).lean<MessageDoc[]>();
  return sent.find((each) => wroteTo(each, only.address)) ?? null;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const peopleOf = (message: MessageDoc): string[] => [...message.to, ...message.cc, ...message.bcc].map((each) => each.address);
const wroteTo = (message: MessageDoc, address: string): boolean => peopleOf(message).some((each) => isSame(each, address));

/** Those a message has not reached, where it reached others; nothing otherwise. */
export function missedOf(message: MessageDoc, unreached: { address: string }[]): { missed?: string[] } {
  const without = peopleOf(message).filter((each) => !unreached.some(({ address }) => isSame(each, address)));
  return unreached.length === 0 || without.length === 0 ? {} : { missed: unreached.map((each) => each.address) };
}

/** Notes how far a message has come, with the event that tells it. Answers the message as it is then. */
export async function markDelivery(ctx: Ctx, { message, state, reason, missed, extra }: { message: MessageDoc; state: NonNullable<MessageDoc['delivery']>['state']; reason: string; missed?: string[]; extra?: Partial<MessageDoc> }): Promise<void> {
  const { companyId } = ctx;
  const now = new Date(ctx.clock.now());
  const event = happened('message.delivery', { ticketId: message.ticketId, messageId: message._id, state }, { by: system('delivery'), subject: message.ticketId, at: now.getTime() });
  await Messages.updateOne({ companyId, _id: message._id }, { $set: { delivery: { state, reason, at: now, ...(missed?.length ? { missed } : {}) }, ...extra }, $push: { pending: event } });
  await ctx.relay.publish({ collection: 'messages', companyId, id: message._id }, [event]);
}
