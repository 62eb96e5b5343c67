// Exact values by formula: Erlang C, Erlang A, and first come first served with the longest-idle agent over any skill graph.
export interface Queueing { agents: number; lambda: number; mean: number; threshold: number }

export function erlangC({ agents: n, lambda, mean, threshold }: Queueing): Record<string, number> {
  const a = lambda * mean;
  let inverse = 1;
  for (let k = 1; k <= n; k += 1) inverse = 1 + (k / a) * inverse;
  const b = 1 / inverse;
  const wait = (n * b) / (n - a * (1 - b));
  const spare = n / mean - lambda;
  return { p_wait: wait, asa_min: wait / spare, service_level: 1 - wait * Math.exp(-spare * threshold), occupancy: a / n };
}

/** Walks the states of M/M/n+M and the beta sums of the wait's distribution; all terms positive. */
export function erlangA({ agents: n, lambda, mean, threshold }: Queueing, patience: number): Record<string, number> {
  const mu = 1 / mean;
  const theta = 1 / patience;
  const c = (n * mu) / theta;
  const x = Math.exp(-theta * threshold);
  let below = 0;
  for (let k = n, w = 1; k >= 1; k -= 1) below += w *= (k * mu) / lambda;
  const longer = (i0: number, j: number): number => {
    let term = i0 === 0 ? Math.exp(-n * mu * threshold) : Math.exp(-n * mu * threshold) * x;
    const base = c + i0;
    let sum = 0;
    for (let i = 0; i <= j; i += 1) {
      sum += term;
      term *= ((base + i) / (i + 1)) * (1 - x);
    }
    return sum;
  };
  let total = below, wait = 0, queue = 0, inTime = below, late = 0;
  for (let j = 0, w = 1; j < 2000 && (w > 1e-18 || j < 5); j += 1) {
    total += w;
    wait += w;
    queue += j * w;
    inTime += w * (c / (c + j + 1)) * (1 - longer(1, j));
    late += w * x * longer(0, j);
    w *= lambda / (n * mu + (j + 1) * theta);
  }
  const lq = queue / total;
  const abandon = (theta * lq) / lambda;
  return {
    p_wait: wait / total, p_abandon: abandon, asa_all_min: lq / lambda, sl_served_of_all: inTime / total,
    sl_served_of_served: inTime / total / (1 - abandon), sl_served_or_abandoned_of_all: 1 - late / total, occupancy: (lambda * (1 - abandon)) / (n * mu),
  };
}

export interface Graph { lambda: number[]; mu: number[]; skills: number[][] }

/** The product form of the longest-idle discipline, summed over queue lengths: a dynamic program over the sets of busy agents. */
export function longestIdle({ lambda, mu, skills }: Graph): { pWait: number[]; asa: number[]; meanBusy: number } {
  const all = (1 << mu.length) - 1;
  const servers = lambda.map((_, c) => skills.reduce((set, own, i) => (own.includes(c) ? set | (1 << i) : set), 0));
  const members = (set: number): number[] => mu.map((_, i) => i).filter((i) => set & (1 << i));
  const only = (set: number, c: number): boolean => ((servers[c] ?? 0) & ~set) === 0;
  const busy: number[] = [1];
  const idle: number[] = [1];
  const queued = lambda.map(() => [0]);
  for (let set = 1; set <= all; set += 1) {
    const spare = members(set).reduce((a, i) => a + (mu[i] ?? 0), 0) - lambda.reduce((a, l, c) => a + (only(set, c) ? l : 0), 0);
    const reach = lambda.reduce((a, l, c) => a + ((servers[c] ?? 0) & set ? l : 0), 0);
    const from = (table: number[]): number => members(set).reduce((a, i) => a + (table[set & ~(1 << i)] ?? 0), 0);
    const ways = from(busy);
    busy[set] = ways / spare;
    idle[set] = from(idle) / reach;
    lambda.forEach((l, c) => {
      const mine = queued[c] ?? [];
      mine[set] = (from(mine) + (ways * (only(set, c) ? l : 0)) / spare) / spare;
    });
  }
  const over = (f: (set: number) => number): number => Array.from({ length: all + 1 }, (_, set) => f(set) * (idle[all & ~set] ?? 0)).reduce((a, b) => a + b, 0);
  const total = over((set) => busy[set] ?? 0);
  return {
    pWait: lambda.map((_, c) => over((set) => (only(set, c) ? busy[set] ?? 0 : 0)) / total),
    asa: lambda.map((l, c) => over((set) => queued[c]?.[set] ?? 0) / total / l),
    meanBusy: over((set) => (busy[set] ?? 0) * members(set).length) / total,
  };
}
