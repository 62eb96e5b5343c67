import type { Parsed, knowledgeEndpoints } from '../../protocol';
import { brandsOf } from '../brands';
import { afterPlace, cutPage, readCursor, type Ctx } from '../kernel';
import { Articles, type ArticleDoc } from './article.model';
import { shownAt } from './belonging';
import { searchArticles, type Question } from './knowledge-index';

type Asked = Parsed<typeof knowledgeEndpoints.list>['query'];
const everyState: ArticleDoc['confidence'][] = ['draft', 'not-validated', 'validated', 'archived'];
const base = (locale: string): string => locale.split('-')[0] ?? locale;

/** What the store can tell by itself; of products and versions the index knows more. */
async function conditionsOf(ctx: Ctx, { confidence, audience, locale, brandId, gone, after }: Asked): Promise<Record<string, unknown>> {
  const both: Record<string, unknown>[] = [...(brandId === undefined ? [] : [shownAt(brandId)]), ...(after ? [afterPlace('updatedAt', readCursor(after))] : [])];
  if (gone) both.push({ 'brandIds.0': { $exists: true } }, { brandIds: { $nin: (await brandsOf(ctx.companyId)).map((brand) => brand._id) } });
  return {
    companyId: ctx.companyId, ...(confidence ? { confidence } : {}), ...(audience ? { audience } : {}), ...(both.length > 0 ? { $and: both } : {}),
    ...(locale ? { 'texts.locale': { $in: [base(locale), new RegExp(`^${base(locale)}-`)] } } : {}),
  };
}

/** Articles for colleagues in whatever state: last changed first, or with words the best answer first. */
export async function listArticles(ctx: Ctx, asked: Asked): Promise<{ rows: ArticleDoc[]; next: string | null }> {
  const { q, product, version, limit } = asked;
  const conditions = await conditionsOf(ctx, asked);
  if (!q) {
    const about = [...(product ? [{ $or: [{ 'products.0': { $exists: false } }, { products: product }] }] : []), ...(version ? [{ $or: [{ 'versions.0': { $exists: false } }, { versions: { $in: versionsOf(version) } }] }] : [])];
    const rows = await Articles.find({ ...conditions, ...(about.length > 0 ? { $and: [...((conditions['$and'] as object[] | undefined) ?? []), ...about] } : {}) }).sort({ updatedAt: -1, _id: -1 }).limit(limit + 1).lean<ArticleDoc[]>();
    return cutPage(rows, limit, (article) => ({ at: article.updatedAt, id: article._id }));
  }
  const { hits } = await searchArticles(ctx, questionOf(asked, q));
  const ids = [...new Set(hits.filter((hit) => hit.kind === 'article').map((hit) => hit.articleId))];
  const found = new Map((await Articles.find({ ...conditions, _id: { $in: ids } }).lean<ArticleDoc[]>()).map((article) => [article._id, article]));
  return { rows: ids.flatMap((id) => found.get(id) ?? []), next: null };
}

// "2.3.1" is what articles about 2, 2.3 and 2.3.1 are for.
const versionsOf = (version: string): string[] => version.split('.').map((_part, i, parts) => parts.slice(0, i + 1).join('.'));

function questionOf({ confidence, audience, locale, brandId, product, version, limit }: Asked, q: string): Question {
  return { q, locale, audience: 'internal', limit, states: confidence ? [confidence] : everyState, ...(audience ? { writtenFor: audience } : {}), ...(brandId === undefined ? {} : { brandId }), ...(product ? { product } : {}), ...(version ? { version } : {}) };
}
