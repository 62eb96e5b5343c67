const longest = 40;
const most = 400;

/** The distinct words of texts, lower-cased, as the ticket search looks them up; scripts without spaces give pairs of characters. */
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

function partsOf(word: string): string[] {
  const bare = word.replace(/[._+-]+$/, '').slice(0, longest);
  if (!/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(bare)) return bare === '' ? [] : [bare];
  const letters = [...bare];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}
