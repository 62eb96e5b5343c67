import { model } from 'mongoose';
import { houseSchema, newId, problem, type Ctx } from '../kernel';
import { Articles } from './article.model';
import { shownAt } from './belonging';
import { readable, type Reader } from './readers';

/** What a reader said of an article. */
export interface FeedbackDoc {
  _id: string;
  companyId: string;
  articleId: string;
  helpful: boolean;
  reason: string | null;
  comment: string;
  session: string | null;
  front: string;
  at: Date;
}

const schema = houseSchema<FeedbackDoc>({ articleId: { type: String, required: true }, helpful: { type: Boolean, required: true }, reason: { type: String, default: null }, comment: { type: String, default: '' }, session: { type: String, default: null }, front: { type: String, default: '' }, at: { type: Date, required: true } }, { collection: 'articlefeedback' });
schema.index({ companyId: 1, articleId: 1, at: -1 });

/** The collection of what readers said. */
export const Feedback = model<FeedbackDoc>('ArticleFeedback', schema);

/** Counts a reader's vote on an article that is open to them and keeps its words. Throws not-found. */
export async function voteOn(ctx: Ctx, articleId: string, vote: { helpful: boolean; reason?: string; comment?: string; session?: string; front: string } & Reader): Promise<void> {
  const { companyId } = ctx;
  const done = await Articles.updateOne({ companyId, _id: articleId, audience: { $in: readable[vote.audience] }, ...shownAt(vote.brandId) }, { $inc: vote.helpful ? { helpful: 1 } : { unhelpful: 1 } });
  if (done.matchedCount === 0) throw problem('not-found');
  await Feedback.create({ _id: newId(), companyId, articleId, helpful: vote.helpful, reason: vote.reason ?? null, comment: (vote.comment ?? '').trim(), session: vote.session ?? null, front: vote.front, at: new Date(ctx.clock.now()) });
}
