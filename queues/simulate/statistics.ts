const t975 = [0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042];

/** The 97.5 % point of Student's distribution. */
export function studentT(degrees: number): number {
  return t975[degrees] ?? 1.96 + 2.4 / degrees;
}

/** Mean of independent runs and the half width of its 95 % interval. */
export interface Estimate { value: number; half95: number }

/** Solves a small symmetric system; null when it is singular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let i = 0; i < n; i += 1) {
    const pivot = rows.slice(i).reduce((best, row, k) => (Math.abs(row[i] ?? 0) > Math.abs(rows[best]?.[i] ?? 0) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot] ?? [], rows[i] ?? []];
    const head = rows[i] ?? [];
    if (Math.abs(head[i] ?? 0) < 1e-14) return null;
    for (let r = 0; r < n; r += 1) {
      const row = rows[r] ?? [];
      const factor = (row[i] ?? 0) / (head[i] ?? 1);
      if (r !== i && factor !== 0) rows[r] = row.map((value, c) => value - factor * (head[c] ?? 0));
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** mean ± t·s/√runs. */
export function plainEstimate(values: readonly number[]): Estimate {
  const m = mean(values);
  const spread = Math.sqrt(values.reduce((a, v) => a + (v - m) ** 2, 0) / (values.length - 1));
  return { value: m, half95: (studentT(values.length - 1) * spread) / Math.sqrt(values.length) };
}

/**
 * The same with control variates: quantities of each run whose exact mean is 0 (how far its arrivals, services and patiences were from what was
 * asked for). What they explain is taken out by regression; each costs a degree of freedom. Fewer than 12 runs: the plain mean. So it is when they
 * explain everything: such a figure (occupancy without impatience) is a ratio of the controls, and what is left is the ratio's bend, not its error.
 */
export function estimate(values: readonly number[], controls: readonly (readonly number[])[]): Estimate {
  const k = controls[0]?.length ?? 0;
  const n = values.length;
  if (k === 0 || n < 12) return plainEstimate(values);
  const rows = controls.map((c) => [1, ...c]);
  const size = k + 1;
  const cross = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_x, j) => rows.reduce((a, row) => a + (row[i] ?? 0) * (row[j] ?? 0), 0)));
  const beta = solve(cross, Array.from({ length: size }, (_, i) => rows.reduce((a, row, r) => a + (row[i] ?? 0) * (values[r] ?? 0), 0)));
  const unit = solve(cross, Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 0)));
  const plain = plainEstimate(values);
  if (!beta || !unit) return plain;
  const left = values.reduce((a, v, r) => a + (v - (rows[r] ?? []).reduce((s, x, i) => s + x * (beta[i] ?? 0), 0)) ** 2, 0) / (n - size);
  const half95 = studentT(n - size) * Math.sqrt(left * (unit[0] ?? 0));
  return half95 < 0.03 * plain.half95 ? plain : { value: beta[0] ?? 0, half95 };
}
