import { walk } from './tokens';
import type { Passage, SearchDocument } from './types';

const LONGEST = 280;
const READ = 40_000;
const END = /[.!?…]+(?=\s)|[。！？｡]+|\n+/gu;

/** Terms of the question with what each counts. */
export type Weights = ReadonlyMap<string, number>;
type Range = [number, number];

interface Piece {
  from: number;
  to: number;
  ranges: Range[];
  weight: number;
  terms: Set<string>;
}

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  const add = (from: number, to: number): void => {
    for (let start = from; start < to; ) {
      let end = Math.min(to, start + LONGEST);
      const space = text.lastIndexOf(' ', end);
      if (end < to && space > start + LONGEST / 2) end = space;
      if (text.slice(start, end).trim()) pieces.push({ from: start, to: end, ranges: [], weight: 0, terms: new Set() });
      start = end;
    }
  };
  let from = 0;
  for (const match of text.matchAll(END)) {
    add(from, match.index + match[0].length);
    from = match.index + match[0].length;
  }
  add(from, text.length);
  return pieces;
}

function join(ranges: Range[]): Range[] {
  const joined: Range[] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function present(text: string, piece: Piece, field: Passage['field']): Passage {
  const raw = text.slice(piece.from, piece.to);
  const lead = raw.length - raw.trimStart().length;
  const shown = raw.trim();
  const shift = piece.from + lead;
  const inside = piece.ranges.map(([from, to]): Range => [Math.max(0, from - shift), Math.min(shown.length, to - shift)]);
  return { field, text: shown, ranges: join(inside.filter(([from, to]) => from < to)) };
}

function best(text: string, language: string | undefined, weights: Weights): Piece[] {
  const pieces = cut(text);
  let at = 0;
  walk(text, language, {
    quick: true,
    gram: () => undefined,
    word: (term, from, to) => {
      const weight = weights.get(term);
      if (weight === undefined) return;
      while (at > 0 && (pieces[at]?.from ?? 0) > from) at -= 1;
      while (at < pieces.length - 1 && (pieces[at]?.to ?? 0) <= from) at += 1;
      const piece = pieces[at];
      if (!piece) return;
      piece.ranges.push([from, to]);
      piece.weight += piece.terms.has(term) ? weight * 0.1 : weight;
      piece.terms.add(term);
    },
  });
  return pieces.sort((a, b) => b.weight - a.weight || a.from - b.from);
}

/** The sentences of a text that answer the question best, with the words that matched; the first sentence when none matched. */
export function passagesOf(document: SearchDocument, weights: Weights, count: number): Passage[] {
  if (count <= 0) return [];
  const body = document.body.slice(0, READ);
  const found = best(body, document.language, weights).slice(0, count).filter((piece, i) => i === 0 || piece.weight > 0);
  const passages = found.map((piece) => present(body, piece, 'body'));
  const title = best(document.title, document.language, weights).find((piece) => piece.weight > 0);
  if (title) passages.unshift(present(document.title, title, 'title'));
  return passages;
}
