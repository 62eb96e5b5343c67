import type { SearchIndex } from './search-index';
import type { Embedder, SearchDocument, SearchHit, SearchQuery, SearchResult } from './types';
import { inLanguage, visibility } from './filters';

const WEIGHT = 0.4;
const CANDIDATES = 50;
const LIMIT = 10;
const NEAREST = 20;

/** Vectors beside a word index. Words go on answering when the embedder is slow or down. */
export interface MeaningIndex {
  /** Embeds a document's title and the beginning of its body; false when the embedder failed (try again later). */
  put(document: SearchDocument): Promise<boolean>;
  remove(id: string): void;
  /** Words and meaning fused; plain word search when the embedder fails. */
  search(query: SearchQuery): Promise<SearchResult>;
  readonly size: number;
}

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)) || 1;
  return vector.map((x) => x / length);
};

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] ?? 0);
  return sum;
}

/** Adds a stream of meaning to an index. Scores of both sides are scaled to their best and mixed by `weight` (0 = words only, 1 = meaning only). */
export function addMeaning(index: SearchIndex, embedder: Embedder, weight = WEIGHT): MeaningIndex {
  const vectors = new Map<string, Float32Array>();
  const embedOne = async (text: string): Promise<Float32Array | undefined> => {
    try {
      const [vector] = await embedder.embed([text]);
      return vector && unit(vector);
    } catch {
      return undefined;
    }
  };
  return {
    get size() {
      return vectors.size;
    },
    async put(document) {
      const vector = await embedOne(`${document.title}\n${document.body}`);
      if (vector) vectors.set(document.id, vector);
      return vector !== undefined;
    },
    remove: (id) => void vectors.delete(id),
    async search(query) {
      const words = index.search({ ...query, limit: Math.max(CANDIDATES, query.limit ?? LIMIT) });
      const asked = await embedOne(query.q);
      const hits = asked ? fuse(words.hits, near({ asked, vectors, index, query, fallback: words.fallback }), weight) : words.hits;
      return { ...words, hits: hits.slice(0, query.limit ?? LIMIT) };
    },
  };
}

interface Neighbourhood {
  asked: Float32Array;
  vectors: ReadonlyMap<string, Float32Array>;
  index: SearchIndex;
  query: SearchQuery;
  fallback: boolean;
}

/** Visible documents with their likeness to the question, best first; those the words did not find come without passages. */
function near({ asked, vectors, index, query, fallback }: Neighbourhood): SearchHit[] {
  const visible = visibility(query.filters);
  const inReaders = inLanguage(query.filters?.language);
  const found: SearchHit[] = [];
  for (const [id, vector] of vectors) {
    const document = index.get(id);
    if (!document || !visible(document) || (!fallback && !inReaders(document))) continue;
    found.push({ id, score: cosine(asked, vector), language: document.language, passages: [] });
  }
  return found.sort((a, b) => b.score - a.score);
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
