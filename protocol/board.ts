import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, id, line, moment, page, paging, seconds } from './fields';
import { agent } from './workforce';

/** One queue on the live board. Figures of today run from midnight in the company's time zone. */
export const boardQueue = z.object({
  queueId: id('Queue'),
  name: line(60, 'Queue name'),
  waiting: count('Items waiting or offered now'),
  waitingByChannel: z.record(z.string(), z.int()).describe('The same by channel id'),
  oldestArrivedAt: moment('Arrival of the longest waiting item').nullable(),
  inProgress: count('Items an agent works on now'),
  expectedWait: seconds('Expected wait of a new item, in seconds').nullable(),
  expectedWaitOff: seconds('How far, on average lately, what was expected on arrival was from the wait that followed, in seconds').nullable(),
  arrivedToday: count('Arrived today'),
  handledToday: count('Ended today after an agent had them'),
  abandonedToday: count('Left before anybody answered, today, without those that left within 5 s'),
  withinTarget: z.number().min(0).max(1).nullable().describe('Share of today\'s accepted items accepted within the target their queue has for their channel, of channels that have one; null before the first'),
  target: z.number().min(0).max(1).nullable().describe('Share aimed at'),
});
export type BoardQueue = z.output<typeof boardQueue>;

/** The live board. */
export const board = z.object({
  at: moment('When these figures were true'),
  queues: z.array(boardQueue),
  agents: z.array(agent),
  formulas: z.record(z.string(), z.string()).describe('How each figure is computed, by field name'),
});
/** The live board. */
export type Board = z.output<typeof board>;

/** The figures of a queue on the board that have items behind them. */
export const boardFigure = z.enum(['waiting', 'oldestArrivedAt', 'inProgress', 'expectedWait', 'arrivedToday', 'handledToday', 'abandonedToday', 'withinTarget']);
export type BoardFigure = z.output<typeof boardFigure>;

/** A work item behind a figure. */
export const workItemRow = z.object({
  id: id('Work item'), ticketId: id('Ticket'), ticketNumber: count('Ticket number'), subject: z.string().describe('Subject'), channel: z.string().describe('Channel id'), queueId: id('Queue'),
  state: z.enum(['waiting', 'offered', 'assigned', 'wrap-up', 'ended']).describe('Where it is'), agentId: id('Agent').nullable(), arrivedAt: moment('Arrival'), priority: z.int().describe('Minutes added by priority'),
  position: count('Place in the queue, 1 is next; null unless it waits').nullable(), expectedWait: seconds('Expected wait from now, in seconds; null when unknown').nullable(),
});
export type WorkItemRow = z.output<typeof workItemRow>;

const dailyRow = z.object({
  day: z.string().describe('YYYY-MM-DD in the company\'s time zone'), kind: z.enum(['queue', 'agent']).describe('What is counted'), subjectId: id('Queue or agent'),
  name: z.string().describe('Its name'), channel: z.string().describe('Channel id'), arrived: count('Arrived'), accepted: count('Accepted'), handled: count('Ended'), abandoned: count('Abandoned'),
  declined: count('Offers declined'), expired: count('Offers expired'), replies: count('Replies sent'), waitSeconds: seconds('Sum of waits until accepted'), handleSeconds: seconds('Sum of handling times'),
});
/** Counts of one day. */
export type DailyRow = z.output<typeof dailyRow>;

const traceParams = z.record(z.string(), z.union([z.string(), z.number()]));
/** One entry of a routing trace: codes and what fills them, for the reader's own language. */
export const traceEntry = z.object({
  at: moment('When'), kind: z.string().describe('arrived, overflowed, callback, offered, accepted, declined, expired, withdrawn, requeued, handed-over, asleep, woken, asked, help-moved, help-ended, ended'),
  agent: z.object({ id: z.string().describe('Account'), name: z.string().describe('Name') }).nullable().describe('Whom it concerns'), params: traceParams.describe('What was recorded with it: names of queues, seconds, codes of reasons; only what is known'),
  passedOver: z.array(z.object({ name: z.string().describe('Agent'), code: z.enum(['later', 'state', 'queue', 'skill', 'maximum', 'capacity', 'cool-down', 'kept']).describe('Why not them; later: able, but came later in the order'), params: traceParams.describe('What was compared; `until` is a moment') })).describe('Who was considered and why each was passed over'),
});
export type TraceEntry = z.output<typeof traceEntry>;

/** Endpoints of board, work items, counts, traces and events. */
export const boardEndpoints = {
  board: endpoint({ name: 'board.read', method: 'GET', path: '/board', summary: 'The live board', audience: 'account', response: board }),
  items: endpoint({ name: 'work-item.list', method: 'GET', path: '/work-items', summary: 'The items behind a figure', audience: 'account',
    query: z.strictObject({ ...paging, queueId: id('Queue').exactOptional(), agentId: id('Agent').exactOptional(), state: z.enum(['waiting', 'offered', 'assigned', 'wrap-up', 'ended', 'live']).default('live').describe('live: all but ended'),
      figure: boardFigure.exactOptional().describe('Exactly what this figure of the board counts, whatever the state; of withinTarget, all that were accepted on channels with a target') }), response: page(workItemRow) }),
  daily: endpoint({ name: 'daily.list', method: 'GET', path: '/daily', summary: 'Daily counts per queue and agent, made from events', audience: 'account',
    query: z.strictObject({ from: z.iso.date().describe('First day'), to: z.iso.date().describe('Last day') }), response: z.object({ rows: z.array(dailyRow).describe('Rows by day') }) }),
  trace: endpoint({ name: 'trace.read', method: 'GET', path: '/work-items/:id/trace', summary: 'Why a work item went where it went', audience: 'account', params: z.strictObject({ id: id('Work item') }), response: z.object({ rows: z.array(traceEntry) }) }),
  events: endpoint({ name: 'event.list', method: 'GET', path: '/events', summary: 'Everything that happened, in order, from a cursor', audience: 'account',
    query: z.strictObject({ after: z.coerce.number().int().min(0).default(0).describe('The last event number already read'), limit: z.coerce.number().int().min(1).max(1000).default(200).describe('Rows') }),
    response: z.object({ rows: z.array(z.object({ n: count('Event number'), id: z.string().describe('Event id'), name: z.string().describe('What happened'), at: moment('When'), by: z.object({ kind: z.string().describe('account, customer, machine or system'), id: z.string().nullable().describe('Its id') }).describe('Who did it'), subject: z.string().describe('Id of what it happened to'), data: z.record(z.string(), z.unknown()).describe('What was recorded, by the event\'s name') })).describe('Events in order'), next: count('Cursor for the next call') }) }),
};
