import { happened, system, type Ctx } from '../kernel';
import type { InboundMessage } from './inbound';
import { Messages, type MessageDoc } from './message.model';
import { suppress } from './suppressed.model';

/** Marks the message a bounce reports about. Answers whether one was found; otherwise the bounce is kept as a message of its own. */
export async function noteBounce(ctx: Ctx, inbound: InboundMessage): Promise<boolean> {
  const refs = [inbound.bounce?.messageRef, ...inbound.thread.references].filter((ref): ref is string => typeof ref === 'string' && ref !== '');
  if (refs.length === 0) return false;
  const { companyId } = ctx;
  const message = await Messages.findOne({ companyId, refs: { $in: refs }, kind: 'agent' }).sort({ seq: -1 }).lean<MessageDoc>();
  if (!message) return false;
  const reason = (inbound.bounce?.recipients ?? []).map((each) => `${each.address}: ${each.reason}`).join('; ').slice(0, 1000);
  // First, so that whoever sees the bounce finds the address stopped.
  for (const each of inbound.bounce?.recipients ?? []) if (each.hard && wroteTo(message, each.address)) await suppress(ctx, { ...each, ticketId: message.ticketId });
  await markDelivery(ctx, { message, state: 'bounced', reason });
  return true;
}

// A report can name any address: only one we wrote to in this very message is believed.
const wroteTo = (message: MessageDoc, address: string): boolean => [...message.to, ...message.cc, ...message.bcc].some((each) => each.address.toLowerCase() === address.toLowerCase());

/** Notes how far a message has come, with the event that tells it. Answers the message as it is then. */
export async function markDelivery(ctx: Ctx, { message, state, reason, extra }: { message: MessageDoc; state: NonNullable<MessageDoc['delivery']>['state']; reason: string; extra?: Partial<MessageDoc> }): Promise<void> {
  const { companyId } = ctx;
  const now = new Date(ctx.clock.now());
  const event = happened('message.delivery', { ticketId: message.ticketId, messageId: message._id, state }, { by: system('delivery'), subject: message.ticketId, at: now.getTime() });
  await Messages.updateOne({ companyId, _id: message._id }, { $set: { delivery: { state, reason, at: now }, ...extra }, $push: { pending: event } });
  await ctx.relay.publish({ collection: 'messages', companyId, id: message._id }, [event]);
}
