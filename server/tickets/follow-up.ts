import { canonical } from '../customers';
import { contextOf, type Ctx, type DomainEvent, type Services } from '../kernel';
import { writeByMachine } from './acknowledge';
import { messageById, Messages, type MessageDoc } from './message.model';
import { writingOf } from './queue-writing';
import { liveMessage } from './summarise';
import { knownTicket, ticketById, Tickets, type TicketDoc } from './ticket.model';

const hourMs = 3_600_000;
const overdueMs = 2000;

/** After an answer of ours: notes when the customer is to be reminded, where the queue wants it. A later answer moves the moment. */
export async function planFollowUp(ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> {
  if (event.data['kind'] !== 'agent' || event.data['automatic'] === true) return;
  const message = liveMessage(live) ?? (await messageById(ctx.companyId, String(event.data['messageId'])));
  const ticket = message ? await knownTicket(ctx.companyId, message.ticketId) : null;
  if (!message || !ticket?.customerContact.includes('@')) return;
  const { followUpHours, followUps } = await writingOf(ctx, ticket.queueId);
  if (followUpHours === 0 || followUps.length === 0) return;
  await remindAt(ctx, ticket, Math.max(ctx.clock.now(), message.sendAt?.getTime() ?? 0) + followUpHours * hourMs);
}

async function remindAt(ctx: Ctx, ticket: TicketDoc, at: number): Promise<void> {
  await Tickets.updateOne({ companyId: ctx.companyId, _id: ticket._id }, { $set: { followUpAt: new Date(at) } });
  await ctx.jobs.add('ticket.follow-up', { companyId: ctx.companyId, ticketId: ticket._id, at }, { at }).catch((error: unknown) => ctx.log.warn({ err: error }, 'a follow-up waits for the sweep'));
}

/** The timer: reminds the customer, once per ticket, if our answer is still the last word; a stale one does nothing. */
export async function followUpDue(ctx: Ctx, ticketId: string): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  if (!ticket?.followUpAt || ticket.followUpAt.getTime() > ctx.clock.now()) return;
  if (await isUnanswered(ctx, ticket)) await writeByMachine(ctx, { ticket, texts: 'followUps', locale: (await canonical(ctx, ticket.customerId)).locale });
  await Tickets.updateOne({ companyId: ctx.companyId, _id: ticketId, followUpAt: ticket.followUpAt }, { $set: { followUpAt: null } });
}

// It waits for the customer, and what we wrote has arrived as far as anybody knows.
async function isUnanswered(ctx: Ctx, ticket: TicketDoc): Promise<boolean> {
  if (!['open', 'pending'].includes(ticket.status) || ticket.spam || ticket.trashedAt || ticket.mergedInto) return false;
  const last = await Messages.findOne({ companyId: ctx.companyId, ticketId: ticket._id, kind: { $in: ['customer', 'agent', 'call'] }, automatic: false, 'delivery.reason': { $ne: 'taken-back' } }).sort({ seq: -1 }).lean<MessageDoc>();
  return last?.kind === 'agent' && ['sent', 'delivered', 'read'].includes(last.delivery?.state ?? '');
}

/** Reminds of what is due and whose timer is missing. */
export async function sweepFollowUps(services: Services): Promise<void> {
  const rows = await Tickets.find({ followUpAt: { $lt: new Date(services.clock.now() - overdueMs) } }).setOptions({ acrossCompanies: true }).limit(500).select('companyId').lean<TicketDoc[]>();
  for (const row of rows) await followUpDue(contextOf(services, row.companyId), row._id);
}
