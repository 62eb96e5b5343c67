import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readSetting, writeSetting, type Ctx, type Services } from '../kernel';
import { Articles, type ArticleDoc } from './article.model';
import { publishedGuides } from './guides';
import { documentsOf, documentsOfGuide } from './documents';
import { keepVectors, keptDigests, modelsOf } from './models';
import { meaningText, pack, type Embedder, type SearchDocument } from './search';

const batch = 64;
const within = 30_000;
const budgetMs = 20_000;
const settledMs = 2000;
const place = z.object({ model: z.string().default(''), at: z.number().default(0), id: z.string().default('') });
const kind = 'article-vectors';

const digestOf = (document: SearchDocument): string => createHash('sha1').update(meaningText(document)).digest('base64url');

/** Makes the vectors of texts that have none yet, or whose words changed. */
async function embed(ctx: Ctx, embedder: Embedder, documents: readonly SearchDocument[]): Promise<void> {
  const kept = await keptDigests(ctx, embedder.name, documents.map((document) => document.id));
  const fresh = documents.filter((document) => kept.get(document.id) !== digestOf(document));
  if (fresh.length === 0) return;
  const vectors = await embedder.embed(fresh.map(meaningText), within);
  await keepVectors(ctx, embedder.name, fresh.flatMap((document, i) => { const numbers = vectors[i]; return numbers ? [{ documentId: document.id, digest: digestOf(document), vector: pack(numbers) }] : []; }));
}

/** Goes through the articles in the order in which they changed, from where it stopped last; again from the start with another model. */
async function embedChanged(ctx: Ctx, embedder: Embedder): Promise<void> {
  const stopAt = performance.now() + budgetMs;
  const read = await readSetting(ctx.companyId, kind, place);
  let here = read.model === embedder.name ? read : { model: embedder.name, at: 0, id: '' };
  for (const found of await publishedGuides(ctx.companyId)) await embed(ctx, embedder, documentsOfGuide(found));
  while (performance.now() < stopAt) {
    const at = new Date(here.at);
    // What changed a moment ago may be overtaken by what another node writes with an earlier time.
    const rows = await Articles.find({ companyId: ctx.companyId, updatedAt: { $lte: new Date(ctx.clock.now() - settledMs) }, $or: [{ updatedAt: { $gt: at } }, { updatedAt: at, _id: { $gt: here.id } }] }).sort({ updatedAt: 1, _id: 1 }).limit(batch).lean<ArticleDoc[]>();
    const last = rows.at(-1);
    if (!last) return;
    await embed(ctx, embedder, rows.flatMap(documentsOf));
    here = { model: embedder.name, at: last.updatedAt.getTime(), id: last._id };
    await writeSetting(ctx.companyId, kind, here);
  }
}

/** Turns what was written or changed into vectors, for as long as a sweep may take; does nothing where no model is configured. What fails is tried again by the next sweep. */
export async function embedArticles(contexts: { ids(): Promise<string[]>; of(companyId: string): Ctx }, { config, log }: Services): Promise<void> {
  const { embedder } = modelsOf(config);
  if (!embedder) return;
  for (const companyId of await contexts.ids()) {
    await embedChanged(contexts.of(companyId), embedder).catch((error: unknown) => log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'articles could not be turned into vectors; words go on answering'));
  }
}
