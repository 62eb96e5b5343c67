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

function slide(text: string, size: number, each: (term: string, start: number, end: number) => void): void {
  if (!PAIRED.test(text)) {
    for (let i = 0; i + size <= text.length; i += 1) each(text.slice(i, i + size), i, i + size);
    return;
  }
  const units = [...text];
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
  slide(run.text, 2, (term, start, end) => {
    if (japanese && HIRAGANA.test(term)) return;
    word(term, start, end);
    if (japanese) sink.gram(term, grammar.has(term));
  });
  for (const sign of run.text) if (!japanese || KANJI.test(sign)) sink.gram(sign, grammar.has(sign));
}

/** Hangul: bigrams hold through endings; the word without its particle is the second view. */
function hangul(run: Run, sink: TermSink): void {
  if (run.text.length === 1) sink.word(run.text, ...span(run, 0, 1));
  slide(run.text, 2, (term, start, end) => sink.word(term, ...span(run, start, end)));
  if (!sink.quick) sink.gram(withoutParticle(run.text), false);
}

/** Thai and its neighbours: no spaces between words, many short words. */
function southEast(run: Run, sink: TermSink): void {
  for (const part of sink.quick ? [] : segment(run.text, 'th')) sink.word(part.segment, ...span(run, part.index, part.index + part.segment.length));
  slide(run.text, 3, (term, start, end) => sink.word(term, ...span(run, start, end)));
  if (!sink.quick) slide(run.text, GRAM, (term) => sink.gram(term, false));
}

const bare = (text: string): string => text.replace(/['’]s?$/, '').replace(/['’]/g, '');

interface Word {
  /** Empty when there is none. */
  word: string;
  stem: string;
  grammar: boolean;
}

const MOST_KNOWN = 50_000;
const LONGEST_KNOWN = 40;
const known = new Map<string, Map<string, Word>>();

/** What a run of letters is, as it stands in a text: most come again and again, so their like is remembered. */
function wordOf(raw: string, language: string): Word {
  let words = known.get(language);
  if (!words) known.set(language, (words = new Map()));
  const found = words.get(raw);
  if (found) return found;
  const word = bare(raw.normalize('NFKC').toLowerCase());
  const made = { word, stem: stemOf(language)(word), grammar: stopWords(language).has(word) };
  if (words.size >= MOST_KNOWN) words.clear();
  if (raw.length <= LONGEST_KNOWN) words.set(raw, made);
  return made;
}

/** A text's language, whether it is Japanese (asked only when signs of other scripts come), and who is told. */
interface Walk {
  language: string;
  japanese: () => boolean;
  sink: TermSink;
}

function alphabetic(raw: string, from: number, { language, sink }: Walk): void {
  const { word, stem, grammar } = wordOf(raw, language);
  if (!word) return;
  if (!grammar) {
    sink.word(stem, from, from + raw.length);
    sink.plain?.(word, stem);
  }
  if (sink.quick) return;
  const padded = `_${word}_`;
  if (padded.length < GRAM) sink.gram(padded, grammar);
  else slide(padded, GRAM, (term) => sink.gram(term, grammar));
}

/** A piece between signs of ASCII that are neither letters nor digits, with letters beyond ASCII in it. */
function mixed(piece: string, start: number, way: Walk): void {
  for (const match of piece.matchAll(RUN)) {
    const raw = match[0];
    const from = start + match.index;
    if (match[4] !== undefined) {
      alphabetic(raw, from, way);
      continue;
    }
    const plain = raw.normalize('NFKC').toLowerCase();
    const folded = match[1] === undefined ? plain : foldHan(plain);
    const run: Run = { text: folded, from, to: from + raw.length, exact: folded.length === raw.length };
    if (match[1] !== undefined) unspaced(run, way.japanese(), way.sink);
    else if (match[2] !== undefined) hangul(run, way.sink);
    else southEast(run, way.sink);
  }
}

// "E-42" is asked for as "e42", "Wi-Fi" as "wifi", "log-in" as "login"; what is longer is two words.
const JOINED = /(?<![A-Za-z0-9_-])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+(?![A-Za-z0-9_-])/g;
const LONGEST_JOINED = 12;
const LONGEST_CODE = 24;

function joined(text: string, { language, sink }: Walk): void {
  if (!text.includes('-') && !text.includes('_')) return;
  for (const { 0: raw, index } of text.matchAll(JOINED)) {
    const word = raw.replace(/[-_]/g, '').toLowerCase();
    if (word.length <= (/[0-9]/.test(word) ? LONGEST_CODE : LONGEST_JOINED) && /[a-z]/.test(word)) sink.word(stemOf(language)(word), index, index + raw.length);
  }
}

const [OUTSIDE, ASCII, BEYOND] = [0, 1, 2];
const sorts = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9']/.test(String.fromCharCode(code)) ? ASCII : OUTSIDE));

/** Walks over a text and names every term of both streams to the sink. Never throws, whatever the text. */
export function walk(text: string, language: string | undefined, sink: TermSink): void {
  const lang = baseLanguage(language);
  let asked: boolean | undefined;
  const way: Walk = { language: lang, sink, japanese: () => (asked ??= lang === 'ja' || (lang !== 'zh' && HAS_HIRAGANA.test(text))) };
  let from = 0;
  let held: number = OUTSIDE;
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    const sort = code > 127 ? BEYOND : (sorts[code] as number);
    if (sort !== OUTSIDE) {
      if (held === OUTSIDE) from = i;
      held |= sort;
    } else if (held !== OUTSIDE) {
      const piece = text.slice(from, i);
      if (held === ASCII) alphabetic(piece, from, way);
      else mixed(piece, from, way);
      held = OUTSIDE;
    }
  }
  joined(text, way);
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
