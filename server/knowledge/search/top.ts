/** The best `size` of the documents that `allowed` lets through, best first; equal scores go to the older document. */
export function topOf(scores: Float32Array, size: number, allowed: (document: number) => boolean): number[] {
  const heap: number[] = [];
  const worse = (a: number, b: number): boolean => {
    const difference = (scores[a] ?? 0) - (scores[b] ?? 0);
    return difference < 0 || (difference === 0 && a > b);
  };
  let bar = 0;
  for (let document = 0; document < scores.length; document += 1) {
    const score = scores[document] as number;
    if (score <= bar || !allowed(document)) continue;
    if (heap.length < size) {
      heap.push(document);
      rise(heap, worse);
    } else {
      heap[0] = document;
      sink(heap, worse);
    }
    if (heap.length === size) bar = scores[heap[0] ?? 0] ?? 0;
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
}

type Worse = (a: number, b: number) => boolean;

function rise(heap: number[], worse: Worse): void {
  let at = heap.length - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (!worse(heap[at] as number, heap[up] as number)) return;
    swap(heap, at, up);
    at = up;
  }
}

function sink(heap: number[], worse: Worse): void {
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && worse(heap[child] as number, heap[least] as number)) least = child;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: number[], a: number, b: number): void {
  const kept = heap[a] as number;
  heap[a] = heap[b] as number;
  heap[b] = kept;
}

/** Highest score among allowed documents, 0 without one. */
export function highest(scores: Float32Array, allowed: (document: number) => boolean): number {
  let best = 0;
  for (let document = 0; document < scores.length; document += 1) {
    const score = scores[document] as number;
    if (score > best && allowed(document)) best = score;
  }
  return best;
}
