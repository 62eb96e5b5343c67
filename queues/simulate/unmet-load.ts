/** Who may take what, and how much arrives: rates of the same unit. */
export interface LoadGraph { arrivals: readonly number[]; speeds: readonly number[]; skills: readonly (readonly number[])[] }

/**
 * Classes whose arrivals the agents who take them cannot work off in the long run; null when all can be. It is a flow from classes to agents, pushed
 * along shortest paths until none is left; full to the brim counts as too much, since such a queue has no mean.
 */
export function unmetLoad({ arrivals, speeds, skills }: LoadGraph): number[] | null {
  const left = arrivals.map((rate) => rate * (1 + 1e-9));
  const spare = [...speeds];
  const sent = arrivals.map(() => new Map<number, number>());
  const takers = arrivals.map((_, c) => skills.flatMap((held, agent) => (held.includes(c) ? [agent] : [])));
  for (let start = left.findIndex((rate) => rate > 1e-12); start >= 0; start = left.findIndex((rate) => rate > 1e-12)) {
    const reached = reach(start, { takers, sent });
    const end = [...reached.agents.keys()].find((agent) => (spare[agent] ?? 0) > 1e-12);
    if (end === undefined) return [...reached.classes.keys()].filter((c) => (arrivals[c] ?? 0) > 0).sort((a, b) => a - b);
    push(end, { reached, left, spare, sent });
  }
  return null;
}

interface Reached { /** Agent → class it was reached from. */ agents: Map<number, number>; /** Class → agent whose work of that class would move on; null for the first. */ classes: Map<number, number | null> }

function reach(start: number, { takers, sent }: { takers: readonly number[][]; sent: readonly Map<number, number>[] }): Reached {
  const classes = new Map<number, number | null>([[start, null]]);
  const agents = new Map<number, number>();
  for (const c of classes.keys()) {
    for (const agent of takers[c] ?? []) {
      if (agents.has(agent)) continue;
      agents.set(agent, c);
      sent.forEach((flows, other) => { if ((flows.get(agent) ?? 0) > 1e-12 && !classes.has(other)) classes.set(other, agent); });
    }
  }
  return { agents, classes };
}

function push(end: number, { reached, left, spare, sent }: { reached: Reached; left: number[]; spare: number[]; sent: readonly Map<number, number>[] }): void {
  const steps: { from: number; agent: number; displaced: number | null }[] = [];
  let start = reached.agents.get(end) ?? 0;
  for (let agent: number | null = end; agent !== null;) {
    start = reached.agents.get(agent) ?? 0;
    const displaced: number | null = reached.classes.get(start) ?? null;
    steps.push({ from: start, agent, displaced });
    agent = displaced;
  }
  const moved = Math.min(left[start] ?? 0, spare[end] ?? 0, ...steps.flatMap(({ from, displaced }) => (displaced === null ? [] : [sent[from]?.get(displaced) ?? 0])));
  for (const { from, agent, displaced } of steps) {
    sent[from]?.set(agent, (sent[from].get(agent) ?? 0) + moved);
    if (displaced !== null) sent[from]?.set(displaced, (sent[from].get(displaced) ?? 0) - moved);
  }
  left[start] = (left[start] ?? 0) - moved;
  spare[end] = (spare[end] ?? 0) - moved;
}
