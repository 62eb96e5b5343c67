import { scoresOf, toShares, type Linear } from './softmax';
import type { Sparse } from './vectorizer';

/** What is known about one answer before its confidence is: five numbers, see `signsOf`. */
export type Signs = readonly number[];

/** Turns signs into the probability that the label is right. First a judge that also saw out-of-scope texts, then a scale fitted to in-scope ones. */
export interface Calibration {
  judge: readonly number[];
  scale: readonly number[];
}

/** A row kept out of training: `right` says whether the model got it, `inScope` whether its label existed. */
export interface Trial {
  signs: Signs;
  right: boolean;
  inScope: boolean;
}

export interface Scored {
  shares: Float64Array;
  order: number[];
  signs: Signs;
}

/** Scores a text: shares of the labels, labels best first, and the signs of how far to trust that. */
export function judgeText(model: Linear, vector: Sparse): Scored {
  const scores = scoresOf(model, vector);
  const order = Array.from(scores, (_, c) => c).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const first = scores[order[0] ?? 0] ?? 0;
  const second = scores[order[1] ?? order[0] ?? 0] ?? 0;
  let energy = 0;
  let mean = 0;
  for (const score of scores) {
    energy += Math.exp(score - first);
    mean += score / scores.length;
  }
  const shares = toShares(Float64Array.from(scores));
  const signs = [1, first, first - second, Math.log(energy), vector.known, first - mean];
  return { shares, order, signs };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, x))));
const dot = (weights: readonly number[], signs: Signs): number => signs.reduce((sum, sign, i) => sum + sign * (weights[i] ?? 0), 0);

/** The probability that the label is right, 0..1. */
export function confidenceOf({ judge, scale }: Calibration, signs: Signs): number {
  return sigmoid((scale[0] ?? 0) + (scale[1] ?? 1) * dot(judge, signs));
}

/** Used when there were too few rows to keep some out: modest confidence that grows with the lead of the first label. */
export const UNTESTED: Calibration = { judge: [-1, 0, 0.5, 0, 1, 0], scale: [0, 1] };

/** Fits both steps to rows kept out of training. Out-of-scope rows together weigh a third of the in-scope ones. */
export function calibrate(trials: readonly Trial[]): Calibration {
  const inScope = trials.filter((trial) => trial.inScope);
  if (inScope.length < 20) return UNTESTED;
  const out = trials.length - inScope.length;
  const weight = out === 0 ? 0 : Math.min(3, inScope.length / 3 / out);
  const judge = logistic(trials.map((t) => ({ signs: t.signs, wanted: t.right ? 1 : 0, weight: t.inScope ? 1 : weight })));
  const scale = logistic(inScope.map((t) => ({ signs: [1, dot(judge, t.signs)], wanted: t.right ? 1 : 0, weight: 1 })));
  return { judge, scale: (scale[1] ?? 0) > 0 ? scale : [0, 1] };
}

interface Point {
  signs: Signs;
  wanted: number;
  weight: number;
}

/** Logistic regression by Newton steps with a little shrinkage. */
function logistic(points: readonly Point[]): number[] {
  const size = points[0]?.signs.length ?? 0;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < 25; round += 1) {
    const gradient = weights.map((w, i) => (i === 0 ? 0 : -w * 0.05));
    const curve = weights.map((_, i) => weights.map((__, j): number => (i === j ? 0.05 : 0)));
    for (const { signs, wanted, weight } of points) {
      const p = sigmoid(dot(weights, signs));
      for (let i = 0; i < size; i += 1) {
        gradient[i] = (gradient[i] ?? 0) + weight * (wanted - p) * (signs[i] ?? 0);
        const row = curve[i] ?? [];
        for (let j = 0; j < size; j += 1) row[j] = (row[j] ?? 0) + weight * p * (1 - p) * (signs[i] ?? 0) * (signs[j] ?? 0);
      }
    }
    const step = solve(curve, gradient);
    weights = weights.map((w, i) => w + (step[i] ?? 0));
    if (step.every((s) => Math.abs(s) < 1e-6)) break;
  }
  return weights;
}

/** Gauss elimination with pivots; small systems only. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  for (let c = 0; c < n; c += 1) {
    const pivot = rows.slice(c).reduce((best, row, i) => (Math.abs(row[c] ?? 0) > Math.abs(rows[best]?.[c] ?? 0) ? c + i : best), c);
    [rows[c], rows[pivot]] = [rows[pivot] ?? [], rows[c] ?? []];
    const top = rows[c] ?? [];
    for (let r = 0; r < n; r += 1) {
      const row = rows[r] ?? [];
      const factor = r === c ? 0 : (row[c] ?? 0) / (top[c] || 1e-12);
      if (factor !== 0) for (let k = c; k <= n; k += 1) row[k] = (row[k] ?? 0) - factor * (top[k] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-12));
}
