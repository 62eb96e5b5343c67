import MarkdownIt from 'markdown-it';
import { shownMarkdown, type PublicArticle } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { articleById, Articles, productsOf, type ArticleDoc } from './article.model';
import { shownAt } from './belonging';
import { readable, type Reader } from './readers';
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

const isOpenTo = (article: ArticleDoc, reader: Reader): boolean => readable[reader.audience].includes(article.audience) && belongsTo(article.brandIds, reader.brandId) && (article.confidence === 'validated' || article.confidence === 'not-validated');

/** An article as a reader outside sees it; counts the reading. Throws not-found for what is not open to them. */
export async function showArticle(ctx: Ctx, id: string, { locale, ...reader }: { locale: string | undefined } & Reader): Promise<PublicArticle> {
  const article = await articleById(ctx.companyId, id);
  if (!article || !isOpenTo(article, reader)) throw problem('not-found');
  await Articles.updateOne({ companyId: ctx.companyId, _id: id }, { $inc: { views: 1 } });
  const { text, other } = textFor(article, locale);
  return { id, slug: article.slug, title: text.title, html: renderMarkdown(shownMarkdown(text.body, text.locale)), locale: text.locale, locales: article.texts.map((each) => each.locale), otherLanguage: other, updatedAt: article.updatedAt.toISOString() };
}

const openTo = ({ brandId, audience }: Reader): Record<string, unknown> => ({ audience: { $in: readable[audience] }, confidence: { $in: ['validated', 'not-validated'] }, ...shownAt(brandId) });

/** An article that is open to a reader, by the part of its address; null when there is none. */
export const openArticle = (ctx: Ctx, slug: string, reader: Reader): Promise<Pick<ArticleDoc, '_id' | 'audience'> | null> =>
  Articles.findOne({ companyId: ctx.companyId, slug, ...openTo(reader) }).select('_id audience').lean<Pick<ArticleDoc, '_id' | 'audience'>>();

/** Products that articles open to a reader are about, by name. */
export const openProducts = (ctx: Ctx, reader: Reader): Promise<string[]> => productsOf(ctx.companyId, openTo(reader));

/** Categories of the articles that are open to a reader with how many each holds, by name. */
export async function publicCategories(ctx: Ctx, reader: Reader): Promise<{ name: string; count: number }[]> {
  const rows = await Articles.aggregate<{ _id: string; count: number }>([{ $match: { companyId: ctx.companyId, ...openTo(reader) } }, { $group: { _id: '$category', count: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
  return rows.filter((row) => row._id !== '').map((row) => ({ name: row._id, count: row.count }));
}

/** A public article in a list. */
export interface ListedArticle {
  slug: string;
  title: string;
  locales: string[];
  updatedAt: Date;
}

/** Articles of a category (or of all) that are open to a reader, most read first. */
export async function publicArticles(ctx: Ctx, { category, locale, limit, ...reader }: { category?: string; locale: string; limit: number } & Reader): Promise<ListedArticle[]> {
  const rows = await Articles.find({ companyId: ctx.companyId, ...openTo(reader), ...(category === undefined ? {} : { category }) }).sort({ views: -1, _id: 1 }).limit(limit).lean<ArticleDoc[]>();
  return rows.map((article) => ({ slug: article.slug, title: textFor(article, locale).text.title, locales: article.texts.map((text) => text.locale), updatedAt: article.updatedAt }));
}

/** The articles open to a reader that are read most. */
export async function popularArticles(ctx: Ctx, { locale, ...reader }: { locale: string | undefined } & Reader): Promise<{ id: string; title: string }[]> {
  const rows = await Articles.find({ companyId: ctx.companyId, ...openTo(reader) }).sort({ views: -1, _id: 1 }).limit(5).lean<ArticleDoc[]>();
  return rows.map((article) => ({ id: article._id, title: textFor(article, locale).text.title }));
}
