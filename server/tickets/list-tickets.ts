import type { TicketFilter } from '../../protocol';
import { afterPlace, cutPage, readCursor, type Actor, type Ctx } from '../kernel';
import { agentById } from '../workforce';
import { wordsOf } from './terms';
import { openStatuses, Tickets, type TicketDoc } from './ticket.model';
import { reachFilter, reachOf } from './ticket.policy';


/** A page of tickets the actor may see, last active first. */
export async function listTickets(ctx: Ctx, actor: Actor, { filter, after, limit }: { filter: TicketFilter; after?: string; limit: number }): Promise<{ rows: TicketDoc[]; next: string | null }> {
  const conditions = [await conditionOf(ctx, actor, filter), after ? afterPlace('lastMessageAt', readCursor(after)) : {}];
  const rows = await Tickets.find({ companyId: ctx.companyId, $and: conditions }).sort({ lastMessageAt: -1, _id: -1 }).limit(limit + 1).lean<TicketDoc[]>();
  return cutPage(rows, limit, (ticket) => ({ at: ticket.lastMessageAt, id: ticket._id }));
}

/** How many tickets each view holds, as far as the actor reaches. */
export async function countTickets(ctx: Ctx, actor: Actor): Promise<{ mine: number; team: number; unassigned: number; all: number; unread: number }> {
  const count = async (view: TicketFilter['view'], more: Record<string, unknown> = {}): Promise<number> => Tickets.countDocuments({ companyId: ctx.companyId, $and: [await conditionOf(ctx, actor, { view }), more] });
  const [mine, team, unassigned, all, unread] = await Promise.all([count('mine'), count('team'), count('unassigned'), count('all'), count('mine', { unread: true })]);
  return { mine, team, unassigned, all, unread };
}

/** How many tickets a list holds, as far as the actor reaches. */
export async function countMatching(ctx: Ctx, actor: Actor, filter: TicketFilter): Promise<number> {
  return Tickets.countDocuments({ companyId: ctx.companyId, $and: [await conditionOf(ctx, actor, filter)] });
}

async function conditionOf(ctx: Ctx, actor: Actor, filter: TicketFilter): Promise<Record<string, unknown>> {
  // Whoever follows a ticket may read it, wherever it is.
  const reach = filter.view === 'following' ? {} : reachFilter(await reachOf(ctx, actor));
  const parts: Record<string, unknown>[] = [reach, await viewOf(ctx, actor, filter.view)];
  if (filter.queueId) parts.push({ queueId: filter.queueId });
  if (filter.customerId) parts.push({ customerId: filter.customerId });
  if (filter.tag) parts.push({ tags: filter.tag });
  if (filter.unread) parts.push({ unread: true });
  for (const field of ['status', 'priority', 'channel', 'ownerId'] as const) {
    if (filter[field]) parts.push({ [field]: filter[field] });
  }
  if (filter.q) parts.push(searchOf(filter.q));
  return { $and: parts };
}

async function viewOf(ctx: Ctx, actor: Actor, view: TicketFilter['view']): Promise<Record<string, unknown>> {
  const live = { status: { $in: openStatuses }, spam: false, trashedAt: null };
  switch (view) {
    case 'mine': return { ...live, $or: [{ ownerId: actor.id }, { helpers: { $elemMatch: { agentId: actor.id, state: 'assigned' } } }] };
    case 'team': return { ...live, queueId: { $in: (await agentById(ctx.companyId, actor.id ?? ''))?.queueIds ?? [] } };
    case 'unassigned': return { ...live, ownerId: null };
    case 'following': return { followers: actor.id ?? '', spam: false, trashedAt: null };
    case 'at-risk': return { ...live, riskAt: { $ne: null, $lte: new Date(ctx.clock.now()) } };
    case 'snoozed': return { ...live, 'snooze.at': { $ne: null } };
    case 'solved': return { status: { $in: ['solved', 'closed'] }, spam: false, trashedAt: null };
    case 'spam': return { spam: true, trashedAt: null };
    case 'trash': return { trashedAt: { $ne: null } };
    default: return live;
  }
}

function searchOf(q: string): Record<string, unknown> {
  const number = /^#?(\d{1,9})$/.exec(q.trim());
  if (number) return { $or: [{ number: Number(number[1]) }, { terms: number[1] }] };
  const terms = wordsOf(q);
  const last = terms.at(-1);
  if (last === undefined) return { number: -1 };
  return { $and: [...terms.slice(0, -1).map((term) => ({ terms: term })), { terms: beginningWith(last) }] };
}

// A range, so that the index of terms serves a beginning as well as a whole word.
const beginningWith = (term: string): Record<string, unknown> => ({ $elemMatch: { $gte: term, $lt: `${term}\uffff` } });
