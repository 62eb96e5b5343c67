import { happened, problem, type Actor, type Ctx } from '../kernel';
import { Tickets, type TicketDoc } from './ticket.model';

type Changeable = Pick<TicketDoc, 'subject' | 'status' | 'priority' | 'tags' | 'fields' | 'queueId' | 'ownerId' | 'spam' | 'trashedAt' | 'disposition' | 'unread' | 'waitingSince' | 'customerId' | 'answerBy' | 'ask' | 'snooze' | 'helpers' | 'sorting'>;

// What is personal is not recorded, only that it changed and what kind it is.
const recorded = (key: string, value: unknown): unknown => (key === 'answerBy' ? (value as TicketDoc['answerBy'])?.kind ?? null : key === 'snooze' ? (value as TicketDoc['snooze'])?.at ?? null : key === 'sorting' ? labelsOf(value as TicketDoc['sorting']) : value);
const labelsOf = (sorting: TicketDoc['sorting']): unknown => (sorting ? { topic: sorting.topic?.label ?? null, urgency: sorting.urgency?.label ?? null, sentiment: sorting.sentiment?.label ?? null } : null);

/**
 * Writes fields of a ticket together with the event that tells it; what is as it was is left alone. With `basedOn` a change made meanwhile is
 * refused as version-conflict. Answers the ticket as it is then.
 */
export async function changeTicket(ctx: Ctx, actor: Actor, { ticket, set, basedOn }: { ticket: TicketDoc; set: Partial<Changeable>; basedOn?: number }): Promise<TicketDoc> {
  const changed = Object.entries(set).filter(([key, value]) => JSON.stringify(ticket[key as keyof Changeable]) !== JSON.stringify(value));
  if (basedOn !== undefined && basedOn !== ticket.version) throw problem('version-conflict');
  if (changed.length === 0) return ticket;
  const { companyId } = ctx;
  const changes = Object.fromEntries(changed.map(([key, value]): [string, [unknown, unknown]] => [key, [recorded(key, ticket[key as keyof Changeable]), recorded(key, value)]]));
  const event = happened('ticket.changed', { ticketId: ticket._id, changes }, { by: actor, subject: ticket._id, at: ctx.clock.now() });
  const solved = set.status === 'solved' ? { solvedAt: new Date(ctx.clock.now()) } : {};
  const after = await Tickets.findOneAndUpdate({ companyId, _id: ticket._id, ...(basedOn === undefined ? {} : { version: basedOn }) }, {
    $set: { ...Object.fromEntries(changed), ...solved }, $inc: { version: 1 }, $push: { pending: event },
  }, { returnDocument: 'after' }).lean<TicketDoc>();
  if (!after) throw problem('version-conflict');
  await ctx.relay.publish({ collection: 'tickets', companyId, id: ticket._id }, [event], { ticket: after });
  return after;
}
