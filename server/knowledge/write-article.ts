import type { Article, ArticleText } from '../../protocol';
import { demand, happened, newId, problem, type Actor, type Ctx } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { checkBrands } from './belonging';
import { keepVersion } from './making';
import { ownFiles } from './pictures';

type ArticleInput = Pick<Article, 'category' | 'audience' | 'confidence'> & Partial<Pick<Article, 'governance' | 'products' | 'versions' | 'brandIds'>> & { texts: ArticleText[] };

type Timing = Pick<ArticleDoc, 'ownerId' | 'reviewAt' | 'publishAt'>;

/** Refuses whoever may not write an article like this. */
export function demandWriting(actor: Actor, article: Governed): void {
  demand(actor, 'article.write');
  if (isGuarded(article)) demand(actor, 'article.publish');
}

/** Writes a new article. What is to be seen by customers needs article.publish. Throws bad-input for brands that are not there. */
export async function addArticle(ctx: Ctx, actor: Actor, input: ArticleInput): Promise<ArticleDoc> {
  demandWriting(actor, input);
  await checkBrands(ctx, input.brandIds);
  const id = newId();
  const now = new Date(ctx.clock.now());
  const event = happened('article.changed', { articleId: id }, { by: actor, subject: id, at: now.getTime() });
  const article: ArticleDoc = { _id: id, companyId: ctx.companyId, slug: slugOf(input.texts[0]?.title ?? '', id), governance: 'experience', products: [], versions: [], brandIds: [], ...input, version: 1, ownerId: actor.kind === 'account' ? actor.id : null, views: 0, helpful: 0, unhelpful: 0, reused: 0, reviewAt: null, reviewedAt: now, publishAt: null, flags: [], createdAt: now, updatedAt: now, pending: [event] };
  await Articles.create(article);
  await ownFiles(ctx, input.texts.map((text) => text.body), id);
  await ctx.relay.publish({ collection: 'articles', companyId: ctx.companyId, id }, [event]);
  return article;
}

/** Changes an article. Throws not-found, version-conflict, not-allowed, and bad-input for brands that are not there. */
export async function changeArticle(ctx: Ctx, actor: Actor, { id, input, basedOn }: { id: string; input: Partial<ArticleInput & Timing>; basedOn?: number }): Promise<ArticleDoc> {
  demand(actor, 'article.write');
  const before = await articleById(ctx.companyId, id);
  if (!before) throw problem('not-found');
  if (isGuarded({ ...before, ...input }) || isGuarded(before)) demand(actor, 'article.publish');
  if (input.publishAt) demand(actor, 'article.publish');
  if (input.publishAt && input.publishAt.getTime() < ctx.clock.now()) throw problem('bad-schedule');
  await checkBrands(ctx, input.brandIds, before.brandIds);
  const now = new Date(ctx.clock.now());
  await keepVersion(ctx, actor, before);
  const event = happened('article.changed', { articleId: id }, { by: actor, subject: id, at: now.getTime() });
  const after = await Articles.findOneAndUpdate({ companyId: ctx.companyId, _id: id, version: basedOn ?? before.version }, { $set: { ...input, updatedAt: now, reviewedAt: now }, $inc: { version: 1 }, $push: { pending: event } }, { returnDocument: 'after' }).lean<ArticleDoc>();
  if (!after) throw problem('version-conflict');
  if (input.texts) await ownFiles(ctx, input.texts.map((text) => text.body), id);
  await ctx.relay.publish({ collection: 'articles', companyId: ctx.companyId, id }, [event]);
  return after;
}

type Governed = Pick<Article, 'audience' | 'confidence'> & Partial<Pick<Article, 'governance'>>;
// What readers outside see, and what laws or contracts prescribe.
const isGuarded = ({ audience, confidence, governance }: Governed): boolean => governance === 'compliance' || (audience !== 'internal' && confidence !== 'draft');

function slugOf(title: string, id: string): string {
  const words = title.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${words === '' ? 'article' : words}-${id.slice(-6)}`;
}
