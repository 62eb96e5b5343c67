import type { Judgement, SortAspect } from '../../../protocol';
import { readWhole, type Ctx } from '../../kernel';
import { loadClassifier, OUT_OF_SCOPE, type Classifier } from '../classify';
import { sortersOf, type SorterDoc } from './sorter.model';
import { settingsOf } from './train-sorters';

/** What a request's words say of it, by aspect; null: nothing learnt. */
export type Sorted = Record<SortAspect, Judgement | null>;

const mostLoaded = 30;
const loaded = new Map<string, Promise<Classifier>>();

function load(ctx: Ctx, blobId: string): Promise<Classifier> {
  const found = loaded.get(blobId) ?? readWhole(ctx.blobs, ctx.companyId, blobId).then((bytes) => loadClassifier(bytes));
  loaded.delete(blobId);
  loaded.set(blobId, found);
  found.catch(() => loaded.delete(blobId));
  const [oldest] = loaded.keys();
  if (loaded.size > mostLoaded && oldest !== undefined) loaded.delete(oldest);
  return found;
}

/** Sorts a request by its words, by what the company has learnt. Never fails: what cannot be judged is null. */
export async function sortRequest(ctx: Ctx, text: string): Promise<Sorted> {
  const sorted: Sorted = { topic: null, urgency: null, sentiment: null };
  if (text.trim() === '') return sorted;
  try {
    const [sorters, { sure }] = await Promise.all([sortersOf(ctx.companyId), settingsOf(ctx.companyId)]);
    for (const sorter of sorters) sorted[sorter.aspect] = judge(await load(ctx, sorter.blobId), sorter, { text, sure });
  } catch (error) {
    ctx.log.warn({ err: error }, 'a request could not be sorted');
  }
  return sorted;
}

// Without a measurement nobody knows what its confidence is worth: it may suggest, not decide.
function judge(classifier: Classifier, { measured }: SorterDoc, { text, sure }: { text: string; sure: number }): Judgement | null {
  const { label, confidence, top, why } = classifier.classify(text);
  if (label === OUT_OF_SCOPE) return null;
  return { label, confidence, sure: measured !== null && confidence >= sure, by: 'classifier', top: [...top], why: why.map(({ word, weight }) => ({ word, weight })), accuracy: measured?.accuracy ?? null, rows: measured?.rows ?? 0 };
}
