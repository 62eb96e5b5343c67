import { contextOf, happened, system, type Ctx, type PendingEvent, type Services } from '../../kernel';
import { calendarById, clocksOf, policiesOf, targetsOf, turnsOf, type Clock } from '../../service-levels';
import { changeWork, liveInteraction, queueById } from '../../workforce';
import { openStatuses, ticketById, Tickets, type StoredTarget, type TicketDoc } from '../ticket.model';

const clockwork = system('service level');
const percents = [75, 90, 100] as const;

/** Whether the company has set targets; without them nothing is ever due. */
export const hasServiceLevels = async (ctx: Ctx): Promise<boolean> => (await policiesOf(ctx.companyId)).length > 0;

/** Computes a ticket's due times anew from what is recorded of it, and sets the timer of the next warning. Repeating it has no effect. */
export async function refreshDue(ctx: Ctx, ticketId: string): Promise<void> {
  if (!(await hasServiceLevels(ctx))) return;
  const ticket = await ticketById(ctx.companyId, ticketId);
  if (!ticket) return;
  const targets = (await targetsOf(ctx.companyId, ticket.queueId))[ticket.priority];
  const none = targets.firstResponse === null && targets.nextResponse === null && targets.resolution === null;
  if (none && ticket.targets.length === 0) return;
  const { turns, upTo } = await turnsOf(ctx.companyId, ticketId);
  const now = ctx.clock.now();
  const calendar = await calendarById(ctx.companyId, (await queueById(ctx.companyId, ticket.queueId))?.hoursId ?? null, now);
  const clocks = ticket.spam || ticket.trashedAt ? [] : clocksOf(turns, { targets, calendar, now });
  const earliest = clocks.filter((each) => each.state === 'running' && each.marks[100] !== null).sort((a, b) => (a.marks[100] ?? 0) - (b.marks[100] ?? 0))[0];
  const markAt = nextMark(clocks, ticket.marksTold);
  const set = { targets: clocks.map(stored), clockN: upTo, dueAt: dateOf(earliest?.marks[100]), riskAt: dateOf(earliest?.marks[75]), markAt };
  // Two events at once are computed by two processes: what knows more of them stands.
  const written = await Tickets.updateOne({ companyId: ctx.companyId, _id: ticketId, clockN: { $lte: upTo } }, { $set: set, $inc: { version: 1 } });
  if (written.modifiedCount === 0) return;
  await setTimer(ctx, ticketId, markAt);
  await passOn(ctx, ticket, set.dueAt);
}

const dateOf = (at: number | null | undefined): Date | null => (at === null || at === undefined ? null : new Date(at));

const stored = ({ kind, marks, state, breached, targetMs, usedMs }: Clock): StoredTarget =>
  ({ kind, dueAt: state === 'paused' ? null : dateOf(marks[100]), warnAt: state === 'paused' ? null : dateOf(marks[75]), state, breached, targetMinutes: Math.round(targetMs / 60_000), usedSeconds: Math.round(usedMs / 1000) });

const nameOf = (clock: Clock, percent: number): string => `${clock.kind}-${clock.startedAt}-${percent}`;

function openMarks(clocks: readonly Clock[], told: readonly string[]): { clock: Clock; percent: (typeof percents)[number]; at: number }[] {
  return clocks.filter((each) => each.state === 'running').flatMap((clock) => percents.flatMap((percent) => {
    const at = clock.marks[percent];
    return at === null || told.includes(nameOf(clock, percent)) ? [] : [{ clock, percent, at }];
  })).sort((a, b) => a.at - b.at);
}

const nextMark = (clocks: readonly Clock[], told: readonly string[]): Date | null => dateOf(openMarks(clocks, told)[0]?.at);

async function setTimer(ctx: Ctx, ticketId: string, markAt: Date | null): Promise<void> {
  if (!markAt) return;
  const at = markAt.getTime();
  await ctx.jobs.add('service-level.mark', { companyId: ctx.companyId, ticketId, at }, { at }).catch((error: unknown) => ctx.log.warn({ err: error }, 'a warning waits for the sweep'));
}

