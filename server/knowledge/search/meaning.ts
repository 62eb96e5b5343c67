import type { SearchIndex } from './search-index';
import type { Embedder, SearchHit, SearchQuery, SearchResult } from './types';
import { inLanguage, visibility } from './filters';
import { cosine, pack, type Vector } from './vectors';

const WEIGHT = 0.4;
const CLEAR = 0.6;
const CANDIDATES = 50;
const LIMIT = 10;
const NEAREST = 20;
const SLICE = 2000;
const WITHIN = 800;
const KNOWN = 500;

/** Vectors beside a word index. Words go on answering when the embedder is slow or down. */
export interface MeaningIndex {
  set(id: string, vector: Vector): void;
  /** Words and meaning fused; plain word search when the embedder fails or takes longer than 0.8 s. */
  search(query: SearchQuery): Promise<SearchResult>;
  readonly size: number;
}

/** Adds a stream of meaning to an index. Scores of both sides are scaled to their best and mixed by `weight` (0 = words only, 1 = meaning only), the less the clearer the words' own best answer is. */
export function addMeaning(index: SearchIndex, embedder: Embedder, weight = WEIGHT): MeaningIndex {
  const vectors = new Map<string, Vector>();
  const meant = questions(embedder);
  return {
    get size() {
      return vectors.size;
    },
    set: (id, vector) => void vectors.set(id, vector),
    async search(query) {
      const asked = vectors.size === 0 ? undefined : await meant(query.q);
      const limit = query.limit ?? LIMIT;
      if (!asked) return index.search(query);
      const words = index.search({ ...query, limit: Math.max(CANDIDATES, limit) });
      const meaning = await near({ asked, vectors, index, query, fallback: words.fallback });
      return { ...words, hits: fuse(words.hits, meaning, weight * doubt(words.hits)).slice(0, limit) };
    },
  };
}

/** Vectors of questions; the latest are remembered, since people ask the same, letter by letter. */
function questions(embedder: Embedder): (q: string) => Promise<Vector | undefined> {
  const known = new Map<string, Vector>();
  return async (q) => {
    const found = known.get(q);
    if (found) return found;
    try {
      const [numbers] = await embedder.embed([q], WITHIN);
      if (!numbers) return undefined;
      const vector = pack(numbers);
      if (known.size >= KNOWN) known.delete(known.keys().next().value ?? '');
      known.set(q, vector);
      return vector;
    } catch {
      return undefined;
    }
  };
}

interface Neighbourhood {
  asked: Vector;
  vectors: ReadonlyMap<string, Vector>;
  index: SearchIndex;
  query: SearchQuery;
  fallback: boolean;
}

/** Visible documents with their likeness to the question, best first; those the words did not find come without passages. In slices, for whoever else asks. */
async function near({ asked, vectors, index, query, fallback }: Neighbourhood): Promise<SearchHit[]> {
  const visible = visibility(query.filters);
  const inReaders = inLanguage(query.filters?.language);
  const found: SearchHit[] = [];
  let seen = 0;
  for (const [id, vector] of vectors) {
    seen += 1;
    if (seen % SLICE === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    const document = index.get(id);
    if (!document || !visible(document) || (!fallback && !inReaders(document))) continue;
    found.push({ id, score: cosine(asked, vector), language: document.language, passages: [] });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** 1 when the two best answers by words are equally good, or words found nothing; 0 when the second is far behind: then words know better. */
function doubt([first, second]: readonly SearchHit[]): number {
  return first && second ? Math.max(0, (second.score / first.score - CLEAR) / (1 - CLEAR)) : first ? 0 : 1;
}

/** Cosines of unrelated texts are well above 0: what counts is how far a text stands out from the ordinary ones. */
function fuse(words: readonly SearchHit[], meaning: readonly SearchHit[], weight: number): SearchHit[] {
  const best = meaning[0]?.score ?? 0;
  const ordinary = meaning[Math.min(meaning.length - 1, CANDIDATES)]?.score ?? 0;
  const scale = (score: number): number => Math.max(0, (score - ordinary) / (best - ordinary || 1));
  const fused = new Map(words.map((hit) => [hit.id, { ...hit, score: (1 - weight) * hit.score }]));
  meaning.forEach((hit, rank) => {
    const known = fused.get(hit.id);
    if (known) known.score += weight * scale(hit.score);
    else if (rank < NEAREST) fused.set(hit.id, { ...hit, score: weight * scale(hit.score) });
  });
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
