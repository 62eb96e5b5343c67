import { duplicateKey, isDuplicate, type Ctx } from '../kernel';
import { Messages, type MessageDoc } from './message.model';
import { Tickets } from './ticket.model';

/** Moves messages to the end of another ticket, in their order, each once; `back` forgets where they were. A repetition goes on where a crash stopped it. */
export async function moveMessages(ctx: Ctx, messages: MessageDoc[], { to, back = false }: { to: string; back?: boolean }): Promise<void> {
  const { companyId } = ctx;
  for (const message of [...messages].sort((a, b) => a.seq - b.seq)) await moveOne(ctx, message, { to, back });
  const [last] = await Messages.find({ companyId, ticketId: to }).sort({ seq: -1 }).limit(1).select('seq').lean<{ seq: number }[]>();
  if (last) await Tickets.updateOne({ companyId, _id: to }, { $max: { lastSeq: last.seq } });
}

async function moveOne(ctx: Ctx, message: MessageDoc, { to, back }: { to: string; back: boolean }): Promise<void> {
  const { companyId } = ctx;
  const [last] = await Messages.find({ companyId, ticketId: to }).sort({ seq: -1 }).limit(1).select('seq').lean<{ seq: number }[]>();
  const place = { ticketId: to, seq: (last?.seq ?? 0) + 1 };
  const memory = back ? { $unset: { movedFrom: 1 } } : {};
  try {
    await Messages.updateOne({ companyId, _id: message._id, ticketId: message.ticketId }, { $set: { ...place, ...(back ? {} : { movedFrom: { ticketId: message.ticketId, seq: message.seq } }) }, ...memory });
  } catch (error) {
    if (!isDuplicate(error) || !duplicateKey(error).includes('seq')) throw error;
    return moveOne(ctx, message, { to, back });
  }
  await ctx.blobs.own(companyId, [...message.attachments.map((each) => each.blobId), ...(message.rawBlobId ? [message.rawBlobId] : [])], { kind: 'ticket', id: to });
}
