import MarkdownIt from 'markdown-it';
import { shownMarkdown, type PublicArticle } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { shownAt } from './belonging';
import { belongsTo } from './search';

// Raw HTML in an article is shown as text; links lead only to the web and to mail.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false });

/** Markdown as HTML without anything active. */
export const renderMarkdown = (text: string): string => markdown.render(text);

/** The language of an article nearest to the one asked for. */
export function textFor(article: ArticleDoc, locale: string | undefined): { text: ArticleDoc['texts'][number]; other: boolean } {
  const wanted = (locale ?? '').toLowerCase();
  const [first] = article.texts;
  if (!first) throw problem('not-found');
  const exact = article.texts.find((text) => text.locale.toLowerCase() === wanted) ?? article.texts.find((text) => wanted !== '' && text.locale.split('-')[0]?.toLowerCase() === wanted.split('-')[0]);
  return { text: exact ?? first, other: wanted !== '' && !exact };
}

const isPublic = (article: ArticleDoc): boolean => article.audience === 'public' && (article.confidence === 'validated' || article.confidence === 'not-validated');

/** A public article as a customer of a brand (null: of the company itself) reads it; counts the reading. Throws not-found for what is not public there. */
export async function showArticle(ctx: Ctx, id: string, { locale, brandId }: { locale: string | undefined; brandId: string | null }): Promise<PublicArticle> {
  const article = await articleById(ctx.companyId, id);
  if (!article || !isPublic(article) || !belongsTo(article.brandIds, brandId)) throw problem('not-found');
  await Articles.updateOne({ companyId: ctx.companyId, _id: id }, { $inc: { views: 1 } });
  const { text, other } = textFor(article, locale);
  return { id, slug: article.slug, title: text.title, html: renderMarkdown(shownMarkdown(text.body, text.locale)), locale: text.locale, locales: article.texts.map((each) => each.locale), otherLanguage: other, updatedAt: article.updatedAt.toISOString() };
}

const published = (brandId: string | null): Record<string, unknown> => ({ audience: 'public', confidence: { $in: ['validated', 'not-validated'] }, ...shownAt(brandId) });

/** Id of an article that is public at a brand (null: at the company itself) by the part of its address; null when there is none. */
export async function publicIdOf(ctx: Ctx, slug: string, brandId: string | null): Promise<string | null> {
  const found = await Articles.findOne({ companyId: ctx.companyId, slug, ...published(brandId) }).select('_id').lean<{ _id: string }>();
  return found?._id ?? null;
}

/** Categories of the articles that are public at a brand with how many each holds, by name. */
export async function publicCategories(ctx: Ctx, brandId: string | null): Promise<{ name: string; count: number }[]> {
  const rows = await Articles.aggregate<{ _id: string; count: number }>([{ $match: { companyId: ctx.companyId, ...published(brandId) } }, { $group: { _id: '$category', count: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
  return rows.filter((row) => row._id !== '').map((row) => ({ name: row._id, count: row.count }));
}

/** A public article in a list. */
export interface ListedArticle {
  slug: string;
  title: string;
  locales: string[];
  updatedAt: Date;
}

/** Articles of a category (or of all) that are public at a brand, most read first. */
export async function publicArticles(ctx: Ctx, { category, locale, limit, brandId }: { category?: string; locale: string; limit: number; brandId: string | null }): Promise<ListedArticle[]> {
  const rows = await Articles.find({ companyId: ctx.companyId, ...published(brandId), ...(category === undefined ? {} : { category }) }).sort({ views: -1, _id: 1 }).limit(limit).lean<ArticleDoc[]>();
  return rows.map((article) => ({ slug: article.slug, title: textFor(article, locale).text.title, locales: article.texts.map((text) => text.locale), updatedAt: article.updatedAt }));
}

/** The articles public at a brand that are read most. */
export async function popularArticles(ctx: Ctx, { locale, brandId }: { locale: string | undefined; brandId: string | null }): Promise<{ id: string; title: string }[]> {
  const rows = await Articles.find({ companyId: ctx.companyId, ...published(brandId) }).sort({ views: -1, _id: 1 }).limit(5).lean<ArticleDoc[]>();
  return rows.map((article) => ({ id: article._id, title: textFor(article, locale).text.title }));
}
