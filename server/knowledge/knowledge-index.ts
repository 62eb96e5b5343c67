import type { Article, KnowledgeSettings, SearchHit } from '../../protocol';
import type { Ctx } from '../kernel';
import { articleById, Articles, type ArticleDoc } from './article.model';
import { documentsOf, documentsOfGuide, placeOf } from './documents';
import { publishedGuides } from './guides';
import { modelsOf, vectorsSince } from './models';
import { knowledgeSettingsOf, putKnowledgeSettings, readable, type Audience } from './readers';
import { addMeaning, createSearchIndex, type MeaningIndex, type SearchDocument, type SearchFilters, type SearchHit as Found, type SearchIndex, type SearchQuery, type SearchResult } from './search';

const indexes = new Map<string, Promise<SearchIndex>>();
// What this node has indexed of each article and guide, to take out the languages that are gone.
const indexed = new Map<string, string[]>();

/** What a search asks. */
export interface Question {
  q: string;
  locale: string | undefined;
  /** Who asks. */
  audience: Audience;
  limit: number;
  /** Only what is written for these readers. */
  writtenFor?: Audience;
  /** Only articles in these states; validated and not validated unless told. */
  states?: Article['confidence'][];
  /** The brand whose readers ask; null: those of the company itself. Absent: colleagues, for whom brands do not count. */
  brandId?: string | null;
  product?: string;
  version?: string;
  /** What the question is about: articles of this category are lifted. */
  topic?: string;
}

/** What was found. */
export interface Answers {
  hits: SearchHit[];
  /** The language asked for had no answer. */
  otherLanguage: boolean;
  corrected: { typed: string; used: string }[];
}

function filtersOf({ locale, audience, writtenFor, states = ['validated', 'not-validated'], brandId, product, version }: Question): SearchFilters {
  const audiences = readable[audience].filter((one) => writtenFor === undefined || one === writtenFor);
  return { audiences, states, ...(locale ? { language: locale } : {}), ...(brandId === undefined ? {} : { brand: brandId }), ...(product ? { products: [product] } : {}), ...(version ? { versions: [version] } : {}) };
}

/** Answers from the company's articles and guides. */
export async function searchArticles(ctx: Ctx, question: Question): Promise<Answers> {
  const { q, locale, limit, topic } = question;
  const index = await indexOf(ctx);
  await learnSynonyms(ctx, index);
  const result = await asked(ctx, index, { q, ...(locale ? { lang: locale } : {}), limit: limit * 2, filters: filtersOf(question) });
  const keys = result.hits.map((hit) => placeOf(hit.id).key);
  const first = result.hits.filter((_hit, i) => keys.indexOf(keys[i] ?? '') === i).slice(0, limit);
  const ids = first.map((hit) => placeOf(hit.id)).filter((place) => place.kind === 'article').map((place) => place.id);
  const articles = new Map((await Articles.find({ companyId: ctx.companyId, _id: { $in: ids } }).select('slug category').lean<Slug[]>()).map((article) => [article._id, article]));
  const hits = first.flatMap((hit) => presentHit(index, hit, articles));
  return { hits: topic === undefined ? hits : lifted(hits, (id) => same(articles.get(id)?.category ?? '', topic)), otherLanguage: result.fallback, corrected: result.corrected.map(([typed, used]) => ({ typed, used })) };
}

const learnt = new WeakMap<SearchIndex, { at: number; text: string }>();
const learnAgainMs = 500;

// Read like every setting, but made ready only when it changed: a company may have a thousand groups.
async function learnSynonyms(ctx: Ctx, index: SearchIndex, now = performance.now()): Promise<void> {
  const before = learnt.get(index);
  if (before && now - before.at < learnAgainMs) return;
  const { synonyms } = await knowledgeSettingsOf(ctx.companyId);
  const text = JSON.stringify(synonyms);
  learnt.set(index, { at: now, text });
  if (before?.text !== text) index.mean(synonyms);
}

/** Replaces what the company says about its knowledge; this node's next search knows at once, the others' a second later. */
export async function changeKnowledgeSettings(ctx: Ctx, settings: KnowledgeSettings): Promise<void> {
  await putKnowledgeSettings(ctx, settings);
  learnt.delete(await indexOf(ctx));
}

interface Meant {
  meaning: MeaningIndex;
  model: string;
  /** Vectors up to this moment are here. */
  upTo: Date;
  /** When the store was asked last for more. */
  askedAt: number;
}

const meant = new WeakMap<SearchIndex, Meant>();
const askAgainMs = 2000;
const skewMs = 5000;

