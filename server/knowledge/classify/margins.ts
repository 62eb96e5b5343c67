import { shuffle, randomOf, type Linear, type Rows } from './softmax';

const ROUNDS = 6;
/** How much a row beyond its margin costs, against the size of the weights. */
const COST = 1;
const SMALLEST = 1e-4;

/**
 * Support vectors, each label against all others (squared hinge, dual coordinate descent): every step solves one row exactly, so a few rounds are
 * enough. Rows of no label lie on the far side of all. Yields after every few hundred rows.
 */
export function* trainMargins({ vectors, targets, labels, features }: Rows, seed: number): Generator<void, Linear> {
  const model: Linear = { labels, weights: new Float32Array(labels * features), bias: new Float32Array(labels) };
  const held = new Float32Array(vectors.length * labels);
  const slack = 1 / (2 * COST);
  const lengths = vectors.map(({ values }) => values.reduce((sum, value) => sum + value * value, 1 + slack));
  const step = stepper({ model, held, slack });
  const random = randomOf(seed);
  const order = Int32Array.from(vectors, (_, i) => i);
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random);
    for (let i = 0; i < order.length; i += 1) {
      const row = order[i] as number;
      const vector = vectors[row];
      if (vector) step({ row, target: targets[row] as number, ids: vector.ids, values: vector.values, length: lengths[row] as number });
      if (i % 64 === 63) yield;
    }
  }
  return model;
}

interface Step {
  row: number;
  target: number;
  ids: Int32Array;
  values: Float32Array;
  length: number;
}

function stepper({ model, held, slack }: { model: Linear; held: Float32Array; slack: number }): (step: Step) => void {
  const { labels, weights, bias } = model;
  const scores = new Float32Array(labels);
  const moved = new Int32Array(labels);
  const by = new Float32Array(labels);
  return ({ row, target, ids, values, length }) => {
    scores.set(bias);
    for (let k = 0; k < ids.length; k += 1) {
      const at = (ids[k] as number) * labels;
      const value = values[k] as number;
      for (let c = 0; c < labels; c += 1) scores[c] = (scores[c] as number) + value * (weights[at + c] as number);
    }
    let count = 0;
    for (let c = 0; c < labels; c += 1) {
      const side = target === c ? 1 : -1;
      const before = held[row * labels + c] as number;
      const after = Math.max(0, before - (side * (scores[c] as number) - 1 + slack * before) / length);
      if (Math.abs(after - before) < SMALLEST) continue;
      held[row * labels + c] = after;
      moved[count] = c;
      by[count++] = (after - before) * side;
      bias[c] = (bias[c] as number) + (after - before) * side;
    }
    for (let k = 0; count > 0 && k < ids.length; k += 1) {
      const at = (ids[k] as number) * labels;
      const value = values[k] as number;
      for (let m = 0; m < count; m += 1) {
        const c = at + (moved[m] as number);
        weights[c] = (weights[c] as number) + value * (by[m] as number);
      }
    }
  };
}

/** The mean of two linear models of the same rows, the second brought to the scale of the first; in place of the first. */
export function mixInto(first: Linear, second: Linear): void {
  const factor = sizeOf(first) / (sizeOf(second) || 1);
  for (let i = 0; i < first.weights.length; i += 1) first.weights[i] = ((first.weights[i] as number) + factor * (second.weights[i] as number)) / 2;
  for (let c = 0; c < first.labels; c += 1) first.bias[c] = ((first.bias[c] as number) + factor * (second.bias[c] as number)) / 2;
}

/** How far the labels' weights lie apart: what all labels share moves no decision. */
function sizeOf({ weights, labels }: Linear): number {
  let total = 0;
  for (let at = 0; at < weights.length; at += labels) {
    let [sum, square] = [0, 0];
    for (let c = at; c < at + labels; c += 1) {
      const weight = weights[c] as number;
      sum += weight;
      square += weight * weight;
    }
    total += square - (sum * sum) / labels;
  }
  return Math.sqrt(total);
}
