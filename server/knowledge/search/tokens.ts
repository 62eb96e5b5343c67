import { foldHan } from './han-variants';
import { stemOf, withoutParticle } from './stems';
import { stopWords } from './stop-words';

/**
 * A text becomes two streams of terms. `words` are what a reader would call words (stems, segmented words and bigrams of scripts without spaces);
 * `grams` are short runs of characters, which forgive endings, compounds and misspellings. Text of mixed scripts is cut into runs by script.
 */
export interface Streams {
  words: string[];
  grams: string[];
}

/** What a walker over a text is told; `from` and `to` are UTF-16 positions in the text as given. */
export interface TermSink {
  word(term: string, from: number, to: number): void;
  gram(term: string, grammar: boolean): void;
  /** An alphabetic word before stemming, for spelling. */
  plain?(word: string, stem: string): void;
  /** Names no n-grams, and of unspaced scripts no segmented words (their bigrams remain): several times as fast, enough for highlighting. */
  quick?: boolean;
}

const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー々〆\uff9e\uff9f`;
const SOUTH_EAST = String.raw`\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}`;
const RUN = new RegExp(
  `([${UNSPACED}]+)|(\\p{sc=Hangul}+)|([${SOUTH_EAST}][${SOUTH_EAST}\\p{M}]*)|((?:(?![${UNSPACED}\\p{sc=Hangul}${SOUTH_EAST}])[\\p{L}\\p{N}\\p{M}'’])+)`, 'gu');
const HIRAGANA = /^[\p{sc=Hira}ー]+$/u;
const HAS_HIRAGANA = /\p{sc=Hira}/u;
const KANJI = /\p{sc=Han}/u;
const PAIRED = /[\ud800-\udfff]/;
const GRAM = 4;

const segmenters = new Map<string, Intl.Segmenter>();
function segment(text: string, language: string): Intl.SegmentData[] {
  let segmenter = segmenters.get(language);
  if (!segmenter) segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
  return [...segmenter.segment(text)];
}

/** 'zh-TW' → 'zh'; undefined → ''. */
export function baseLanguage(language: string | undefined): string {
  return language?.toLowerCase().split(/[-_]/, 1)[0] ?? '';
}

interface Run {
  text: string;
  from: number;
  /** Turns a position in `text` into one of the text as given; runs whose length changed under NFKC are mapped as a whole. */
  exact: boolean;
  to: number;
}

const span = (run: Run, start: number, end: number): [number, number] =>
  run.exact ? [run.from + start, run.from + end] : [run.from, run.to];

function slide(run: Run, size: number, each: (term: string, start: number, end: number) => void): void {
  if (!PAIRED.test(run.text)) {
    for (let i = 0; i + size <= run.text.length; i += 1) each(run.text.slice(i, i + size), i, i + size);
    return;
  }
  const units = [...run.text];
  let start = 0;
  for (let i = 0; i + size <= units.length; i += 1) {
    const term = units.slice(i, i + size).join('');
    each(term, start, start + term.length);
    start += units[i]?.length ?? 0;
  }
}

/**
 * Han and Kana, variant forms folded: words and bigrams in one stream, signs in the other. Words and signs of grammar are left out or counted less.
 * In Japanese, pieces of plain Hiragana are mostly grammar and left out; single Kanji are too few, so bigrams stand beside them.
 */
function unspaced(run: Run, japanese: boolean, sink: TermSink): void {
  const grammar = stopWords(japanese ? 'ja' : 'zh');
  const word = (term: string, start: number, end: number): void => {
    if (!grammar.has(term)) sink.word(term, ...span(run, start, end));
  };
  for (const { segment: part, index } of sink.quick ? [] : segment(run.text, japanese ? 'ja' : 'zh')) {
    if (!japanese || part.length > 1 || !HIRAGANA.test(part)) word(part, index, index + part.length);
  }
  slide(run, 2, (term, start, end) => {
    if (japanese && HIRAGANA.test(term)) return;
    word(term, start, end);
    if (japanese) sink.gram(term, grammar.has(term));
  });
  for (const sign of run.text) if (!japanese || KANJI.test(sign)) sink.gram(sign, grammar.has(sign));
}

/** Hangul: bigrams hold through endings; the word without its particle is the second view. */
function hangul(run: Run, sink: TermSink): void {
  if (run.text.length === 1) sink.word(run.text, ...span(run, 0, 1));
  slide(run, 2, (term, start, end) => sink.word(term, ...span(run, start, end)));
  if (!sink.quick) sink.gram(withoutParticle(run.text), false);
}

/** Thai and its neighbours: no spaces between words, many short words. */
function southEast(run: Run, sink: TermSink): void {
  for (const part of sink.quick ? [] : segment(run.text, 'th')) sink.word(part.segment, ...span(run, part.index, part.index + part.segment.length));
  slide(run, 3, (term, start, end) => sink.word(term, ...span(run, start, end)));
  if (!sink.quick) slide(run, GRAM, (term) => sink.gram(term, false));
}

const bare = (text: string): string => text.replace(/['’]s?$/, '').replace(/['’]/g, '');

function alphabetic(run: Run, language: string, sink: TermSink): void {
  const word = bare(run.text);
  if (!word) return;
  const grammar = stopWords(language).has(word);
  const stem = stemOf(language)(word);
  if (!grammar) {
    sink.word(stem, run.from, run.to);
    sink.plain?.(word, stem);
  }
  if (sink.quick) return;
  const padded = `_${word}_`;
  if (padded.length < GRAM) sink.gram(padded, grammar);
  else slide({ ...run, text: padded }, GRAM, (term) => sink.gram(term, grammar));
}

/** Walks over a text and names every term of both streams to the sink. Never throws, whatever the text. */
export function walk(text: string, language: string | undefined, sink: TermSink): void {
  const lang = baseLanguage(language);
  const japanese = lang === 'ja' || (lang !== 'zh' && HAS_HIRAGANA.test(text));
  for (const match of text.matchAll(RUN)) {
    const raw = match[0];
    const plain = raw.normalize('NFKC').toLowerCase();
    const folded = match[1] === undefined ? plain : foldHan(plain);
    const run: Run = { text: folded, from: match.index, to: match.index + raw.length, exact: folded.length === raw.length };
    if (match[1] !== undefined) unspaced(run, japanese, sink);
    else if (match[2] !== undefined) hangul(run, sink);
    else if (match[3] !== undefined) southEast(run, sink);
    else alphabetic(run, lang, sink);
  }
}

/** Both streams of a text, in order, repetitions kept. */
export function streamsOf(text: string, language: string | undefined): Streams {
  const streams: Streams = { words: [], grams: [] };
  walk(text, language, {
    word: (term) => streams.words.push(term),
    gram: (term) => streams.grams.push(term),
  });
  return streams;
}