/** Words, and meaning where a model is configured. */
function asked(ctx: Ctx, index: SearchIndex, query: SearchQuery): Promise<SearchResult> | SearchResult {
  const { embedder } = modelsOf(ctx.config);
  if (!embedder) return index.search(query);
  const state = meant.get(index) ?? { meaning: addMeaning(index, embedder), model: embedder.name, upTo: new Date(0), askedAt: 0 };
  meant.set(index, state);
  void catchUp(ctx, state).catch((error: unknown) => ctx.log.warn({ err: error }, 'vectors could not be read; words go on answering'));
  return state.meaning.search(query);
}

// Workers make the vectors; every node takes over what came since it asked last.
async function catchUp(ctx: Ctx, state: Meant): Promise<void> {
  if (performance.now() - state.askedAt < askAgainMs && state.askedAt > 0) return;
  state.askedAt = performance.now();
  for await (const { documentId, vector, at } of vectorsSince(ctx, state.model, new Date(state.upTo.getTime() - skewMs))) {
    state.meaning.set(documentId, vector);
    if (at > state.upTo) state.upTo = at;
  }
}

type PublishedGuide = Parameters<typeof documentsOfGuide>[0];
type Slug = Pick<ArticleDoc, '_id' | 'slug' | 'category'>;
const lift = 1.25;
const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
const lifted = (hits: SearchHit[], about: (articleId: string) => boolean): SearchHit[] => hits.map((hit) => (about(hit.articleId) ? { ...hit, score: hit.score * lift } : hit)).sort((a, b) => b.score - a.score);

function presentHit(index: SearchIndex, hit: Found, articles: ReadonlyMap<string, Slug>): SearchHit[] {
  const { kind, id } = placeOf(hit.id);
  const document = index.get(hit.id);
  const slug = kind === 'guide' ? '' : articles.get(id)?.slug;
  if (!document || slug === undefined) return [];
  // The title stands above it already.
  const passage = hit.passages.find(({ field }) => field === 'body') ?? hit.passages[0];
  return [{ kind, articleId: id, slug, title: document.title, locale: document.language ?? 'en', score: hit.score, passage: { text: passage?.text ?? document.body.slice(0, 200), marks: (passage?.ranges ?? []).map(([from, to]): [number, number] => [from, to]) } }];
}

/** Brings this node's index up to an article as it is now. */
export async function refreshArticle(ctx: Ctx, articleId: string): Promise<void> {
  if (!indexes.has(ctx.companyId)) return;
  const article = await articleById(ctx.companyId, articleId);
  replace(await indexOf(ctx), `article:${articleId}`, article ? documentsOf(article) : []);
}

/** The same for a guide. */
export async function refreshGuide(ctx: Ctx, guideId: string): Promise<void> {
  if (!indexes.has(ctx.companyId)) return;
  const found = (await publishedGuides(ctx.companyId)).find(({ guide }) => guide._id === guideId);
  replace(await indexOf(ctx), `guide:${guideId}`, found ? documentsOfGuide(found) : []);
}

/** The same for many articles at once, with pauses for whoever asks meanwhile. */
export async function refreshArticles(ctx: Ctx, articleIds: readonly string[]): Promise<void> {
  if (!indexes.has(ctx.companyId)) return;
  const index = await indexOf(ctx);
  for (const article of await Articles.find({ companyId: ctx.companyId, _id: { $in: [...articleIds] } }).lean<ArticleDoc[]>()) {
    replace(index, `article:${article._id}`, documentsOf(article));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function replace(index: SearchIndex, key: string, documents: SearchDocument[]): void {
  const now = documents.map((document) => document.id);
  for (const id of indexed.get(key) ?? []) if (!now.includes(id)) index.remove(id);
  for (const document of documents) index.put(document);
  indexed.set(key, now);
}

/** The company's index, built from the store on first use. */
export function indexOf(ctx: Ctx): Promise<SearchIndex> {
  const found = indexes.get(ctx.companyId) ?? build(ctx);
  indexes.set(ctx.companyId, found);
  found.catch(() => indexes.delete(ctx.companyId));
  return found;
}

async function build(ctx: Ctx): Promise<SearchIndex> {
  const index = createSearchIndex();
  const rows = await Articles.find({ companyId: ctx.companyId }).lean<ArticleDoc[]>();
  const guides = await publishedGuides(ctx.companyId);
  await index.rebuild(documentsFrom(rows, guides));
  return index;
}

// One after the other, because the index takes them in slices: making plain words of 50,000 articles takes seconds.
function* documentsFrom(rows: readonly ArticleDoc[], guides: readonly PublishedGuide[]): Generator<SearchDocument> {
  for (const article of rows) yield* noted(`article:${article._id}`, documentsOf(article));
  for (const found of guides) yield* noted(`guide:${found.guide._id}`, documentsOfGuide(found));
}

function noted(key: string, documents: SearchDocument[]): SearchDocument[] {
  indexed.set(key, documents.map((document) => document.id));
  return documents;
}
