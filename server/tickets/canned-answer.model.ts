import { model } from 'mongoose';
import type { CannedAnswer } from '../../protocol';
import { can, houseSchema, isDuplicate, newId, problem, type Actor, type Ctx } from '../kernel';
import { ticketPorts } from './ports';

type Content = Omit<CannedAnswer, 'id' | 'own'>;
interface CannedDoc extends Content {
  _id: string;
  companyId: string;
  /** Lower-cased. */
  shortcutKey: string;
  /** Whose own it is; empty for everybody's. */
  authorId: string;
}

const schema = houseSchema<CannedDoc>({
  shortcut: { type: String, required: true }, shortcutKey: { type: String, required: true }, name: { type: String, required: true }, text: { type: String, default: '' }, html: { type: String, default: null }, queueIds: { type: [String], default: [] },
  locale: { type: String, default: null }, authorId: { type: String, default: '' },
}, { collection: 'cannedanswers' });
schema.index({ companyId: 1, authorId: 1, shortcutKey: 1 }, { unique: true });
const CannedAnswers = model<CannedDoc>('CannedAnswer', schema);

const present = ({ _id, companyId, shortcutKey, authorId, ...content }: CannedDoc): CannedAnswer => ({ id: _id, ...content, own: authorId !== '' });
const visible = (actor: Actor): string[] => ['', ...(actor.id ? [actor.id] : [])];

/** Canned answers the actor may use, by shortcut; in a queue, those offered there. */
export async function listCanned(ctx: Ctx, actor: Actor, queueId?: string): Promise<CannedAnswer[]> {
  const offered = queueId ? { $or: [{ queueIds: { $size: 0 } }, { queueIds: queueId }] } : {};
  const rows = await CannedAnswers.find({ companyId: ctx.companyId, authorId: { $in: visible(actor) }, ...offered }).sort({ shortcutKey: 1 }).limit(1000).lean<CannedDoc[]>();
  return rows.map(present);
}

/** What a canned answer is found by. */
export type SearchableCanned = Pick<CannedDoc, '_id' | 'shortcut' | 'name' | 'text' | 'queueIds' | 'locale' | 'authorId'>;

/** Canned answers the actor may use, in whatever queue, without their HTML. */
export const searchableCanned = (ctx: Ctx, actor: Actor): Promise<SearchableCanned[]> =>
  CannedAnswers.find({ companyId: ctx.companyId, authorId: { $in: visible(actor) } }).select('shortcut name text queueIds locale authorId').sort({ shortcutKey: 1 }).limit(1000).lean<SearchableCanned[]>();

/** One of them. Throws not-found. */
export async function cannedById(ctx: Ctx, actor: Actor, id: string): Promise<CannedAnswer> {
  const found = await CannedAnswers.findOne({ companyId: ctx.companyId, _id: id, authorId: { $in: visible(actor) } }).lean<CannedDoc>();
  if (!found) throw problem('not-found');
  return present(found);
}

/** Adds one. Throws shortcut-taken, not-allowed. */
export async function addCanned(ctx: Ctx, actor: Actor, { own, ...content }: Omit<CannedAnswer, 'id'>): Promise<CannedAnswer> {
  const doc: CannedDoc = { _id: newId(), companyId: ctx.companyId, ...(await cleaned(content)), shortcutKey: content.shortcut.toLowerCase(), authorId: ownerOf(actor, own) } as CannedDoc;
  await CannedAnswers.create(doc).catch(taken);
  return present(doc);
}

/** Changes one. Throws not-found, shortcut-taken, not-allowed. */
export async function changeCanned(ctx: Ctx, actor: Actor, { id, change }: { id: string; change: Partial<Omit<CannedAnswer, 'id'>> }): Promise<CannedAnswer> {
  const before = await cannedById(ctx, actor, id);
  ownerOf(actor, before.own);
  const { own, ...content } = change;
  const set = { ...(await cleaned(content)), ...(content.shortcut ? { shortcutKey: content.shortcut.toLowerCase() } : {}), ...(own === undefined ? {} : { authorId: ownerOf(actor, own) }) };
  const after = await CannedAnswers.findOneAndUpdate({ companyId: ctx.companyId, _id: id }, { $set: set }, { returnDocument: 'after' }).lean<CannedDoc>().catch(taken);
  if (!after) throw problem('not-found');
  return present(after);
}

/** Removes one. Throws not-found, not-allowed. */
export async function removeCanned(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  ownerOf(actor, (await cannedById(ctx, actor, id)).own);
  await CannedAnswers.deleteOne({ companyId: ctx.companyId, _id: id });
}

const cleaned = async (content: Partial<Content>): Promise<Partial<Content>> => (content.html ? { ...content, html: await ticketPorts().sanitise(content.html) } : content);

function taken(error: unknown): never {
  throw isDuplicate(error) ? problem('shortcut-taken') : error;
}

function ownerOf(actor: Actor, own: boolean): string {
  if (own) return actor.id ?? '';
  if (!can(actor, 'queue.manage')) throw problem('not-allowed', { ability: 'queue.manage' });
  return '';
}