// Work that waits in order of due times takes its new place; what is offered keeps its place until it comes back.
async function passOn(ctx: Ctx, ticket: TicketDoc, dueAt: Date | null): Promise<void> {
  const live = await liveInteraction(ctx.companyId, ticket._id);
  if (!live || live.state !== 'waiting' || live.dueAt?.getTime() === dueAt?.getTime()) return;
  await changeWork(ctx, { interaction: live, set: { dueAt } });
}

/** The timer: tells the warnings and breaches that are due, each once, and sets the next. A stale one does nothing. */
export async function tellMarks(ctx: Ctx, ticketId: string): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  const now = ctx.clock.now();
  if (!ticket?.markAt || ticket.markAt.getTime() > now) return;
  const targets = (await targetsOf(ctx.companyId, ticket.queueId))[ticket.priority];
  const { turns } = await turnsOf(ctx.companyId, ticketId);
  const calendar = await calendarById(ctx.companyId, (await queueById(ctx.companyId, ticket.queueId))?.hoursId ?? null, now);
  const clocks = clocksOf(turns, { targets, calendar, now });
  const due = openMarks(clocks, ticket.marksTold).filter((mark) => mark.at <= now);
  // Of several marks passed at once only the last is news.
  const news = due.filter((mark) => !due.some((other) => other.clock === mark.clock && other.percent > mark.percent));
  const events = news.map((mark) => eventOf(ticket, mark, now));
  const told = [...ticket.marksTold, ...due.map((mark) => nameOf(mark.clock, mark.percent))].slice(-60);
  const markAt = nextMark(clocks, told);
  const written = await Tickets.updateOne({ companyId: ctx.companyId, _id: ticketId, markAt: ticket.markAt, clockN: ticket.clockN }, {
    $set: { marksTold: told, markAt, targets: clocks.map(stored) }, $inc: { version: 1 }, ...(events.length > 0 ? { $push: { pending: { $each: events } } } : {}),
  });
  if (written.modifiedCount === 0) return;
  await ctx.relay.publish({ collection: 'tickets', companyId: ctx.companyId, id: ticketId }, events);
  await setTimer(ctx, ticketId, markAt);
}

function eventOf(ticket: TicketDoc, { clock, percent }: { clock: Clock; percent: (typeof percents)[number] }, now: number): PendingEvent {
  const about = { by: clockwork, subject: ticket._id, at: now };
  const data = { ticketId: ticket._id, queueId: ticket.queueId, target: clock.kind, dueAt: new Date(clock.marks[100] ?? now).toISOString() };
  return percent === 100 ? happened('service-level.breached', data, about) : happened('service-level.warned', { ...data, percent }, about);
}

const overdueMs = 2000;

/** Tells warnings that are due and whose timer is missing. */
export async function sweepMarks(services: Services): Promise<void> {
  const rows = await Tickets.find({ markAt: { $lt: new Date(services.clock.now() - overdueMs) } }).setOptions({ acrossCompanies: true }).limit(500).select('companyId').lean<TicketDoc[]>();
  for (const row of rows) await tellMarks(contextOf(services, row.companyId), row._id);
}

const page = 500;

/** Hours or targets of queues changed: their open tickets get new due times. */
export async function refreshQueues(ctx: Ctx, queueIds: readonly string[]): Promise<void> {
  for (const queueId of queueIds) {
    for (let last = ''; ;) {
      const rows = await Tickets.find({ companyId: ctx.companyId, queueId, status: { $in: openStatuses }, _id: { $gt: last } }).sort({ _id: 1 }).limit(page).select('_id').lean<{ _id: string }[]>();
      for (const { _id } of rows) await refreshDue(ctx, _id);
      if (rows.length < page) break;
      last = rows.at(-1)?._id ?? '';
    }
  }
}
