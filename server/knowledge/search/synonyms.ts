/** Phrases that mean the same in one company. A group works in both directions; phrases may have several words. */
export class Synonyms {
  private readonly groups: { phrase: string; others: string[] }[] = [];

  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) {
      const phrases = [...new Set(group.map(plain).filter(Boolean))];
      for (const phrase of phrases) this.groups.push({ phrase, others: phrases.filter((other) => other !== phrase) });
    }
  }

  /** What else the question could have said: the other phrases of every group that has one in it. */
  of(question: string): string[] {
    if (this.groups.length === 0) return [];
    const text = plain(question);
    const found = new Set<string>();
    for (const { phrase, others } of this.groups) if (contains(text, phrase)) for (const other of others) if (!contains(text, other)) found.add(other);
    return [...found];
  }
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
const SPACED = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hangul}\p{sc=Thai}]/u;

const BENT_FROM = 4;
const BENT_BY = 2;

/** Whole words only where words are spaced; longer ones with an ending of up to two letters ("sofas"). */
function contains(text: string, phrase: string): boolean {
  const bent = phrase.length >= BENT_FROM ? BENT_BY : 0;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (UNSPACED.test(phrase)) return true;
    if (SPACED.test(text.charAt(at - 1))) continue;
    for (let more = 0; more <= bent; more += 1) if (!SPACED.test(text.charAt(at + phrase.length + more))) return true;
  }
  return false;
}
