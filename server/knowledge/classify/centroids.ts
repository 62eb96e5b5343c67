import type { Linear, Rows } from './softmax';

const SHARPNESS = 12;
const ROWS_AT_HALF = 10;

/**
 * Mixes in the likeness to each label's mean text. With few rows per label the mean is the better judge, with many the trained weights are; both
 * are linear, so the mix is again one linear model.
 */
export function mixCentroids(model: Linear, rows: Rows): void {
  const { labels, weights, bias } = model;
  const means = new Float32Array(weights.length);
  let used = 0;
  rows.vectors.forEach(({ ids, values }, row) => {
    const target = rows.targets[row] ?? -1;
    if (target < 0) return;
    used += 1;
    for (let k = 0; k < ids.length; k += 1) {
      const at = (ids[k] as number) * labels + target;
      means[at] = (means[at] as number) + (values[k] as number);
    }
  });
  const lengths = new Float64Array(labels);
  for (let i = 0; i < means.length; i += 1) {
    const value = means[i] as number;
    lengths[i % labels] = (lengths[i % labels] as number) + value * value;
  }
  const perLabel = used / labels;
  const share = ROWS_AT_HALF / (ROWS_AT_HALF + perLabel);
  const factors = lengths.map((square) => (share * SHARPNESS) / (Math.sqrt(square) || 1));
  for (let i = 0; i < weights.length; i += 1) {
    weights[i] = (weights[i] as number) * (1 - share) + (means[i] as number) * (factors[i % labels] as number);
  }
  for (let c = 0; c < labels; c += 1) bias[c] = (bias[c] as number) * (1 - share);
}
