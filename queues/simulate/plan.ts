import type { SimulatedChanges, SimulatedLoad } from '../../protocol';
import type { AgentSelection, QueueOrder } from '../room/queue-rule';
import type { Requirement, Ring } from '../work-item';
import type { Random } from './random';

/** A queue of a plan. `key` is what changes name it by. */
export interface PlanQueue { key: string; name: string; rings: readonly Ring[]; order: QueueOrder; select: AgentSelection; targetMs: number }
/** One agent of a plan; `key` is shared by a group. */
export interface PlanAgent { key: string; queues: readonly string[]; skills: Requirement; capacity: number; maxima: Readonly<Record<string, number>>; shifts: readonly { from: number; to: number }[] }
/** Arrivals that are alike but for their moment. */
export interface PlanKind { queue: string; channel: string; weight: number; interruptible: boolean; priorityMinutes: number; dueMs: number | null }
/** One arrival; times in milliseconds from the beginning. */
export interface PlanArrival { at: number; kind: number; serviceMs: number; patienceMs: number | null }
/** What is simulated: the arrivals of a run follow from its random numbers alone, so that two plans see the same customers. */
export interface Plan { queues: readonly PlanQueue[]; agents: readonly PlanAgent[]; kinds: readonly PlanKind[]; arrivals(random: Random): PlanArrival[] }

const MINUTE = 60_000;
const ringsOf = (requirement: Requirement, more: readonly Ring[] = []): Ring[] => [{ afterSeconds: 0, requirement }, ...more];

/** A plan from a described load: Poisson arrivals at the rate of each interval, exponential handling times and patience. */
export function planOf(load: SimulatedLoad): Plan {
  const known = new Set(load.queues.map((queue) => queue.name));
  const unknown = [...load.agents.flatMap((agent) => agent.queues), ...load.arrivals.map((each) => each.queue)].find((queue) => !known.has(queue));
  if (unknown !== undefined) throw new Error(`There is no queue "${unknown}" in this load`);
  return {
    queues: load.queues.map(({ name, requirement, rings, order, select, targetSeconds }) => ({ key: name, name, rings: ringsOf(requirement, rings), order, select, targetMs: targetSeconds * 1000 })),
    agents: load.agents.flatMap(({ name, count, queues, skills, capacity, shifts }) => Array.from({ length: count }, () => ({
      key: name, queues, skills, capacity, maxima: {}, shifts: shifts.map(({ from, to }) => ({ from: from * MINUTE, to: to * MINUTE })),
    }))),
    kinds: load.arrivals.map(({ queue, channel, weight, priorityMinutes, dueSeconds }) => ({ queue, channel, weight, interruptible: false, priorityMinutes, dueMs: dueSeconds === null ? null : dueSeconds * 1000 })),
    arrivals: (random) => load.arrivals.flatMap((each, kind) => drawn(each, { kind, random })).sort((a, b) => a.at - b.at),
  };
}

function drawn(each: SimulatedLoad['arrivals'][number], { kind, random }: { kind: number; random: Random }): PlanArrival[] {
  const length = each.intervalMinutes * MINUTE;
  return each.counts.flatMap((expected, interval) => {
    const found: PlanArrival[] = [];
    for (let at = random.exponential(1); at < expected; at += random.exponential(1)) {
      const patience = random.exponential(1);
      found.push({ at: (interval + at / expected) * length, kind, serviceMs: random.exponential(each.handleSeconds * 1000), patienceMs: each.patienceSeconds === null ? null : patience * each.patienceSeconds * 1000 });
    }
    return found;
  });
}

/** The plan with changes; throws for a queue or an agent that is not in it. */
export function changed(plan: Plan, changes: SimulatedChanges): Plan {
  for (const { queue } of changes.queues) if (!plan.queues.some((each) => each.key === queue)) throw new Error(`There is no queue "${queue}" to change`);
  for (const { agent } of changes.agents) if (!plan.agents.some((each) => each.key === agent)) throw new Error(`There is no agent "${agent}" to change`);
  const queues = plan.queues.map((queue): PlanQueue => {
    const change = changes.queues.find((each) => each.queue === queue.key);
    if (!change) return queue;
    return { ...queue, order: change.order ?? queue.order, select: change.select ?? queue.select, rings: change.requirement ? ringsOf(change.requirement) : queue.rings };
  });
  let agents = [...plan.agents];
  for (const change of changes.agents) agents = changeAgents(agents, change);
  for (const change of changes.queues) agents = restaff(agents, { queues, key: change.queue, by: change.agents });
  return { ...plan, queues, agents };
}

function changeAgents(agents: PlanAgent[], change: SimulatedChanges['agents'][number]): PlanAgent[] {
  const [first] = agents.filter((agent) => agent.key === change.agent);
  const others = agents.filter((agent) => agent.key !== change.agent);
  const mine = agents.filter((agent) => agent.key === change.agent).map((agent): PlanAgent => ({ ...agent, skills: change.skills ?? agent.skills, queues: change.queues ?? agent.queues }));
  if (change.count === undefined || !first) return [...others, ...mine];
  return [...others, ...Array.from({ length: change.count }, (_, i) => mine[i % mine.length] ?? first)];
}

// Those who come work the shifts of those who are there, in turn; those who go are the ones who serve the fewest queues besides.
function restaff(agents: PlanAgent[], { queues, key, by }: { queues: readonly PlanQueue[]; key: string; by: number }): PlanAgent[] {
  const there = agents.filter((agent) => agent.queues.includes(key));
  if (by > 0) {
    const asked = queues.find((queue) => queue.key === key)?.rings[0]?.requirement ?? {};
    const whole = { from: 0, to: Math.max(...agents.flatMap((agent) => agent.shifts.map((shift) => shift.to)), 24 * 60 * MINUTE) };
    return [...agents, ...Array.from({ length: by }, (_, i): PlanAgent => {
      const like = there[i % Math.max(1, there.length)];
      return { key: `+${key}`, queues: [key], skills: asked, capacity: like?.capacity ?? 100, maxima: like?.maxima ?? {}, shifts: like?.shifts ?? [whole] };
    })];
  }
  const going = new Set([...there].sort((a, b) => a.queues.length - b.queues.length).slice(0, -by));
  return by < 0 ? agents.filter((agent) => !going.has(agent)) : agents;
}
