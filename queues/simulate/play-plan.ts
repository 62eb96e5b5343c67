import type { Redis } from 'ioredis';
import type { SimulatedChanges, SimulatedFigures, SimulationResult } from '../../protocol';
import { changed, type Plan, type PlanArrival } from './plan';
import { randomFrom } from './random';
import { type Arrival, type Ended, forgetOldRuns, Run, type Setting, type Shift } from './run';
import { plainEstimate } from './statistics';

/** Few at a time: on a Redis that routes as well, nobody waits for a simulation longer than some milliseconds. */
const BATCH = 50;

interface Tally { arrived: number; answered: number; inTime: number; gaveUp: number; waitMs: number; longestMs: number; workMs: number }
const none = (): Tally => ({ arrived: 0, answered: 0, inTime: 0, gaveUp: 0, waitMs: 0, longestMs: 0, workMs: 0 });

function settingOf(plan: Plan): Setting {
  const ids = new Map(plan.queues.map((queue, i) => [queue.key, `q${i}`]));
  const skills = new Map([...new Set([...plan.queues.flatMap((queue) => queue.rings.flatMap((ring) => Object.keys(ring.requirement))), ...plan.agents.flatMap((agent) => Object.keys(agent.skills))])].map((name, i) => [name, `s${i}`]));
  const plain = (levels: Readonly<Record<string, number>>): Record<string, number> => Object.fromEntries(Object.entries(levels).map(([name, level]) => [skills.get(name) ?? name, level]));
  return {
    queues: plan.queues.map((queue, i) => ({ id: `q${i}`, order: queue.order, select: queue.select, pull: false, coolDownSeconds: 0 })),
    agents: plan.agents.map((agent, i) => ({ id: `a${i}`, queueIds: agent.queues.flatMap((key) => ids.get(key) ?? []), skills: plain(agent.skills), maxima: agent.maxima, capacity: agent.capacity, absent: true })),
    templates: plan.kinds.map((kind) => ({
      item: {
        version: 1, queueId: ids.get(kind.queue) ?? 'q0', channel: kind.channel, weight: kind.weight, interruptible: kind.interruptible, priorityMinutes: kind.priorityMinutes, staticPriority: Math.max(0, Math.min(9, Math.round(kind.priorityMinutes / 10))),
        rings: (plan.queues.find((queue) => queue.key === kind.queue)?.rings ?? []).map((ring) => ({ ...ring, requirement: plain(ring.requirement) })), offerSeconds: 30, autoAccept: true,
      },
      ...(kind.dueMs === null ? {} : { dueAfterMs: kind.dueMs }),
    })),
  };
}

function happenings(plan: Plan, arrivals: readonly PlanArrival[]): (Arrival | Shift)[] {
  const shifts = plan.agents.flatMap((agent, i) => agent.shifts.flatMap(({ from, to }): Shift[] => [{ at: from, agent: i, begins: true }, { at: to, agent: i, begins: false }]));
  return [...shifts, ...arrivals.map(({ at, kind, serviceMs, patienceMs }): Arrival => ({ at, template: kind, serviceMs, patienceMs }))].sort((a, b) => a.at - b.at);
}

