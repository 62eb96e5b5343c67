const longest = 40;
const most = 1500;
const phoneLength = 7;
const nationalLength = 9;

/**
 * The distinct words of texts, lower-cased, as the ticket search looks them up. A mail address also stands under its two halves, a long number
 * also under its last digits, for people leave the country out; scripts without spaces give pairs of characters.
 */
export function termsOf(...texts: string[]): string[] {
  const found = new Set<string>();
  for (const word of texts.join(' ').normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}@._+-]*/gu) ?? []) {
    for (const term of partsOf(word)) {
      found.add(term);
      if (found.size >= most) return [...found];
    }
  }
  return [...found];
}

/** The same of what somebody looks for: whole words only, or an address would also find everybody else of its domain. */
export const wordsOf = (q: string): string[] => [...new Set((q.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}@._+-]*/gu) ?? []).flatMap((word) => pairsOf(bareOf(word)) ?? bareOf(word)).filter((term) => term !== ''))];

const bareOf = (word: string): string => word.replace(/[._+-]+$/, '').slice(0, longest);

function pairsOf(bare: string): string[] | null {
  if (!/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(bare)) return null;
  const letters = [...bare];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

function partsOf(word: string): string[] {
  const bare = bareOf(word);
  if (bare === '') return [];
  const pairs = pairsOf(bare);
  if (pairs) return pairs;
  if (/^\d+$/.test(bare) && bare.length > phoneLength) return [...new Set([bare, bare.slice(-nationalLength), bare.slice(-phoneLength)])];
  const halves = bare.split('@');
  return halves.length === 2 ? [bare, ...halves.filter((half) => half !== '')] : [bare];
}
