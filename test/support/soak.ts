// Long rounds on demand: `npm test` runs a sample, `npm run soak` (SOAK=1) all of it. Random choices follow SEED, which both print.

/** How many rounds: the sample in `npm test`, the whole in the soak. */
export function rounds(sample: number, whole: number): number {
  return process.env['SOAK'] === '1' ? whole : sample;
}

/** The seed of this run: SEED, or 1 when a test file is run by hand. */
export function seed(): number {
  return Number(process.env['SEED'] ?? 1);
}

/** Random numbers in [0, 1) that follow from a seed (mulberry32). */
export function random(from = seed()): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How long something may go on, in milliseconds: half of the minutes a soak was given, else until its natural end. */
export function lasting(): number {
  const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
  return minutes > 0 ? minutes * 30_000 : Infinity;
}
