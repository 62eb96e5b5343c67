/**
 * Posting lists in slabs of numbers: no object per list, no copying when one grows. A list is a chain of blocks, each twice as long as the one
 * before; the first number of a block leads to the next block. A posting is the document's number and its weighted frequency in one 32-bit number.
 */
const SLAB_BITS = 16;
const SLAB = 1 << SLAB_BITS;
const FIRST = 4;
const LARGEST = 1024;
const FREQUENCY_BITS = 8;
/** Frequencies are stored in steps of a quarter, so that a field may weigh 1.5; more than this many steps count as this many. */
const MOST_STEPS = 255;
/** Most documents (removed ones counted until the next rebuild) one index can number. */
export const MOST_DOCUMENTS = 2 ** (32 - FREQUENCY_BITS);

/** What a term is worth, what each document's length holds against it, and where scores are added up. */
export interface Scoring {
  factor: number;
  norms: Float64Array;
  scores: Float32Array;
}

export class Postings {
  private slabs: Uint32Array[] = [];
  private used = SLAB;
  private heads: number[] = [];
  private tails: number[] = [];
  private fills: number[] = [];
  private sizes: number[] = [];
  private counts: number[] = [];

  /** Makes an empty list and answers its number; numbers count up from 0. */
  open(): number {
    const at = this.block(FIRST);
    this.heads.push(at);
    this.tails.push(at);
    this.fills.push(1);
    this.sizes.push(FIRST);
    return this.counts.push(0) - 1;
  }

  private block(size: number): number {
    if (this.used + size > SLAB) {
      this.slabs.push(new Uint32Array(SLAB));
      this.used = 0;
    }
    const at = (this.slabs.length - 1) * SLAB + this.used;
    this.used += size;
    return at;
  }

  /** Adds a posting; documents must come in ascending order. `steps` is the weighted frequency in quarters. */
  push(list: number, document: number, steps: number): void {
    let fill = this.fills[list] ?? 0;
    let tail = this.tails[list] ?? 0;
    if (fill === this.sizes[list]) {
      const size = Math.min(LARGEST, fill * 2);
      const next = this.block(size);
      this.set(tail, next);
      this.tails[list] = tail = next;
      this.sizes[list] = size;
      fill = 1;
    }
    this.set(tail + fill, document * (1 << FREQUENCY_BITS) + Math.min(MOST_STEPS, steps));
    this.fills[list] = fill + 1;
    this.counts[list] = (this.counts[list] ?? 0) + 1;
  }

  private set(at: number, value: number): void {
    const slab = this.slabs[at >>> SLAB_BITS];
    if (slab) slab[at & (SLAB - 1)] = value;
  }

  /** Number of postings, removed documents included. */
  count(list: number): number {
    return this.counts[list] ?? 0;
  }

  /** Adds to each document's score what a list says of it: factor × frequency / (frequency + norm of the document), frequencies in steps. One loop without calls: it is most of what a search does. */
  score(list: number, { factor, norms, scores }: Scoring): void {
    let at = this.heads[list] ?? 0;
    let left = this.count(list);
    for (let size = FIRST; left > 0; size = Math.min(LARGEST, size * 2)) {
      const slab = this.slabs[at >>> SLAB_BITS];
      if (!slab) return;
      const start = at & (SLAB - 1);
      const end = start + 1 + Math.min(left, size - 1);
      for (let i = start + 1; i < end; i += 1) {
        const posting = slab[i] as number;
        const document = posting >>> FREQUENCY_BITS;
        const steps = posting & MOST_STEPS;
        scores[document] = (scores[document] as number) + (factor * steps) / (steps + (norms[document] as number));
      }
      left -= size - 1;
      at = slab[start] ?? 0;
    }
  }

  /** Bytes held by the slabs. */
  bytes(): number {
    return this.slabs.length * SLAB * 4;
  }
}
