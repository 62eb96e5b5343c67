import { model } from 'mongoose';
import { houseSchema, newId, type Actor, type Ctx } from '../../kernel';
import type { ArticleDoc } from '../article.model';

/** An article as it was before somebody changed it. */
export interface ArticleVersionDoc extends Pick<ArticleDoc, 'texts' | 'category' | 'audience' | 'confidence' | 'version'> {
  _id: string;
  companyId: string;
  articleId: string;
  at: Date;
  by: string | null;
}

const schema = houseSchema<ArticleVersionDoc>({
  articleId: { type: String, required: true }, version: { type: Number, required: true }, texts: { type: [Object], required: true }, category: { type: String, default: '' }, audience: { type: String, required: true }, confidence: { type: String, required: true }, at: { type: Date, required: true }, by: { type: String, default: null },
}, { collection: 'articleversions' });
schema.index({ companyId: 1, articleId: 1, version: -1 }, { unique: true });

/** The collection of earlier versions. */
export const ArticleVersions = model<ArticleVersionDoc>('ArticleVersion', schema);

/** Keeps an article as it is, before it changes. Writing the same version again changes nothing. */
export async function keepVersion(ctx: Ctx, actor: Actor, { _id: articleId, version, texts, category, audience, confidence }: ArticleDoc): Promise<void> {
  await ArticleVersions.updateOne({ companyId: ctx.companyId, articleId, version }, { $setOnInsert: { _id: newId(), texts, category, audience, confidence, at: new Date(ctx.clock.now()), by: actor.kind === 'account' ? actor.id : null } }, { upsert: true });
}
