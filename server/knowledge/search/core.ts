import { analyse, type Analysis, type Reading } from './analyse';
import { expand, flatness } from './feedback';
import { Spelling } from './spelling';
import { Stream } from './stream';
import { Synonyms } from './synonyms';
import { walk } from './tokens';
import { highest, topOf } from './top';
import type { SearchDocument } from './types';

const TITLE = 2;
const BODY = 1;
const FEEDBACK = 0.5;
const LOOKED_AT = 10;

interface Entry {
  document: SearchDocument;
  alive: boolean;
  words: Uint32Array;
}

export interface Match {
  document: SearchDocument;
  score: number;
}

export interface Matches {
  matches: Match[];
  /** Whether the best match shares a word, not only a few letters, with the question. */
  sure: boolean;
  analysis: Analysis;
}

/** What to look for, in which texts, and how many to answer. */
export interface Search {
  reading: Reading;
  allowed: (document: SearchDocument) => boolean;
  limit: number;
}

/** The index itself: two streams over the same numbered documents. A changed document gets a new number; the old one is masked. */
export class Core {
  readonly words = new Stream();
  readonly grams = new Stream();
  readonly spelling = new Spelling();
  synonyms: Synonyms;
  private readonly entries: Entry[] = [];
  private readonly numbers = new Map<string, number>();
  /** Searches count in these, one after the other: arrays of their own would call the garbage collector every few hundred searches. */
  private readonly rooms: Float32Array[] = [];
  private known = new Uint8Array(0);

  constructor(synonyms: readonly (readonly string[])[]) {
    this.synonyms = new Synonyms(synonyms);
  }

  /** Number of documents. */
  get size(): number {
    return this.numbers.size;
  }

  /** Share of masked documents, 0..1. */
  get waste(): number {
    return this.entries.length === 0 ? 0 : 1 - this.numbers.size / this.entries.length;
  }

  get(id: string): SearchDocument | undefined {
    return this.entries[this.numbers.get(id) ?? -1]?.document;
  }

  documents(): SearchDocument[] {
    return this.entries.filter((entry) => entry.alive).map((entry) => entry.document);
  }

  put(document: SearchDocument): void {
    this.remove(document.id);
    const { words, grams } = weigh(document, this.spelling);
    const number = this.entries.length;
    const packed = this.words.add(number, words);
    this.grams.add(number, grams);
    this.entries.push({ document, alive: true, words: packed });
    this.numbers.set(document.id, number);
  }

  remove(id: string): boolean {
    const number = this.numbers.get(id);
    const entry = number === undefined ? undefined : this.entries[number];
    if (number === undefined || !entry) return false;
    const { words, grams } = weigh(entry.document, undefined);
    this.words.remove(number, words.keys());
    this.grams.remove(number, grams.keys());
    entry.alive = false;
    entry.words = new Uint32Array(0);
    this.numbers.delete(id);
    return true;
  }

  search({ reading, allowed, limit }: Search): Matches {
    const analysis = analyse(reading, this);
    const visible = this.mask(allowed);
    const words = this.scored(0, analysis.words, visible);
    const grams = this.scored(1, analysis.grams, visible);
    const scores = words.scores;
    const [one, other] = [0.5 / (words.most || 1), 0.5 / (grams.most || 1)];
    for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] as number) * one + (grams.scores[i] as number) * other;
    const first = topOf(scores, Math.max(limit, LOOKED_AT), visible);
    const ranked = this.secondLook(first, scores, visible);
    return { matches: this.present(ranked.slice(0, limit), scores), sure: words.most > 0, analysis };
  }

  /** Filters are asked once per document and only for documents that matter. */
  private mask(allowed: Search['allowed']): (number: number) => boolean {
    if (this.known.length < this.entries.length) this.known = new Uint8Array(this.entries.length * 2);
    const known = this.known.fill(0);
    return (number) => {
      if (known[number] === 0) {
        const entry = this.entries[number];
        known[number] = entry?.alive === true && allowed(entry.document) ? 1 : 2;
      }
      return known[number] === 1;
    };
  }

  /** Scores of all documents in one of the rooms (1: those of the n-grams), and the highest of a visible one. */
  private scored(room: number, question: Analysis['words'], visible: (number: number) => boolean): { scores: Float32Array; most: number } {
    const size = this.entries.length;
    const kept = this.rooms[room];
    const held = kept && kept.length >= size ? kept : (this.rooms[room] = new Float32Array(size * 2));
    const scores = held.subarray(0, size).fill(0);
    (room === 1 ? this.grams : this.words).score(question, scores);
    return { scores, most: highest(scores, visible) };
  }

  /** Feedback fills the lower ranks only: the best direct match stays where it is. */
  private secondLook(first: number[], scores: Float32Array, visible: (number: number) => boolean): number[] {
    const top = first[0];
    const flat = flatness(first.map((number) => scores[number] ?? 0));
    if (top === undefined || flat === 0) return first;
    const best = scores[top] ?? 1;
    const question = expand(this.words, first.slice(0, LOOKED_AT).map((document) => (
      { document, score: (scores[document] ?? 0) / best, terms: this.entries[document]?.words ?? new Uint32Array(0) })));
    const { scores: more, most } = this.scored(2, question, visible);
    const [own, their] = [1 / (1 + FEEDBACK * flat), (FEEDBACK * flat) / (1 + FEEDBACK * flat) / (most || 1)];
    for (let i = 0; i < scores.length; i += 1) scores[i] = (scores[i] as number) * own + (more[i] as number) * their;
    scores[top] = 1;
    return topOf(scores, first.length, visible);
  }

  private present(numbers: number[], scores: Float32Array): Match[] {
    return numbers.flatMap((number) => {
      const document = this.entries[number]?.document;
      return document ? [{ document, score: Math.min(1, scores[number] ?? 0) }] : [];
    });
  }

  /** Bytes in typed arrays; texts and vocabularies come on top. */
  bytes(): number {
    return this.words.bytes() + this.grams.bytes() + this.entries.reduce((sum, entry) => sum + entry.words.byteLength, 0);
  }
}

interface Weights {
  words: Map<string, number>;
  grams: Map<string, number>;
}

function weigh(document: SearchDocument, spelling: Spelling | undefined): Weights {
  const weights: Weights = { words: new Map(), grams: new Map() };
  const field = (text: string, weight: number): void => walk(text, document.language, {
    word: (term) => weights.words.set(term, (weights.words.get(term) ?? 0) + weight),
    gram: (term) => weights.grams.set(term, (weights.grams.get(term) ?? 0) + weight),
    plain: (word, stem) => spelling?.note(word, stem),
  });
  field(document.title, TITLE);
  for (const keyword of document.keywords ?? []) field(keyword, TITLE);
  if (document.parts) for (const part of document.parts) field(part.text, part.weight);
  else field(document.body, BODY);
  return weights;
}
