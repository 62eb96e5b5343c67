import type { TicketLink } from '../../protocol';
import { contextOf, happened, newId, problem, type Actor, type Ctx, type Services } from '../kernel';
import { endWork, liveInteraction, queueById } from '../workforce';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { Messages, type MessageDoc } from './message.model';
import { moveMessages } from './move-messages';
import { newTicket } from './new-ticket';
import { note } from './solve-ticket';
import { Tickets, type TicketDoc } from './ticket.model';

/** Folds another ticket into this one: its messages come here, and so does later mail. Doing it again finishes what a crash left, and so does the sweep. Throws already-merged, bad-input. */
export async function mergeTickets(ctx: Ctx, actor: Actor, { id, otherId }: { id: string; otherId: string }): Promise<TicketDoc> {
  const [kept, other] = await Promise.all([loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' }), loadLiveTicket(ctx, actor, { id: otherId, ability: 'ticket.edit' })]);
  if (id === otherId) throw problem('bad-input', { otherId });
  if (kept.mergedInto || (other.mergedInto && other.mergedInto.id !== id)) throw problem('already-merged');
  const before = other.mergedInto?.status ?? other.status;
  const live = await liveInteraction(ctx.companyId, otherId);
  if (live) await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
  await setMerged(ctx, actor, { ticket: other, into: { id, number: kept.number, status: before, unfinished: true } });
  await bringOver(ctx, kept, other);
  if (!other.mergedInto) await note(ctx, actor, { ticket: kept, code: 'merged', params: { by: actor.name, number: other.number } });
  return loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
}

async function bringOver(ctx: Ctx, kept: TicketDoc, other: TicketDoc): Promise<void> {
  await moveMessages(ctx, await messagesOf(ctx, other._id), { to: kept._id });
  await addPeople(ctx, kept, other);
  await Tickets.updateOne({ companyId: ctx.companyId, _id: other._id }, { $unset: { 'mergedInto.unfinished': 1 } });
}

/** Finishes the merges that a crash interrupted. */
export async function sweepMerges(services: Services): Promise<void> {
  const rows = await Tickets.find({ 'mergedInto.unfinished': true }).setOptions({ acrossCompanies: true }).limit(100).lean<TicketDoc[]>();
  for (const other of rows) {
    const kept = await Tickets.findOne({ companyId: other.companyId, _id: other.mergedInto?.id ?? '' }).lean<TicketDoc>();
    if (kept) await bringOver(contextOf(services, other.companyId), kept, other);
  }
}

/** Takes a ticket out of the one it was folded into, with its messages. Throws not-found unless it was. */
export async function unmergeTicket(ctx: Ctx, actor: Actor, id: string): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  if (!ticket.mergedInto) throw problem('not-found');
  const mine = await Messages.find({ companyId: ctx.companyId, ticketId: ticket.mergedInto.id, 'movedFrom.ticketId': id }).lean<MessageDoc[]>();
  await moveMessages(ctx, mine, { to: id, back: true });
  const kept = await Tickets.findOne({ companyId: ctx.companyId, _id: ticket.mergedInto.id }).lean<TicketDoc>();
  await setMerged(ctx, actor, { ticket, into: null });
  if (kept) await note(ctx, actor, { ticket: kept, code: 'unmerged', params: { by: actor.name, number: ticket.number } });
  return loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
}

/** Moves messages into a ticket of their own, linked with this one. Throws not-found for a message of another ticket, unknown-queue. */
export async function splitTicket(ctx: Ctx, actor: Actor, { id, messageIds, subject, queueId }: { id: string; messageIds: string[]; subject: string; queueId?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  if (queueId && !(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  const messages = await Messages.find({ companyId: ctx.companyId, ticketId: id, _id: { $in: messageIds }, kind: { $ne: 'system' } }).lean<MessageDoc[]>();
  if (messages.length !== new Set(messageIds).size) throw problem('not-found');
  const { ticket: fresh } = await newTicket(ctx, actor, {
    sourceKey: `split:${newId()}`, subject, channel: ticket.channel, queueId: queueId ?? ticket.queueId, ownerId: ticket.ownerId, customer: { id: ticket.customerId, name: ticket.customerName, address: ticket.customerContact }, participants: ticket.participants, spam: false, attributes: {},
  });
  await moveMessages(ctx, messages, { to: fresh._id });
  await linkTickets(ctx, { id: fresh._id, otherId: id, kind: 'related' });
  await note(ctx, actor, { ticket, code: 'split', params: { by: actor.name, number: fresh.number } });
  return loadLiveTicket(ctx, actor, { id: fresh._id, ability: 'ticket.edit' });
}

const inverse = { related: 'related', duplicate: 'duplicate', parent: 'child', child: 'parent', forwarded: 'related' } as const;
type LinkKind = TicketLink['kind'];

/** Links two tickets, each with what the other is to it. A further link of the two replaces the former. */
export async function linkTickets(ctx: Ctx, { id, otherId, kind }: { id: string; otherId: string; kind: LinkKind }): Promise<void> {
  await unlinkTickets(ctx, { id, otherId });
  const { companyId } = ctx;
  await Tickets.updateOne({ companyId, _id: id }, { $push: { links: { id: otherId, kind } } });
  await Tickets.updateOne({ companyId, _id: otherId }, { $push: { links: { id, kind: inverse[kind] } } });
}

/** Takes the link of two tickets away on both sides. */
export async function unlinkTickets(ctx: Ctx, { id, otherId }: { id: string; otherId: string }): Promise<void> {
  const { companyId } = ctx;
  await Tickets.updateOne({ companyId, _id: id }, { $pull: { links: { id: otherId } } });
  await Tickets.updateOne({ companyId, _id: otherId }, { $pull: { links: { id } } });
}

const messagesOf = (ctx: Ctx, ticketId: string): Promise<MessageDoc[]> => Messages.find({ companyId: ctx.companyId, ticketId, kind: { $ne: 'system' } }).lean<MessageDoc[]>();

async function setMerged(ctx: Ctx, actor: Actor, { ticket, into }: { ticket: TicketDoc; into: NonNullable<TicketDoc['mergedInto']> | null }): Promise<void> {
  const { companyId } = ctx;
  const event = happened('ticket.merged', { ticketId: into?.id ?? ticket.mergedInto?.id ?? '', otherId: ticket._id, undone: into === null }, { by: actor, subject: ticket._id, at: ctx.clock.now() });
  await Tickets.updateOne({ companyId, _id: ticket._id }, { $set: { mergedInto: into }, $inc: { version: 1 }, $push: { pending: event } });
  await ctx.relay.publish({ collection: 'tickets', companyId, id: ticket._id }, [event]);
  await changeTicket(ctx, actor, { ticket, set: into ? { status: 'closed', waitingSince: null } : { status: ticket.mergedInto?.status ?? 'open' } });
}

async function addPeople(ctx: Ctx, kept: TicketDoc, other: TicketDoc): Promise<void> {
  const known = new Set([kept.customerContact, ...kept.participants.map((each) => each.address)]);
  const others = [{ address: other.customerContact, name: other.customerName }, ...other.participants].filter((each) => each.address.includes('@') && !known.has(each.address));
  if (others.length > 0) await Tickets.updateOne({ companyId: ctx.companyId, _id: kept._id }, { $addToSet: { participants: { $each: others } } });
}
