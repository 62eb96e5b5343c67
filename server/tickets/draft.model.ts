import { model } from 'mongoose';
import type { Draft } from '../../protocol';
import { houseSchema, problem, type Actor, type Ctx } from '../kernel';
import { loadTicket } from './load-ticket';
import { Messages } from './message.model';
import { ticketPorts } from './ports';
import { unownedMs } from './receive-upload';

type Content = Omit<Draft, 'clientId' | 'files' | 'author' | 'mine' | 'updatedAt'>;
interface DraftDoc extends Content {
  _id: string;
  companyId: string;
  clientId: string;
  authorId: string;
  authorName: string;
  updatedAt: Date;
  /** Files it brought along itself; what else it names is somebody's already. */
  uploads?: string[];
}

const list = { type: [String], default: [] };
const text = { type: String, default: '' };
const schema = houseSchema<DraftDoc>({
  clientId: { type: String, required: true }, authorId: { type: String, required: true }, authorName: text, updatedAt: { type: Date, required: true }, ticketId: { type: String, default: null }, kind: { type: String, default: 'agent' }, mode: { type: String, default: 'reply' },
  text, html: { type: String, default: null }, subject: text, to: list, cc: list, bcc: list, attachmentIds: list, queueId: { type: String, default: null }, shared: { type: Boolean, default: false }, seenSeq: { type: Number, default: 0 }, uploads: { type: [String], default: undefined },
}, { collection: 'drafts' });
schema.index({ companyId: 1, authorId: 1, clientId: 1 }, { unique: true });
schema.index({ companyId: 1, ticketId: 1, updatedAt: -1 });
schema.index({ companyId: 1, attachmentIds: 1 });
const Drafts = model<DraftDoc>('Draft', schema);

const forMs = 90 * 86_400_000;

async function present(ctx: Ctx, actor: Actor, draft: DraftDoc): Promise<Draft> {
  const { _id, companyId, authorId, authorName, updatedAt, uploads: _uploads, ...content } = draft;
  const infos = await Promise.all(content.attachmentIds.map((id) => ctx.blobs.info(companyId, id)));
  // Only what is the draft's to hold: an id alone tells nothing about another's file.
  const holds = ({ owner }: { owner: { kind: string; id: string } }): boolean => (owner.kind === 'ticket' && owner.id === content.ticketId) || (owner.kind === 'draft' && owner.id === _id) || (owner.kind === 'pending' && owner.id === authorId);
  const files = infos.flatMap((info) => (info && holds(info) ? [{ id: info._id, name: info.name, type: info.type, size: info.size, inline: false, url: `/files/${info._id}` }] : []));
  return { ...content, files, author: { id: authorId, name: authorName }, mine: authorId === actor.id, updatedAt: updatedAt.toISOString() };
}

/** Saves a draft of the actor's. Throws not-found for a ticket out of reach. */
export async function saveDraft(ctx: Ctx, actor: Actor, { clientId, content }: { clientId: string; content: Partial<Content> }): Promise<Draft> {
  if (actor.id === null) throw problem('not-allowed');
  if (content.ticketId) await loadTicket(ctx, actor, { id: content.ticketId, ability: 'ticket.note' });
  const before = await Drafts.findOne({ companyId: ctx.companyId, authorId: actor.id, clientId }).lean<DraftDoc>();
  const html = content.html ? { html: await ticketPorts().sanitise(content.html) } : {};
  const set = { ...content, ...html, authorName: actor.name, updatedAt: new Date(ctx.clock.now()) };
  const draft = await Drafts.findOneAndUpdate({ companyId: ctx.companyId, authorId: actor.id, clientId }, { $set: set }, { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true }).lean<DraftDoc>();
  if (!draft) throw problem('not-found');
  // A file that a draft holds lives as long as a draft may.
  const files = await heldBy(ctx, actor, content.attachmentIds ?? []);
  if (files.length > 0) {
    await Drafts.updateOne({ companyId: ctx.companyId, _id: draft._id }, { $addToSet: { uploads: { $each: files } } });
    await ctx.blobs.own(ctx.companyId, files, ownerFor(draft));
  }
  const dropped = before?.attachmentIds.filter((id) => !draft.attachmentIds.includes(id)) ?? [];
  await letGo(ctx, draft, dropped);
  return present(ctx, actor, draft);
}

