/** A feature of one text, in one of four groups: what the words say, what their letters say, which words occur together, and the same of words that tell topics apart. `owner` is the word it came from first, `count` how often it is there. */
export interface Feature {
  key: string;
  group: 0 | 1 | 2 | 3;
  owner: number;
  count: number;
}

const SHORTEST = 2;
const LONGEST = 5;
/** Words occur together when they begin alike (so that endings and slips do not count), so far apart, and at the beginning of a text. */
const BEGINNING = 5;
const APART = 12;
const PAIRED = 60;
/** Of words that tell topics apart so many letters count, and so many such words of a text. */
const TELLING = 4;
const MOST_TELLING = 24;
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}ー々`;
const WORD = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}]*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${UNSPACED}])\\p{L})+)*`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
/** Longer texts (whole mails) are read up to here. */
const READ = 4_000;

/** The words of a text; a run of a script without spaces is one word. */
export function wordsOf(text: string): string[] {
  return text.slice(0, READ).normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** A text taken apart: every feature stands there once. */
export interface Read {
  words: readonly string[];
  features: readonly Feature[];
}

// One request is looked at by several classifiers, and again for their reasons.
let last: { text: string; read: Read } | undefined;

/** The features of a text; those of the last one are at hand. */
export function readText(text: string): Read {
  if (last?.text === text) return last.read;
  const words = wordsOf(text);
  last = { text, read: { words, features: featuresOf(words) } };
  return last.read;
}

/** Words, pairs of neighbours (beginning included), runs of 2-5 characters inside each word, and pairs of words wherever they stand; 1-3 characters and no such pairs in scripts without spaces. */
function featuresOf(words: readonly string[]): Feature[] {
  const all = new Map<string, Feature>();
  const add = (key: string, group: Feature['group'], owner: number): Feature => {
    const known = all.get(key);
    const feature = known ?? { key, group, owner, count: 0 };
    feature.count += 1;
    if (!known) all.set(key, feature);
    return feature;
  };
  // What a word has by itself is worked out once.
  const own = new Map<string, Feature[]>();
  const beginnings = words.slice(0, PAIRED).map((word) => (IS_UNSPACED.test(word) ? '' : word.slice(0, BEGINNING)));
  words.forEach((word, owner) => {
    const known = own.get(word);
    if (known) for (const feature of known) feature.count += 1;
    const first = known ? undefined : add(`w${word}`, 0, owner);
    add(`p${words[owner - 1] ?? ''} ${word}`, 0, owner);
    if (first) own.set(word, [first, ...runsOf(word).map((run) => add(`c${run}`, 1, owner))]);
    eachPair(beginnings, owner, (pair) => add(`b${pair}`, 2, owner));
  });
  return [...all.values()];
}

function eachPair(beginnings: readonly string[], at: number, use: (pair: string) => void): void {
  const here = beginnings[at] ?? '';
  for (let i = Math.max(0, at - APART); here !== '' && i < at; i += 1) {
    const before = beginnings[i] ?? '';
    if (before !== '' && before !== here) use(before < here ? `${before} ${here}` : `${here} ${before}`);
  }
}

/** Beginnings of the words that tell topics apart, singly and each with each; `silent` are the words that do not. */
export function tellingOf(words: readonly string[], silent: ReadonlySet<string>): Feature[] {
  const owners = new Map<string, number>();
  words.forEach((word, owner) => {
    const beginning = word.slice(0, TELLING);
    if (owners.size < MOST_TELLING && !silent.has(word) && !owners.has(beginning) && !IS_UNSPACED.test(word)) owners.set(beginning, owner);
  });
  const found: Feature[] = [];
  const earlier: string[] = [];
  for (const [here, owner] of owners) {
    found.push({ key: `d${here}`, group: 3, owner, count: 1 });
    for (const before of earlier) found.push({ key: before < here ? `d${before} ${here}` : `d${here} ${before}`, group: 3, owner, count: 1 });
    earlier.push(here);
  }
  return found;
}

const OUTSIDE_BMP = /[\uD800-\uDFFF]/;

function runsOf(word: string): string[] {
  const bare = IS_UNSPACED.test(word);
  const longest = bare ? 3 : LONGEST;
  const framed = bare ? word : ` ${word} `;
  // Signs, not halves of them.
  const signs = OUTSIDE_BMP.test(framed) ? [...framed] : null;
  const runs: string[] = [];
  for (let size = bare ? 1 : SHORTEST; size <= longest; size += 1) {
    for (let i = 0; i + size <= (signs ?? framed).length; i += 1) runs.push(signs ? signs.slice(i, i + size).join('') : framed.slice(i, i + size));
  }
  return runs;
}
