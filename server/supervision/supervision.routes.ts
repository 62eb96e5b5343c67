import { boardEndpoints as api, simulatorEndpoints, type DailyRow, type WorkItemRow } from '../../protocol';
import { afterPlace, cutPage, eventsAfter, readCursor, route, type Ctx, type Route } from '../kernel';
import { agentsOf, Interactions, queuesOf, roomOf, type InteractionDoc } from '../workforce';
import { boardOf } from './board';
import { Daily, type DailyDoc } from './daily.model';
import { itemsBehind } from './items-behind';
import { askSimulation, presentSimulation, simulationById } from './simulate-day';
import { traceOf } from './trace';

async function presentItem(ctx: Ctx, item: InteractionDoc): Promise<WorkItemRow> {
  const place = item.state === 'waiting' ? await roomOf(ctx).position(item._id) : null;
  return {
    position: place?.position ?? null, expectedWait: place?.expectedSeconds ?? null,
    id: item._id, ticketId: item.ticketId, ticketNumber: item.ticketNumber, subject: item.subject, channel: item.channel, queueId: item.queueId, state: item.state, agentId: item.agentId, arrivedAt: item.arrivedAt.toISOString(), priority: Math.round(item.priorityMinutes),
  };
}

async function dailyRows(ctx: Ctx, from: string, to: string): Promise<DailyRow[]> {
  const [rows, queues, agents] = await Promise.all([Daily.find({ companyId: ctx.companyId, day: { $gte: from, $lte: to } }).sort({ day: 1, kind: 1 }).limit(5000).lean<DailyDoc[]>(), queuesOf(ctx.companyId), agentsOf(ctx.companyId)]);
  const names = new Map([...queues, ...agents].map((each) => [each._id, each.name]));
  return rows.map(({ _id: _id, companyId: _company, upTo: _upTo, inTarget: _inTarget, ...row }) => ({ ...row, name: names.get(row.subjectId) ?? '' }));
}

/** REST routes of the board, daily counts, traces and the event log. */
export const supervisionRoutes: Route[] = [
  route(api.board, 'board.watch', (ctx) => boardOf(ctx)),
  route(api.items, 'board.watch', async (ctx, _actor, { query }) => {
    const { queueId, agentId, figure } = query;
    const state = query.state === 'live' ? { $in: ['waiting', 'offered', 'assigned'] } : query.state;
    const chosen = figure ? await itemsBehind(ctx, { figure, ...(queueId ? { queueId } : {}) }) : { state };
    // What counts for a queue today may have moved on to another since.
    const filter: Record<string, unknown> = { ...(queueId && !('_id' in chosen) ? { queueId } : {}), ...(agentId ? { agentId } : {}), ...chosen };
    const rows = await Interactions.find({ companyId: ctx.companyId, ...filter, ...(query.after ? afterPlace('arrivedAt', readCursor(query.after)) : {}) }).sort({ arrivedAt: -1, _id: -1 }).limit(query.limit + 1).lean<InteractionDoc[]>();
    const page = cutPage(rows, query.limit, (item) => ({ at: item.arrivedAt, id: item._id }));
    return { rows: await Promise.all(page.rows.map((item) => presentItem(ctx, item))), next: page.next };
  }),
  route(simulatorEndpoints.simulate, 'queue.manage', async (ctx, _actor, { body }) => presentSimulation(await askSimulation(ctx, body))),
  route(simulatorEndpoints.simulation, 'queue.manage', async (ctx, _actor, { params }) => presentSimulation(await simulationById(ctx, params.id))),
  route(api.daily, 'report.read', async (ctx, _actor, { query }) => ({ rows: await dailyRows(ctx, query.from, query.to) })),
  route(api.trace, 'ticket.read', async (ctx, actor, { params }) => ({ rows: await traceOf(ctx, actor, params.id) })),
  route(api.events, 'event.read', async (ctx, _actor, { query }) => {
    const events = await eventsAfter(ctx.companyId, query.after, { limit: query.limit, now: ctx.clock.now() });
    return { rows: events.map((event) => ({ n: event.n, id: event._id, name: event.name, at: event.at.toISOString(), by: event.by, subject: event.subject, data: event.data })), next: events.at(-1)?.n ?? query.after };
  }),
];
