import type { SearchHit } from '../../protocol';
import type { Ctx } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { createSearchIndex, type SearchDocument, type SearchIndex } from './search';

const indexes = new Map<string, Promise<SearchIndex>>();
// Which languages of an article this node has indexed, to take out those that are gone.
const languagesOf = new Map<string, string[]>();
const readable: Record<'public' | 'internal', string[]> = { public: ['public'], internal: ['public', 'customers', 'partners', 'internal'] };

/** What a search asks. */
export interface Question {
  q: string;
  locale: string | undefined;
  audience: 'public' | 'internal';
  limit: number;
}

/** Answers from the company's articles; `otherLanguage` when the language asked for had none. */
export async function searchArticles(ctx: Ctx, { q, locale, audience, limit }: Question): Promise<{ hits: SearchHit[]; otherLanguage: boolean }> {
  const index = await indexOf(ctx);
  const result = index.search({ q, ...(locale ? { lang: locale } : {}), limit: limit * 2, filters: { audiences: readable[audience], states: ['validated', 'not-validated'], ...(locale ? { language: locale } : {}) } });
  const ids = [...new Set(result.hits.map((hit) => articleOf(hit.id)))].slice(0, limit);
  const articles = new Map((await Articles.find({ companyId: ctx.companyId, _id: { $in: ids } }).lean<ArticleDoc[]>()).map((article) => [article._id, article]));
  const hits = ids.flatMap((id) => {
    const hit = result.hits.find((each) => articleOf(each.id) === id);
    const article = articles.get(id);
    const text = article?.texts.find((each) => each.locale === hit?.language);
    if (!hit || !article || !text) return [];
    const passage = hit.passages[0];
    return [{ articleId: id, slug: article.slug, title: text.title, locale: text.locale, score: hit.score, passage: { text: passage?.text ?? text.body.slice(0, 200), marks: (passage?.ranges ?? []).map(([from, to]): [number, number] => [from, to]) } }];
  });
  return { hits, otherLanguage: result.fallback };
}

/** Brings this node's index up to an article as it is now. */
export async function refreshArticle(ctx: Ctx, articleId: string): Promise<void> {
  if (!indexes.has(ctx.companyId)) return;
  const index = await indexOf(ctx);
  const article = await articleById(ctx.companyId, articleId);
  const documents = article ? documentsOf(article) : [];
  const gone = (languagesOf.get(articleId) ?? []).map((locale) => `${articleId}${separator}${locale}`).filter((id) => !documents.some((document) => document.id === id));
  for (const id of gone) index.remove(id);
  for (const document of documents) index.put(document);
  languagesOf.set(articleId, article?.texts.map((text) => text.locale) ?? []);
}

function indexOf(ctx: Ctx): Promise<SearchIndex> {
  const found = indexes.get(ctx.companyId) ?? build(ctx);
  indexes.set(ctx.companyId, found);
  found.catch(() => indexes.delete(ctx.companyId));
  return found;
}

async function build(ctx: Ctx): Promise<SearchIndex> {
  const index = createSearchIndex();
  const rows = await Articles.find({ companyId: ctx.companyId }).lean<ArticleDoc[]>();
  await index.rebuild(rows.flatMap(documentsOf));
  for (const article of rows) languagesOf.set(article._id, article.texts.map((text) => text.locale));
  return index;
}

const separator = '/';
const articleOf = (documentId: string): string => documentId.split(separator)[0] ?? documentId;

const documentsOf = (article: ArticleDoc): SearchDocument[] => article.texts.map((text) => ({
  id: `${article._id}${separator}${text.locale}`, title: text.title, body: text.body, keywords: text.keywords, language: text.locale, audience: article.audience, state: article.confidence,
}));