async function playOnce(redis: Redis, plan: Plan, given: { seed: number; run: number }): Promise<Map<string, Tally>> {
  const arrivals = plan.arrivals(randomFrom(given.seed, given.run));
  const tallies = new Map(plan.queues.map((queue) => [queue.key, none()]));
  const tallyOf = (one: PlanArrival): Tally => tallies.get(plan.kinds[one.kind]?.queue ?? '') ?? none();
  for (const one of arrivals) tallyOf(one).arrived += 1;
  const targets = new Map(plan.queues.map((queue) => [queue.key, queue.targetMs]));
  const count = (ended: readonly Ended[]): void => {
    for (const { arrival, agent, waitMs } of ended) {
      const one = arrivals[arrival];
      if (!one) continue;
      const tally = tallyOf(one);
      const kind = plan.kinds[one.kind];
      tally.waitMs += waitMs;
      tally.longestMs = Math.max(tally.longestMs, waitMs);
      if (agent < 0) { tally.gaveUp += 1; continue; }
      tally.answered += 1;
      tally.inTime += waitMs <= (targets.get(kind?.queue ?? '') ?? 0) ? 1 : 0;
      tally.workMs += (one.serviceMs * (kind?.weight ?? 100)) / (plan.agents[agent]?.capacity ?? 100);
    }
  };
  const run = new Run(redis, settingOf(plan));
  await run.open();
  const all = happenings(plan, arrivals);
  for (let i = 0; i < all.length; i += BATCH) count(await run.play(all.slice(i, i + BATCH)));
  count(await run.finish());
  return tallies;
}

const add = (a: Tally, b: Tally): Tally => ({
  arrived: a.arrived + b.arrived, answered: a.answered + b.answered, inTime: a.inTime + b.inTime, gaveUp: a.gaveUp + b.gaveUp, waitMs: a.waitMs + b.waitMs, longestMs: Math.max(a.longestMs, b.longestMs), workMs: a.workMs + b.workMs,
});
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

function figuresOf(plan: Plan, runs: readonly Map<string, Tally>[]): SimulatedFigures[] {
  const staffed = (key: string | null): number => plan.agents.filter((agent) => key === null || agent.queues.includes(key)).reduce((sum, agent) => sum + agent.shifts.reduce((a, { from, to }) => a + Math.max(0, to - from), 0), 0);
  const row = (about: { queue: string; name: string; staffedMs: number }, tallies: readonly Tally[]): SimulatedFigures => {
    const all = tallies.reduce(add, none());
    const level = tallies.length > 1 ? plainEstimate(tallies.map((tally) => share(tally.inTime, tally.arrived))).half95 : 0;
    return {
      queue: about.queue, name: about.name, arrived: mean(tallies.map((tally) => tally.arrived)), answered: mean(tallies.map((tally) => tally.answered)), serviceLevel: share(all.inTime, all.arrived), serviceLevelHalf95: level,
      asaSeconds: share(all.waitMs, all.answered + all.gaveUp) / 1000, abandonment: share(all.gaveUp, all.arrived), unanswered: share(all.arrived - all.answered - all.gaveUp, all.arrived), longestSeconds: mean(tallies.map((tally) => tally.longestMs)) / 1000,
      occupancy: share(mean(tallies.map((tally) => tally.workMs)), about.staffedMs),
    };
  };
  const rows = plan.queues.map((queue) => row({ queue: queue.key, name: queue.name, staffedMs: staffed(queue.key) }, runs.map((run) => run.get(queue.key) ?? none())));
  return [...rows, row({ queue: '', name: '', staffedMs: staffed(null) }, runs.map((run) => [...run.values()].reduce(add, none())))];
}

/** How a plan is compared with its changes. */
export interface Comparison { changes: SimulatedChanges; runs: number; seed: number; /** Share done, after every run. */ onProgress?: (share: number) => Promise<void> | void }

/** Plays the same arrivals on the real script, as it is and with the changes. Throws for a queue or an agent the plan does not have. */
export async function comparePlans(redis: Redis, plan: Plan, { changes, runs, seed, onProgress }: Comparison): Promise<SimulationResult> {
  const plans = [plan, changed(plan, changes)];
  await forgetOldRuns(redis);
  const results: Map<string, Tally>[][] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    for (const [side, each] of plans.entries()) {
      results[side]?.push(await playOnce(redis, each, { seed, run }));
      await onProgress?.((run * 2 + side + 1) / (runs * 2));
    }
  }
  const [before = [], after = []] = plans.map((each, side) => figuresOf(each, results[side] ?? []));
  return { before, after, runs, agents: plan.agents.length };
}
