import type { Agent, Board, BoardQueue } from '../../protocol';
import { companyById } from '../access';
import type { Ctx } from '../kernel';
import { agentById, agentsOf, presentAgent, queuesOf, roomOf, type QueueDoc } from '../workforce';
import type { QueueSnapshot } from '../../queues';
import { Daily, type DailyDoc } from './daily.model';
import { dayOf } from './day';
import { rollUp } from './roll-up';

/** How every figure of the board is made, in words. */
export const formulas: Record<keyof Omit<BoardQueue, 'queueId' | 'name'>, string> = {
  waiting: 'Items of the queue that wait or are offered now',
  waitingByChannel: 'The same items by channel',
  oldestArrivedAt: 'Earliest arrival among the items that wait or are offered now',
  inProgress: 'Items of the queue that an agent has accepted and not ended',
  expectedWait: 'Recent average time between assignments × items ahead',
  expectedWaitOff: 'Average of |wait − expectation on arrival|, each new wait counting for a tenth',
  arrivedToday: 'Items that arrived since midnight in the company\'s time zone',
  handledToday: 'Items ended today after an agent had accepted them',
  abandonedToday: 'Items that ended today before anybody accepted them, later than 5 s after arrival',
  withinTarget: 'Items accepted today within the target of their channel ÷ items accepted today on channels that have one',
  target: 'Target share of the queue\'s channels, weighted by what was accepted today',
};

/** The live board of the company. */
export async function boardOf(ctx: Ctx): Promise<Board> {
  const [snapshot, queues, agents, today] = await Promise.all([roomOf(ctx).snapshot(), queuesOf(ctx.companyId), agentsOf(ctx.companyId), todayRows(ctx)]);
  const rows = queues.map((queue) => rowOf(queue, snapshot.queues.find((each) => each.queueId === queue._id), today));
  const seats = await Promise.all(agents.map(async (agent) => presentAgent(agent, await roomOf(ctx).agent(agent._id))));
  return { at: new Date(ctx.clock.now()).toISOString(), queues: rows, agents: seats, formulas };
}

/** One queue's row; null for an unknown queue. */
export async function queueRow(ctx: Ctx, queueId: string): Promise<BoardQueue | null> {
  // What just happened counts at once, whoever counts otherwise.
  await rollUp(ctx);
  const [snapshot, queues, today] = await Promise.all([roomOf(ctx).snapshot(), queuesOf(ctx.companyId), todayRows(ctx)]);
  const queue = queues.find((each) => each._id === queueId);
  return queue ? rowOf(queue, snapshot.queues.find((each) => each.queueId === queueId), today) : null;
}

/** One agent's cell; null for an account that takes no work. */
export async function agentRow(ctx: Ctx, agentId: string): Promise<Agent | null> {
  const agent = await agentById(ctx.companyId, agentId);
  return agent ? presentAgent(agent, await roomOf(ctx).agent(agentId)) : null;
}

async function todayRows(ctx: Ctx): Promise<DailyDoc[]> {
  const company = await companyById(ctx.companyId);
  return Daily.find({ companyId: ctx.companyId, day: dayOf(new Date(ctx.clock.now()), company?.timeZone ?? 'UTC'), kind: 'queue' }).lean<DailyDoc[]>();
}

function rowOf(queue: QueueDoc, live: QueueSnapshot | undefined, today: DailyDoc[]): BoardQueue {
  const rows = today.filter((row) => row.subjectId === queue._id);
  const sum = (field: 'arrived' | 'handled' | 'abandoned'): number => rows.reduce((total, row) => total + row[field], 0);
  const aimed = rows.filter((row) => queue.targets[row.channel]);
  const accepted = aimed.reduce((total, row) => total + row.accepted, 0);
  return {
    queueId: queue._id, name: queue.name, waiting: (live?.waiting ?? 0) + (live?.offered ?? 0), waitingByChannel: live ? together(live.waitingByChannel, live.offeredByChannel) : {},
    oldestArrivedAt: live?.oldestArrivedAt ? new Date(live.oldestArrivedAt).toISOString() : null, inProgress: live?.assigned ?? 0, expectedWait: live?.expectedSeconds ?? null, expectedWaitOff: live?.secondsOff ?? null,
    arrivedToday: sum('arrived'), handledToday: sum('handled'), abandonedToday: sum('abandoned'), withinTarget: accepted === 0 ? null : aimed.reduce((total, row) => total + row.inTarget, 0) / accepted, target: targetOf(queue, aimed),
  };
}

const together = (one: Record<string, number>, other: Record<string, number>): Record<string, number> =>
  Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((channel) => [channel, (one[channel] ?? 0) + (other[channel] ?? 0)]));

function targetOf(queue: QueueDoc, rows: DailyDoc[]): number | null {
  const weighted = rows.flatMap((row) => { const target = queue.targets[row.channel]; return target && row.accepted > 0 ? [{ percent: target.percent, weight: row.accepted }] : []; });
  const weight = weighted.reduce((total, each) => total + each.weight, 0);
  return weight === 0 ? null : weighted.reduce((total, each) => total + each.percent * each.weight, 0) / weight / 100;
}