// What is on a ticket stays there, also when it is about to be forwarded.
async function heldBy(ctx: Ctx, actor: Actor, ids: readonly string[]): Promise<string[]> {
  const infos = await Promise.all(ids.map((id) => ctx.blobs.info(ctx.companyId, id)));
  return infos.flatMap((info) => (info && info.owner.kind === 'pending' && info.owner.id === actor.id ? [info._id] : []));
}

/** Whether a draft is the actor's. */
export const ownDraft = async (ctx: Ctx, actor: Actor, id: string): Promise<boolean> => (await Drafts.exists({ companyId: ctx.companyId, _id: id, authorId: actor.id })) !== null;

/** The actor's drafts, latest first; of a ticket, those that colleagues share as well. */
export async function listDrafts(ctx: Ctx, actor: Actor, ticketId?: string): Promise<Draft[]> {
  if (ticketId) await loadTicket(ctx, actor, { id: ticketId, ability: 'ticket.read' });
  const whose = ticketId ? { ticketId, $or: [{ authorId: actor.id }, { shared: true }] } : { authorId: actor.id };
  const rows = await Drafts.find({ companyId: ctx.companyId, ...whose, updatedAt: { $gt: new Date(ctx.clock.now() - forMs) } }).sort({ updatedAt: -1 }).limit(200).lean<DraftDoc[]>();
  return Promise.all(rows.map((row) => present(ctx, actor, row)));
}

/** Lets go of the actor's draft, if there is one: what it held belongs to the message it became. */
export async function removeDraft(ctx: Ctx, actor: Actor, clientId: string): Promise<void> {
  await Drafts.deleteOne({ companyId: ctx.companyId, authorId: actor.id ?? '', clientId });
}

/** Throws the actor's draft away; files that nothing else shows go a day later. */
export async function discardDraft(ctx: Ctx, actor: Actor, clientId: string): Promise<void> {
  const draft = await Drafts.findOneAndDelete({ companyId: ctx.companyId, authorId: actor.id ?? '', clientId }).lean<DraftDoc>();
  if (draft) await letGo(ctx, draft, draft.attachmentIds);
}

/** Throws away whatever anybody was writing on a ticket, with the files; its customer is to be forgotten. */
export async function eraseDrafts(ctx: Ctx, ticketId: string): Promise<void> {
  const { companyId } = ctx;
  const rows = await Drafts.find({ companyId, ticketId }).select('uploads').lean<DraftDoc[]>();
  await ctx.blobs.remove(companyId, rows.flatMap((row) => row.uploads ?? []));
  await Drafts.deleteMany({ companyId, ticketId });
}

const ownerFor = ({ _id, ticketId }: DraftDoc): { kind: string; id: string } => (ticketId ? { kind: 'ticket', id: ticketId } : { kind: 'draft', id: _id });

// What it brought along is its author's upload again for a day: a message may be under way that takes it, and what was cut out may be put back.
async function letGo(ctx: Ctx, draft: DraftDoc, ids: readonly string[]): Promise<void> {
  const { companyId, ticketId } = draft;
  const brought = ids.filter((id) => draft.uploads?.includes(id));
  const others = await Promise.all(brought.map((id) => Drafts.exists({ companyId, attachmentIds: id })));
  const free = brought.filter((_id, i) => others[i] === null);
  if (free.length === 0) return;
  await ctx.blobs.lend(companyId, free, { from: ownerFor(draft), to: { kind: 'pending', id: draft.authorId }, until: new Date(ctx.clock.now() + unownedMs) });
  if (!ticketId) return;
  const messages = await Messages.find({ companyId, ticketId, 'attachments.blobId': { $in: free } }).select('attachments.blobId').lean<{ attachments: { blobId: string }[] }[]>();
  const shown = new Set(messages.flatMap((message) => message.attachments.map((each) => each.blobId)));
  await ctx.blobs.own(companyId, free.filter((id) => shown.has(id)), { kind: 'ticket', id: ticketId });
}
