import { happened, newId, problem, type Actor, type Ctx } from '../../kernel';
import type { ImportedFile } from '../../../protocol';
import { Articles, type ArticleDoc } from '../article.model';
import { brandsByKey } from '../belonging';
import { ArticleVersions } from '../making';
import { ownFiles } from '../pictures';
import { guessLanguage } from '../search';
import { demandWriting } from '../write-article';
import { ArticleImports, type ArticleImportDoc } from './article-import.model';
import { readMarkdown, relink, type MarkdownFile } from './markdown-file';

type Faults = ArticleImportDoc['faults'];
const mostFaults = 100;

/** Begins an import. */
export async function beginImport(ctx: Ctx, actor: Actor, asked: Pick<ArticleImportDoc, 'total' | 'audience' | 'confidence' | 'locale'>): Promise<ArticleImportDoc> {
  demandWriting(actor, asked);
  const row: ArticleImportDoc = { _id: newId(), companyId: ctx.companyId, ...asked, state: 'running', done: 0, added: 0, changed: 0, same: 0, faults: [], by: actor.kind === 'account' ? actor.id : null, startedAt: new Date(ctx.clock.now()), endedAt: null };
  await ArticleImports.create(row);
  return row;
}

/** The import; throws not-found. */
export async function importById(ctx: Ctx, id: string): Promise<ArticleImportDoc> {
  const row = await ArticleImports.findOne({ companyId: ctx.companyId, _id: id }).lean<ArticleImportDoc>();
  if (!row) throw problem('not-found');
  return row;
}

/** Takes some files of an import. What is there already under the same path is changed, and its earlier text kept as a version; taking the same files twice changes nothing. */
export async function importFiles(ctx: Ctx, actor: Actor, { id, files, pictures }: { id: string; files: readonly ImportedFile[]; pictures: Readonly<Record<string, string>> }): Promise<ArticleImportDoc> {
  const row = await importById(ctx, id);
  const faults: Faults = [];
  const brandsOf = await brandsByKey(ctx.companyId);
  const read = files.flatMap(({ path, text }): Placed[] => {
    const file = readMarkdown(path, text);
    // What is meant for a brand that is not there would be shown at all of them.
    const brandIds = typeof file === 'string' || !file.brands ? undefined : brandsOf(file.brands);
    if (typeof file !== 'string' && brandIds !== null) return [{ ...file, brandIds }];
    faults.push({ path, why: typeof file === 'string' ? file : 'unknown-brand' });
    return [];
  });
  const wanted = articlesOf(read, row, { pictures, lost: (path) => faults.push({ path, why: 'bad-picture' }) });
  for (const article of wanted) demandWriting(actor, article);
  const written = await write(ctx, actor, wanted);
  await ownFiles(ctx, wanted.flatMap((article) => article.texts.map((text) => text.body)), id);
  const event = written.ids.length === 0 ? null : happened('articles.imported', { articleIds: written.ids }, { by: actor, subject: id, at: ctx.clock.now() });
  const { added, changed, same } = written;
  const after = await ArticleImports.findOneAndUpdate({ companyId: ctx.companyId, _id: id }, { $inc: { done: files.length, added, changed, same }, $push: { faults: { $each: faults, $slice: mostFaults }, ...(event ? { pending: event } : {}) } }, { returnDocument: 'after' }).lean<ArticleImportDoc>();
  if (event) await ctx.relay.publish({ collection: 'articleimports', companyId: ctx.companyId, id }, [event]);
  return after ?? row;
}

/** Says that no more files come. */
export async function endImport(ctx: Ctx, id: string): Promise<ArticleImportDoc> {
  const row = await ArticleImports.findOneAndUpdate({ companyId: ctx.companyId, _id: id }, { $set: { state: 'done', endedAt: new Date(ctx.clock.now()) } }, { returnDocument: 'after' }).lean<ArticleImportDoc>();
  if (!row) throw problem('not-found');
  return row;
}

interface Placed extends MarkdownFile {
  /** Undefined: the file does not say. */
  brandIds: string[] | undefined;
}

type Kept = Pick<ArticleDoc, 'governance' | 'products' | 'versions' | 'brandIds'>;
/** What no file of it says stays as it is. */
type Wanted = Pick<ArticleDoc, 'slug' | 'category' | 'audience' | 'confidence' | 'texts'> & Partial<Kept>;

