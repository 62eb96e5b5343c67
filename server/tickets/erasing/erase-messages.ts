import type { ForgottenPerson } from '../../customers';
import type { Ctx } from '../../kernel';
import { Intakes, type IntakeDoc } from '../intake.model';
import { Messages, type MessageDoc } from '../message.model';

const nothing = { subject: '', text: '', html: null, replyText: null, to: [], cc: [], bcc: [], attachments: [], refs: [], externalId: null, rawBlobId: null };
const people = ['agent', 'note', 'system'];

/** Takes words, names, addresses and files out of messages, with the originals they were read from; who of ours wrote when, and how it was rated, stays. */
export async function eraseMessages(ctx: Ctx, messages: readonly MessageDoc[], person: ForgottenPerson): Promise<void> {
  await eraseOriginals(ctx, messages.flatMap((message) => message.originalId ?? []));
  await removeFiles(ctx, messages);
  for (const message of messages) await Messages.updateOne({ companyId: ctx.companyId, _id: message._id }, { $set: { ...nothing, ...keptOf(message, person) }, $unset: { trust: 1, from: 1, originalId: 1 } });
}

function keptOf({ kind, authorId, authorName, call, system, delivery }: MessageDoc, person: ForgottenPerson): Partial<MessageDoc> {
  const ours = people.includes(kind) && !person.customerIds.includes(authorId ?? '') && !person.names.includes(authorName);
  const params = Object.entries(system?.params ?? {}).map(([key, value]): [string, string | number | null] => [key, typeof value === 'number' || (key === 'by' && ours) ? value : '']);
  // What was still to be sent stays here.
  const unsent = delivery?.state === 'queued' || delivery?.state === 'delayed';
  return {
    authorName: ours ? authorName : '', call: call && { ...call, from: '', to: '', recordingUrl: null }, system: system && { ...system, params: Object.fromEntries(params) },
    delivery: delivery && { ...delivery, reason: unsent ? 'taken-back' : '', state: unsent ? 'failed' : delivery.state },
  };
}

/** The originals are gone; the same mail coming again is still recognised. */
export async function eraseOriginals(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { companyId } = ctx;
  const rows = await Intakes.find({ companyId, _id: { $in: ids } }).select('blobId').lean<IntakeDoc[]>();
  await ctx.blobs.remove(companyId, rows.flatMap((row) => row.blobId ?? []));
  await Intakes.updateMany({ companyId, _id: { $in: ids } }, { $set: { content: null, blobId: null, meta: {}, reason: '' } });
}

// What belongs to a ready-made answer or to somebody's upload is not the ticket's to remove.
async function removeFiles(ctx: Ctx, messages: readonly MessageDoc[]): Promise<void> {
  const ids = messages.flatMap((message) => [...message.attachments.map((each) => each.blobId), ...(message.rawBlobId ? [message.rawBlobId] : [])]);
  const infos = await Promise.all([...new Set(ids)].map((id) => ctx.blobs.info(ctx.companyId, id)));
  await ctx.blobs.remove(ctx.companyId, infos.flatMap((info) => (info?.owner.kind === 'ticket' ? [info._id] : [])));
}

/** What somebody else wrote stays theirs; the exchange quoted below it goes, and the person among those it went to. */
export async function eraseFromOthersMessage(ctx: Ctx, message: MessageDoc, { person: { addresses }, quotes }: { person: ForgottenPerson; quotes: boolean }): Promise<void> {
  const others = (list: MessageDoc['to']): MessageDoc['to'] => list.filter((each) => !addresses.includes(each.address.toLowerCase()));
  const words = quotes ? { text: message.replyText ?? message.text, html: null, replyText: null, rawBlobId: null } : {};
  if (quotes && message.rawBlobId) await ctx.blobs.remove(ctx.companyId, [message.rawBlobId]);
  if (quotes && message.originalId) await eraseOriginals(ctx, [message.originalId]);
  await Messages.updateOne({ companyId: ctx.companyId, _id: message._id }, { $set: { to: others(message.to), cc: others(message.cc), bcc: others(message.bcc), ...words }, ...(quotes ? { $unset: { originalId: 1 } } : {}) });
}
