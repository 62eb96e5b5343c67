import { Postings } from './postings';

/** BM25: how fast repetitions stop counting, and how much long texts are held back. Chosen over 16 sets and 9 languages at once (docs/knowledge.md). */
const K1 = 1.2;
const B = 0.65;
const STEPS = 4;

/** Term number → weight of the term in a question. */
export type Question = ReadonlyMap<number, number>;

/** One stream of terms with its own vocabulary, lengths and posting lists. Documents are numbered by the caller, ascending. */
export class Stream {
  private readonly terms = new Map<string, number>();
  private readonly postings = new Postings();
  private readonly removed: number[] = [];
  private lengths = new Float32Array(1024);
  /** What the length of each document adds below the line; made anew by the first search after a change. */
  private norms: Float64Array | undefined;
  private total = 0;
  private live = 0;

  /** Adds a document; answers its packed terms (number × 256 + frequency in quarters), which `remove` and `expand` read. */
  add(document: number, weights: ReadonlyMap<string, number>): Uint32Array {
    const packed = new Uint32Array(weights.size);
    let length = 0;
    let at = 0;
    for (const [term, weight] of weights) {
      const steps = Math.min(255, Math.max(1, Math.round(weight * STEPS)));
      const list = this.listOf(term);
      this.postings.push(list, document, steps);
      packed[at++] = list * 256 + steps;
      length += weight;
    }
    this.setLength(document, length);
    this.total += length;
    this.live += 1;
    this.norms = undefined;
    return packed;
  }

  private listOf(term: string): number {
    const known = this.terms.get(term);
    if (known !== undefined) return known;
    const list = this.postings.open();
    this.terms.set(term, list);
    this.removed.push(0);
    return list;
  }

  private setLength(document: number, length: number): void {
    if (document >= this.lengths.length) {
      const larger = new Float32Array(Math.max(document + 1, this.lengths.length * 2));
      larger.set(this.lengths);
      this.lengths = larger;
    }
    this.lengths[document] = length;
  }

  /** Takes a document out of the counts; its postings stay until the next rebuild and the caller masks them. */
  remove(document: number, terms: Iterable<string>): void {
    for (const term of terms) {
      const list = this.terms.get(term);
      if (list !== undefined) this.removed[list] = (this.removed[list] ?? 0) + 1;
    }
    this.total -= this.lengths[document] ?? 0;
    this.live -= 1;
    this.norms = undefined;
  }

  /** Number of a term somebody uses today, or undefined. */
  find(term: string): number | undefined {
    const list = this.terms.get(term);
    return list !== undefined && this.count(list) > 0 ? list : undefined;
  }

  /** Number of documents with a term. */
  count(list: number): number {
    return this.postings.count(list) - (this.removed[list] ?? 0);
  }

  /** How much a term tells: rare terms tell much. Always above 0. */
  idf(list: number): number {
    const n = this.count(list);
    return Math.log(1 + (this.live - n + 0.5) / (n + 0.5));
  }

  /** Part of a term's score that depends on its frequency in one document. */
  saturation(document: number, steps: number): number {
    const tf = steps / STEPS;
    const average = this.total / Math.max(1, this.live) || 1;
    return (tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * (this.lengths[document] ?? 0)) / average));
  }

  /** Adds every document's score to `scores` (which must be as long as there are documents). */
  score(question: Question, scores: Float32Array): void {
    const norms = (this.norms ??= this.normed());
    for (const [list, weight] of question) this.postings.score(list, { factor: weight * this.idf(list) * (K1 + 1), norms, scores });
  }

  // Frequencies are counted in steps: everything below the line is, too.
  private normed(): Float64Array {
    const base = STEPS * K1 * (1 - B);
    const slope = (STEPS * K1 * B * Math.max(1, this.live)) / (this.total || 1);
    return Float64Array.from(this.lengths, (length) => base + slope * length);
  }

  /** Bytes in typed arrays. */
  bytes(): number {
    return this.postings.bytes() + this.lengths.byteLength + (this.norms?.byteLength ?? 0);
  }
}