// All languages of an article are one; the first file that says who may read it decides.
function articlesOf(files: readonly Placed[], { audience, confidence, locale }: ArticleImportDoc, linking: { pictures: Readonly<Record<string, string>>; lost: (path: string) => void }): Wanted[] {
  const bySlug = new Map<string, Placed[]>();
  for (const file of files) bySlug.set(file.slug, [...(bySlug.get(file.slug) ?? []), file]);
  return [...bySlug].map(([slug, texts]) => {
    const said = texts.map((file) => ({ file, locale: file.locale ?? guessLanguage(`${file.text.title} ${file.text.body}`) ?? locale }));
    const unique = said.filter((each, i) => said.findIndex((other) => other.locale === each.locale) === i);
    return {
      slug, ...keptOf(texts), category: texts.find((file) => file.category !== '')?.category ?? '', audience: texts.find((file) => file.audience)?.audience ?? audience, confidence: texts.find((file) => file.confidence)?.confidence ?? confidence,
      texts: unique.map((each) => ({ locale: each.locale, ...each.file.text, body: relink(each.file, each.locale, linking) })),
    };
  });
}

/** What the first file that says so says of the whole article. */
function keptOf(texts: readonly Placed[]): Partial<Kept> {
  const first = <K extends keyof Kept>(name: K): Partial<Kept> => {
    const found = texts.find((file) => file[name])?.[name];
    return found ? { [name]: found } : {};
  };
  return { ...first('brandIds'), ...first('products'), ...first('versions'), ...first('governance') };
}

async function write(ctx: Ctx, actor: Actor, wanted: readonly Wanted[]): Promise<{ ids: string[]; added: number; changed: number; same: number }> {
  const { companyId } = ctx;
  const now = new Date(ctx.clock.now());
  const by = actor.kind === 'account' ? actor.id : null;
  const there = new Map((await Articles.find({ companyId, slug: { $in: wanted.map((article) => article.slug) } }).lean<ArticleDoc[]>()).map((article) => [article.slug, article]));
  const fresh = wanted.filter((article) => !there.has(article.slug)).map((article): ArticleDoc => ({
    _id: newId(), companyId, governance: 'experience', products: [], versions: [], brandIds: [], ...article, version: 1, ownerId: by, views: 0, helpful: 0, unhelpful: 0, reused: 0, reviewAt: null, reviewedAt: now, publishAt: null, flags: [], createdAt: now, updatedAt: now,
  }));
  const changed = wanted.flatMap((article) => { const before = there.get(article.slug); return before && !isLike(before, article) ? [{ before, article }] : []; });
  if (fresh.length > 0) await Articles.insertMany(fresh);
  if (changed.length > 0) {
    await ArticleVersions.bulkWrite(changed.map(({ before: { _id: articleId, version, texts, category, audience, confidence } }) => ({ updateOne: { filter: { companyId, articleId, version }, update: { $setOnInsert: { _id: newId(), texts, category, audience, confidence, at: now, by } }, upsert: true } })));
    await Articles.bulkWrite(changed.map(({ before, article }) => ({ updateOne: { filter: { companyId, _id: before._id }, update: { $set: { ...article, texts: merged(before, article), updatedAt: now, reviewedAt: now }, $inc: { version: 1 } } } })));
  }
  return { ids: [...fresh.map((article) => article._id), ...changed.map(({ before }) => before._id)], added: fresh.length, changed: changed.length, same: wanted.length - fresh.length - changed.length };
}

// A language the folder lacks stays as it is.
const merged = (before: ArticleDoc, after: Wanted): ArticleDoc['texts'] => [...after.texts, ...before.texts.filter((text) => !after.texts.some((each) => each.locale === text.locale))];
const shapeOf = ({ category, audience, confidence, governance = 'experience', products = [], versions = [], brandIds = [], texts }: Wanted): string => JSON.stringify([category, audience, confidence, governance, ...[products, versions, brandIds].map((names) => [...names].sort()), [...texts].sort((a, b) => a.locale.localeCompare(b.locale)).map(({ locale, title, body, keywords }) => [locale, title, body, keywords])]);
const isLike = (before: ArticleDoc, after: Wanted): boolean => shapeOf(before) === shapeOf({ governance: before.governance ?? 'experience', products: before.products ?? [], versions: before.versions ?? [], brandIds: before.brandIds ?? [], ...after, texts: merged(before, after) });
