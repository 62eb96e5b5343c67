import { companyById } from '../access';
import { Events, type Ctx, type DomainEvent } from '../kernel';
import { agentsOf, Interactions, queuesOf, ringsOf, type AgentDoc, type InteractionDoc, type QueueDoc } from '../workforce';
import type { Plan, PlanAgent, PlanArrival, PlanKind, PlanQueue, Random } from '../../queues';
import { dayOf } from './day';

const dayMs = 86_400_000;
const usualHandleMs = 300_000;
const mostArrivals = 50_000;

type Row = Pick<InteractionDoc, '_id' | 'queueId' | 'channel' | 'weight' | 'interruptible' | 'priorityMinutes' | 'arrivedAt' | 'acceptedAt' | 'endedAt' | 'how' | 'dueAt' | 'segments'>;

/**
 * What happened on a day, ready to be played again: every arrival at its moment, each agent's hours from recorded states, handling times as they
 * were. Null when nothing arrived. Patience is drawn: its mean is all waits of a queue ÷ those who gave up. Queues and skills are today's.
 */
export async function planOfDay(ctx: Ctx, day: string): Promise<Plan | null> {
  const { companyId } = ctx;
  const timeZone = (await companyById(companyId))?.timeZone ?? 'UTC';
  const start = startOf(day, timeZone);
  const [queues, agents, rows] = await Promise.all([queuesOf(companyId), agentsOf(companyId), Interactions.find({ companyId, arrivedAt: { $gte: new Date(start), $lt: new Date(start + dayMs) } })
    .select('queueId channel weight interruptible priorityMinutes arrivedAt acceptedAt endedAt how dueAt segments').sort({ arrivedAt: 1 }).limit(mostArrivals).lean<Row[]>()]);
  if (rows.length === 0) return null;
  const kinds = new Map<string, { kind: PlanKind; place: number }>();
  const kindOf = (row: Row): number => {
    const kind: PlanKind = { queue: row.queueId, channel: row.channel, weight: row.weight, interruptible: row.interruptible, priorityMinutes: row.priorityMinutes, dueMs: row.dueAt ? Math.max(1000, Math.round((row.dueAt.getTime() - row.arrivedAt.getTime()) / 60_000) * 60_000) : null };
    const name = JSON.stringify(kind);
    const found = kinds.get(name) ?? { kind, place: kinds.size };
    kinds.set(name, found);
    return found.place;
  };
  const known = rows.filter((row) => queues.some((queue) => queue._id === row.queueId));
  const placed = known.map((row) => ({ row, kind: kindOf(row) }));
  const times = new Map(queues.map((queue) => [queue._id, timesOf(known.filter((row) => row.queueId === queue._id))]));
  return {
    queues: queues.map(planQueue), agents: await Promise.all(agents.map(async (agent) => planAgent(agent, await hoursOf(ctx, agent, start)))), kinds: [...kinds.values()].map(({ kind }) => kind),
    arrivals: (random) => placed.map(({ row, kind }) => arrivalOf({ row, kind, start }, times.get(row.queueId) ?? timesOf([]), random)),
  };
}

/** Midnight of a day in a time zone, in epoch milliseconds. */
function startOf(day: string, timeZone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  for (let at = noon - 27 * 3_600_000; at <= noon + 15 * 3_600_000; at += 900_000) if (dayOf(new Date(at), timeZone) === day) return at;
  return Date.parse(`${day}T00:00:00Z`);
}

const planQueue = (queue: QueueDoc): PlanQueue => ({
  key: queue._id, name: queue.name, rings: ringsOf(queue), order: queue.order, select: queue.select,
  targetMs: Math.min(...Object.values(queue.targets).map((target) => target.withinSeconds), 14_400) * 1000,
});
const planAgent = (agent: AgentDoc, shifts: PlanAgent['shifts']): PlanAgent => ({ key: agent._id, queues: agent.queueIds, skills: agent.skills, capacity: agent.capacity, maxima: agent.maxima, shifts });

const there = new Set<unknown>(['available', 'wrap-up']);

/** When an agent was there to be given work, milliseconds from the beginning of the day. */
async function hoursOf(ctx: Ctx, agent: AgentDoc, start: number): Promise<{ from: number; to: number }[]> {
  const about = { companyId: ctx.companyId, subject: agent._id, name: 'agent.state-changed' as const };
  const [before, changes] = await Promise.all([
    Events.findOne({ ...about, at: { $lt: new Date(start) } }).sort({ n: -1 }).lean<DomainEvent>(),
    Events.find({ ...about, at: { $gte: new Date(start), $lt: new Date(start + dayMs) } }).sort({ n: 1 }).lean<DomainEvent[]>(),
  ]);
  const hours: { from: number; to: number }[] = [];
  let since = there.has(before?.data['to']) ? 0 : null;
  for (const { at, data } of changes) {
    const moment = at.getTime() - start;
    if (there.has(data['to'])) since ??= moment;
    else if (since !== null) { hours.push({ from: since, to: moment }); since = null; }
  }
  if (since !== null) hours.push({ from: since, to: Math.min(dayMs, Math.max(since, ctx.clock.now() - start)) });
  return hours;
}

interface Times { handleMs: number; patienceMs: number | null }

const handledMs = (row: Row): number | null => {
  if (!row.acceptedAt || !row.endedAt) return null;
  const wrapUp = row.segments.filter((segment) => segment.kind === 'wrap-up' && segment.to).reduce((sum, { from, to }) => sum + (to?.getTime() ?? 0) - from.getTime(), 0);
  return Math.max(1000, row.endedAt.getTime() - row.acceptedAt.getTime() + wrapUp);
};

function timesOf(rows: readonly Row[]): Times {
  const handled = rows.flatMap((row) => handledMs(row) ?? []);
  const gone = rows.filter((row) => row.how === 'abandoned').length;
  const waits = rows.reduce((sum, row) => sum + Math.max(0, (row.acceptedAt ?? row.endedAt ?? row.arrivedAt).getTime() - row.arrivedAt.getTime()), 0);
  return { handleMs: handled.length > 0 ? handled.reduce((a, b) => a + b, 0) / handled.length : usualHandleMs, patienceMs: gone > 0 ? Math.max(1000, waits / gone) : null };
}

function arrivalOf({ row, kind, start }: { row: Row; kind: number; start: number }, times: Times, random: Random): PlanArrival {
  const [service, patience] = [random.exponential(times.handleMs), random.exponential(1)];
  return { at: row.arrivedAt.getTime() - start, kind, serviceMs: handledMs(row) ?? service, patienceMs: times.patienceMs === null ? null : patience * times.patienceMs };
}
