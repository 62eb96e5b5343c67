import type { Sparse } from './vectorizer';

/** One linear score per label. Weights lie feature by feature, so that one text touches a few short stretches of memory. */
export interface Linear {
  labels: number;
  weights: Float32Array;
  bias: Float32Array;
}

/** Rows to learn from; target -1 means: belongs to no label, all labels should be equally unlikely. */
export interface Rows {
  vectors: readonly Sparse[];
  targets: Int32Array;
  labels: number;
  features: number;
}

export interface Schedule {
  epochs: number;
  seed: number;
}

const RATE = 0.1;
const BIAS_RATE = 0.02;
const DROPPED = 0.4;
const SMALLEST = 0.003;

/** Scores of all labels for one text. */
export function scoresOf(model: Linear, { ids, values }: Sparse): Float64Array {
  const { labels, weights, bias } = model;
  const scores = Float64Array.from(bias);
  for (let k = 0; k < ids.length; k += 1) {
    const at = (ids[k] as number) * labels;
    const value = values[k] as number;
    for (let c = 0; c < labels; c += 1) scores[c] = (scores[c] as number) + value * (weights[at + c] as number);
  }
  return scores;
}

/** Shares that add up to 1, in place. */
export function toShares<T extends Float64Array | Float32Array>(scores: T): T {
  let most = -Infinity;
  for (const score of scores) if (score > most) most = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c += 1) sum += scores[c] = Math.exp((scores[c] as number) - most);
  for (let c = 0; c < scores.length; c += 1) scores[c] = (scores[c] as number) / sum;
  return scores;
}

/** A small random source, so that the same rows give the same model on every machine. */
export function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Puts rows into a random order, in place. */
export function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
}

/**
 * Softmax regression by stochastic steps with a rate per weight (Adagrad). A share of each text's features is dropped at every step, which keeps the
 * model from leaning on single words; labels that are all but settled are skipped, which makes it five times as fast.
 * Yields after every few hundred rows, so that the caller can let other work run.
 */
export function* train(rows: Rows, { epochs, seed }: Schedule): Generator<void, Linear> {
  const { vectors, labels, features } = rows;
  const model: Linear = { labels, weights: new Float32Array(labels * features), bias: new Float32Array(labels) };
  const seen = new Float32Array(labels * features).fill(1e-6);
  const random = randomOf(seed);
  const order = Int32Array.from(vectors, (_, i) => i);
  const step = stepper({ model, seen, random });
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const rate = RATE * (1 - (0.9 * epoch) / epochs);
    for (let i = 0; i < order.length; i += 1) {
      const row = order[i] as number;
      const vector = vectors[row];
      if (vector) step(vector, rows.targets[row] as number, rate);
      if (i % 64 === 63) yield;
    }
  }
  return model;
}

interface Workshop {
  model: Linear;
  seen: Float32Array;
  random: () => number;
}

function stepper({ model, seen, random }: Workshop): (vector: Sparse, target: number, rate: number) => void {
  const { labels, weights, bias } = model;
  const gradient = new Float32Array(labels);
  const active = new Int32Array(labels);
  return ({ ids, values }, target, rate) => {
    const kept: number[] = [];
    gradient.set(bias);
    for (let k = 0; k < ids.length; k += 1) {
      if (random() < DROPPED) continue;
      kept.push(k);
      const at = (ids[k] as number) * labels;
      const value = (values[k] as number) / (1 - DROPPED);
      for (let c = 0; c < labels; c += 1) gradient[c] = (gradient[c] as number) + value * (weights[at + c] as number);
    }
    toShares(gradient);
    let count = 0;
    for (let c = 0; c < labels; c += 1) {
      const wanted = target < 0 ? 1 / labels : c === target ? 1 : 0;
      const error = (gradient[c] as number) - wanted;
      gradient[c] = error;
      bias[c] = (bias[c] as number) - rate * BIAS_RATE * error;
      if (Math.abs(error) > SMALLEST) active[count++] = c;
    }
    for (const k of kept) {
      const at = (ids[k] as number) * labels;
      const value = (values[k] as number) / (1 - DROPPED);
      for (let a = 0; a < count; a += 1) {
        const c = at + (active[a] as number);
        const slope = (gradient[active[a] as number] as number) * value;
        const sum = (seen[c] as number) + slope * slope;
        seen[c] = sum;
        weights[c] = (weights[c] as number) - (rate * slope) / Math.sqrt(sum);
      }
    }
  };
}
