import { model } from 'mongoose';
import { houseSchema, isDuplicate, newId, type Actor, type Ctx } from '../../kernel';

/** An article that answered a ticket, or was made from it. */
export interface ArticleLinkDoc {
  _id: string;
  companyId: string;
  ticketId: string;
  articleId: string;
  how: 'linked' | 'created';
  accountId: string | null;
  at: Date;
}

const schema = houseSchema<ArticleLinkDoc>({ ticketId: { type: String, required: true }, articleId: { type: String, required: true }, how: { type: String, required: true }, accountId: { type: String, default: null }, at: { type: Date, required: true } }, { collection: 'articlelinks' });
schema.index({ companyId: 1, ticketId: 1, articleId: 1 }, { unique: true });
schema.index({ companyId: 1, articleId: 1, at: -1 });
schema.index({ companyId: 1, at: -1 });

/** The collection of links between tickets and articles. */
export const ArticleLinks = model<ArticleLinkDoc>('ArticleLink', schema);

/** Notes a link, once. */
export async function addLink(ctx: Ctx, actor: Actor, link: Pick<ArticleLinkDoc, 'ticketId' | 'articleId' | 'how'>): Promise<void> {
  await ArticleLinks.create({ _id: newId(), companyId: ctx.companyId, ...link, accountId: actor.kind === 'account' ? actor.id : null, at: new Date(ctx.clock.now()) }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
}
