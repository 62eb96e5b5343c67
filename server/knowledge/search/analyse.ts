import type { Spelling } from './spelling';
import type { Question, Stream } from './stream';
import type { Synonyms } from './synonyms';
import { walk } from './tokens';

const GRAMMAR = 0.4;
const SYNONYM = 0.7;
const CORRECTED = 0.6;
/** Longer questions (a whole mail) are cut: the beginning says what it is about. */
const LONGEST = 2_000;

/** A question as typed, and its language. */
export interface Reading {
  q: string;
  lang: string | undefined;
}

/** What a question asks of both streams. */
export interface Analysis {
  words: Question;
  grams: Question;
  /** The terms of the words stream as they are written, with what each counts. */
  terms: ReadonlyMap<string, number>;
  corrected: (readonly [string, string])[];
}

interface Collection {
  words: Stream;
  grams: Stream;
  spelling: Spelling;
  synonyms: Synonyms;
}

/** Reads a question: terms of both streams, misspelt words replaced, synonyms added with less weight. */
export function analyse(reading: Reading, collection: Collection): Analysis {
  const words = new Map<number, number>();
  const grams = new Map<number, number>();
  const terms = new Map<string, number>();
  const corrected: [string, string][] = [];
  const add = (to: Map<number, number>, term: number | undefined, weight: number): void => {
    if (term !== undefined) to.set(term, (to.get(term) ?? 0) + weight);
  };
  const addWord = (term: string, weight: number): void => {
    const list = collection.words.find(term);
    add(words, list, weight);
    if (list !== undefined) terms.set(term, list);
  };
  const read = (text: string, share: number): void => walk(text, reading.lang, {
    word: (term) => addWord(term, share),
    gram: (term, grammar) => add(grams, collection.grams.find(term), grammar ? share * GRAMMAR : share),
    plain: (word, stem) => {
      if (collection.words.find(stem) !== undefined) return;
      const near = collection.spelling.nearest(word, (known) => countOf(collection.words, known));
      if (!near || corrected.some(([typed]) => typed === word)) return;
      corrected.push([word, near.word]);
      addWord(near.stem, share * CORRECTED);
    },
  });
  const text = reading.q.slice(0, LONGEST);
  read(text, 1);
  for (const synonym of collection.synonyms.of(text)) read(synonym, SYNONYM);
  for (const [term, list] of terms) terms.set(term, (words.get(list) ?? 0) * collection.words.idf(list));
  return { words, grams, terms, corrected };
}

function countOf(stream: Stream, term: string): number {
  const list = stream.find(term);
  return list === undefined ? 0 : stream.count(list);
}
