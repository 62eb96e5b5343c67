const SHORTEST = 4;
const TWO_FROM = 8;
const DIGIT = /\p{N}/u;

/** Words of the collection, by first letter: where a word nobody wrote is looked up. */
export class Spelling {
  private readonly buckets = new Map<string, Map<string, string>>();

  /** Notes a word and its stem. */
  note(word: string, stem: string): void {
    const first = word.charAt(0);
    let bucket = this.buckets.get(first);
    if (!bucket) this.buckets.set(first, (bucket = new Map()));
    if (!bucket.has(word)) bucket.set(word, stem);
  }

  /**
   * The known word nearest to a misspelt one: one slip away, two from eight letters on; among equals the most frequent. Numbers and short words
   * are never corrected. `frequency` tells how many texts use a stem; 0 means nobody does any more.
   */
  nearest(word: string, frequency: (stem: string) => number): { word: string; stem: string } | undefined {
    if (word.length < SHORTEST || DIGIT.test(word)) return undefined;
    let most = word.length >= TWO_FROM ? 2 : 1;
    let best: { word: string; stem: string; count: number } | undefined;
    for (const [known, stem] of this.buckets.get(word.charAt(0)) ?? []) {
      if (Math.abs(known.length - word.length) > most) continue;
      const slips = distance(word, known, most);
      if (slips > most) continue;
      const count = frequency(stem);
      if (count > 0 && (slips < most || count > (best?.count ?? 0))) {
        best = { word: known, stem, count };
        most = slips;
      }
    }
    return best && { word: best.word, stem: best.stem };
  }
}

/** Slips between two words (a letter wrong, missing, added, or two swapped), counted up to `most`; more are answered as most + 1. */
export function distance(a: string, b: string, most: number): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    older = old;
    old = row;
  }
  return Math.min(old[b.length] ?? 0, most + 1);
}
