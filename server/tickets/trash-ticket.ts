import { blockAddress } from '../customers';
import { contextOf, type Actor, type Ctx, type Services } from '../kernel';
import { endWork, liveInteraction } from '../workforce';
import { changeTicket } from './change-ticket';
import { loadTicket } from './load-ticket';
import { Messages } from './message.model';
import { putToWork } from './put-to-work';
import { Tickets, type TicketDoc } from './ticket.model';
import { trashDays } from './ticket.settings';

/** Puts a ticket into the trash; what waits for it is withdrawn. */
export async function trashTicket(ctx: Ctx, actor: Actor, id: string): Promise<TicketDoc> {
  const ticket = await loadTicket(ctx, actor, { id, ability: 'ticket.trash' });
  await withdraw(ctx, actor, id);
  return changeTicket(ctx, actor, { ticket, set: { trashedAt: ticket.trashedAt ?? new Date(ctx.clock.now()) } });
}

/** Takes a ticket out of the trash; whoever wrote and had no answer waits again. */
export async function restoreTicket(ctx: Ctx, actor: Actor, id: string): Promise<TicketDoc> {
  const ticket = await loadTicket(ctx, actor, { id, ability: 'ticket.trash' });
  const after = await changeTicket(ctx, actor, { ticket, set: { trashedAt: null } });
  if (ticket.trashedAt && !ticket.spam) await putBack(ctx, actor, after);
  return after;
}

/** Marks as spam, blocking the sender when asked, or takes it back. Spam waits for nobody. */
export async function markSpam(ctx: Ctx, actor: Actor, { id, spam, blockSender }: { id: string; spam: boolean; blockSender: boolean }): Promise<TicketDoc> {
  const ticket = await loadTicket(ctx, actor, { id, ability: 'ticket.spam' });
  if (spam) await withdraw(ctx, actor, id);
  if (spam && blockSender) await blockAddress(ctx, actor, ticket.customerContact);
  const after = await changeTicket(ctx, actor, { ticket, set: { spam, ...(spam ? { status: 'closed' as const } : { status: 'open' as const }) } });
  if (ticket.spam && !spam) await putBack(ctx, actor, after);
  return after;
}

// Nobody had to act on it as long as it was spam or thrown away; whoever wrote is still waiting.
async function putBack(ctx: Ctx, actor: Actor, ticket: TicketDoc): Promise<void> {
  if (ticket.waitingSince === null || (await liveInteraction(ctx.companyId, ticket._id))) return;
  await putToWork(ctx, actor, { ticket, channel: ticket.channel, attributes: ticket.intake?.attributes ?? {} });
}

async function withdraw(ctx: Ctx, actor: Actor, ticketId: string): Promise<void> {
  const live = await liveInteraction(ctx.companyId, ticketId);
  if (live) await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
}

/** Erases what has been in the trash for 30 days: messages and files first, the ticket last, so that a crash leaves nothing unfindable. */
export async function emptyTrash(services: Services): Promise<void> {
  const before = new Date(services.clock.now() - trashDays * 86_400_000);
  const late = await Tickets.find({ trashedAt: { $lt: before } }).setOptions({ acrossCompanies: true }).limit(200).lean<TicketDoc[]>();
  for (const ticket of late) {
    const { companyId, _id: ticketId } = ticket;
    const ctx = contextOf(services, companyId);
    const files = await Messages.find({ companyId, ticketId }).select('attachments rawBlobId').lean<{ attachments: { blobId: string }[]; rawBlobId: string | null }[]>();
    await ctx.blobs.remove(companyId, files.flatMap((each) => [...each.attachments.map((file) => file.blobId), ...(each.rawBlobId ? [each.rawBlobId] : [])]));
    await Messages.deleteMany({ companyId, ticketId });
    await Tickets.deleteOne({ companyId, _id: ticketId });
  }
}
