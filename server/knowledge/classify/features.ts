/** Features of one text, in three groups: what the words say, what their letters say, and which words occur together. `owner` is the word a feature came from. */
export interface Feature {
  key: string;
  group: 0 | 1 | 2;
  owner: number;
}

const SHORTEST = 2;
const LONGEST = 5;
/** Words occur together when they begin alike (so that endings and slips do not count), so far apart, and at the beginning of a text. */
const BEGINNING = 5;
const APART = 12;
const PAIRED = 60;
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}ー々`;
const WORD = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}]*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${UNSPACED}])\\p{L})+)*`, 'gu');
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
/** Longer texts (whole mails) are read up to here. */
const READ = 4_000;

/** The words of a text; a run of a script without spaces is one word. */
export function wordsOf(text: string): string[] {
  return text.slice(0, READ).normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** A text taken apart. */
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
  const features: Feature[] = [];
  eachFeature(words, (feature) => features.push(feature));
  last = { text, read: { words, features } };
  return last.read;
}

/** Words, pairs of neighbours (beginning included), runs of 2-5 characters inside each word, and pairs of words wherever they stand; 1-3 characters and no such pairs in scripts without spaces. */
export function eachFeature(words: readonly string[], use: (feature: Feature) => void): void {
  const beginnings = words.slice(0, PAIRED).map((word) => (IS_UNSPACED.test(word) ? '' : word.slice(0, BEGINNING)));
  words.forEach((word, owner) => {
    use({ key: `w${word}`, group: 0, owner });
    use({ key: `p${words[owner - 1] ?? ''} ${word}`, group: 0, owner });
    const bare = IS_UNSPACED.test(word);
    const longest = bare ? 3 : LONGEST;
    const framed = bare ? word : ` ${word} `;
    for (let size = bare ? 1 : SHORTEST; size <= longest; size += 1) eachRun(framed, size, (run) => use({ key: `c${run}`, group: 1, owner }));
    eachPair(beginnings, owner, (pair) => use({ key: `b${pair}`, group: 2, owner }));
  });
}

function eachPair(beginnings: readonly string[], at: number, use: (pair: string) => void): void {
  const here = beginnings[at] ?? '';
  for (let i = Math.max(0, at - APART); here !== '' && i < at; i += 1) {
    const before = beginnings[i] ?? '';
    if (before !== '' && before !== here) use(before < here ? `${before} ${here}` : `${here} ${before}`);
  }
}

const OUTSIDE_BMP = /[\uD800-\uDFFF]/;

// Signs, not halves of them.
function eachRun(text: string, size: number, use: (run: string) => void): void {
  const signs = OUTSIDE_BMP.test(text) ? [...text] : null;
  for (let i = 0; i + size <= (signs ?? text).length; i += 1) use(signs ? signs.slice(i, i + size).join('') : text.slice(i, i + size));
}
