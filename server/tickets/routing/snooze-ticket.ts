import { contextOf, problem, system, type Actor, type Ctx, type Services } from '../../kernel';
import { endWork, liveInteraction } from '../../workforce';
import { changeTicket } from '../change-ticket';
import { loadLiveTicket } from '../load-ticket';
import { putToWork } from '../put-to-work';
import { note } from '../solve-ticket';
import { ticketById, Tickets, type TicketDoc } from '../ticket.model';

type Snooze = NonNullable<TicketDoc['snooze']>;
const timer = system('schedule');

/** Sets a ticket aside: it returns as work at a moment, or before when the customer writes. Throws bad-schedule, ticket-closed. */
export async function snoozeTicket(ctx: Ctx, actor: Actor, { id, at, kind, text }: { id: string; at: Date; kind: 'snooze' | 'follow-up'; text: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  if (ticket.status === 'closed') throw problem('ticket-closed');
  if (at.getTime() <= ctx.clock.now()) throw problem('bad-schedule');
  const live = await liveInteraction(ctx.companyId, id);
  if (live) await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
  const after = await setAside(ctx, actor, { ticket, snooze: { at, kind, note: text, arrivedAt: null, phone: null } });
  await note(ctx, actor, { ticket: after, code: kind, params: { by: actor.name, at: at.toISOString(), note: text } });
  return after;
}

/** Notes until when a ticket is set aside and sets the timer; the sweep sets it again if it is missing. */
export async function setAside(ctx: Ctx, actor: Actor, { ticket, snooze }: { ticket: TicketDoc; snooze: Snooze }): Promise<TicketDoc> {
  const after = await changeTicket(ctx, actor, { ticket, set: { snooze, ...(['new', 'open', 'on-hold'].includes(ticket.status) ? { status: 'pending' as const } : {}) } });
  const at = snooze.at.getTime();
  await ctx.jobs.add('ticket.wake', { companyId: ctx.companyId, ticketId: ticket._id, at }, { at }).catch((error: unknown) => ctx.log.warn({ err: error }, 'a snoozed ticket waits for the sweep'));
  return after;
}

/** Takes a ticket back before its time. */
export async function wakeTicket(ctx: Ctx, actor: Actor, id: string): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  return ticket.snooze ? comeBack(ctx, actor, { ticket, snooze: ticket.snooze }) : ticket;
}

/** The timer: what is due comes back as work; a stale one does nothing. */
export async function wakeDue(ctx: Ctx, ticketId: string): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  if (!ticket?.snooze || ticket.snooze.at.getTime() > ctx.clock.now()) return;
  if (ticket.trashedAt) return void (await changeTicket(ctx, timer, { ticket, set: { snooze: null } }));
  await comeBack(ctx, timer, { ticket, snooze: ticket.snooze });
}

// The work first: a crash in between leaves the ticket due, and the work that is there already is kept.
async function comeBack(ctx: Ctx, actor: Actor, { ticket, snooze }: { ticket: TicketDoc; snooze: Snooze }): Promise<TicketDoc> {
  const { phone, arrivedAt } = snooze;
  const live = await liveInteraction(ctx.companyId, ticket._id);
  if (!live) await putToWork(ctx, actor, { ticket, channel: phone === null ? ticket.channel : 'voice', attributes: {}, ...(phone === null ? {} : { phone }), ...(arrivedAt ? { arrivedAt: arrivedAt.getTime() } : {}) });
  const after = await changeTicket(ctx, actor, { ticket, set: { snooze: null, status: 'open' } });
  await note(ctx, actor, { ticket: after, code: 'came-back', params: { note: snooze.note } });
  return after;
}

const overdueMs = 2000;

/** Brings back what is due and whose timer is missing. */
export async function sweepSnoozed(services: Services): Promise<void> {
  const rows = await Tickets.find({ 'snooze.at': { $lt: new Date(services.clock.now() - overdueMs) } }).setOptions({ acrossCompanies: true }).limit(500).select('companyId').lean<TicketDoc[]>();
  for (const row of rows) await wakeDue(contextOf(services, row.companyId), row._id);
}
