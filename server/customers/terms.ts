/** The words of names and addresses as the search looks them up: from each of their parts to the end, and pairs of characters where a script has no spaces. */
export function searchTerms(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) for (const term of termsOf(text)) found.add(term);
  return [...found].slice(0, 200);
}

function termsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().split(/[\s,;]+/).filter(Boolean);
  return words.flatMap((word) => [word, ...endings(word), ...numberForms(word), ...pairs(word)]).map((term) => term.slice(0, 100));
}

// ana.silva@example.com is found by silva@exam and by example too.
const endings = (word: string): string[] => [...word.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].slice(0, 12).map(({ index }) => word.slice(index));

// People type a number with or without its country code, which has up to three digits.
function numberForms(word: string): string[] {
  if (!/^\+\d{7,15}$/.test(word)) return [];
  const digits = word.slice(1);
  return [0, 1, 2, 3].map((from) => digits.slice(from)).filter((form) => form.length >= 6);
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

function pairs(word: string): string[] {
  const letters = word.match(/[\p{L}\p{N}]/gu) ?? [];
  return unspaced.test(word) ? letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`) : [];
}

/** The filter for customers all of whose typed words begin a term; null for nothing typed. */
export function termsFilter(q: string | undefined): Record<string, unknown> | null {
  const words = (q ?? '').normalize('NFKC').toLowerCase().split(/[\s,;]+/).filter(Boolean).slice(0, 8);
  if (words.length === 0) return null;
  const phone = words.join('').replace(/[^\d+]/g, '');
  const asked = phone.length >= 6 && /^[\d\s+()/.-]+$/.test(words.join(' ')) ? [phone.replace(/^(\+|00?)/, '')] : words;
  return { $and: asked.map((word) => ({ terms: { $regex: `^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } })) };
}
