import type { Question, Stream } from './stream';

const BEST = 5;
const TERMS = 30;
const LOOKED_AT = 10;
const FLAT_FROM = 0.5;
const FLAT_TO = 0.7;

/** A document of the first ranking: its score (best = 1) and the packed terms of the words stream. */
export interface Ranked {
  document: number;
  score: number;
  terms: Uint32Array;
}

/**
 * How flat a ranking is, 0..1. One answer far ahead of the rest (0) needs no second look; many texts equally near (1) mean that the question
 * is about a subject rather than a passage, and texts alike the best ones are probably wanted too.
 */
export function flatness(scores: readonly number[]): number {
  const first = scores[0] ?? 0;
  if (first <= 0) return 0;
  let sum = 0;
  for (let i = 1; i < LOOKED_AT; i += 1) sum += scores[i] ?? 0;
  const gap = sum / (LOOKED_AT - 1) / first;
  return Math.max(0, Math.min(1, (gap - FLAT_FROM) / (FLAT_TO - FLAT_FROM)));
}

/** The terms that make the best texts what they are, as a new question (pseudo-relevance feedback). Terms nobody else has are left out. */
export function expand(stream: Stream, ranked: readonly Ranked[]): Question {
  const weights = new Map<number, number>();
  for (const { document, score, terms } of ranked.slice(0, BEST)) {
    for (const packed of terms) {
      const list = packed >>> 8;
      weights.set(list, (weights.get(list) ?? 0) + score * score * stream.saturation(document, packed & 255));
    }
  }
  const best: [number, number][] = [];
  for (const [list, weight] of weights) if (stream.count(list) >= 2) best.push([list, weight * stream.idf(list)]);
  best.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const most = best[0]?.[1] ?? 1;
  return new Map(best.slice(0, TERMS).map(([list, weight]) => [list, weight / most]));
}
