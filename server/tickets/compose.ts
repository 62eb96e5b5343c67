import type { Composition } from '../../protocol';
import { problem, type Actor, type Ctx } from '../kernel';
import { quotationOf, quoteFor, signatureFor } from './below';
import { loadTicket } from './load-ticket';
import { Messages, type MessageDoc } from './message.model';
import { ticketPorts } from './ports';
import { writingOf } from './queue-writing';
import type { TicketDoc } from './ticket.model';

type Mode = 'reply' | 'reply-all' | 'forward';

/** What a reply to a ticket begins with: to whom, about what, what stands below. Throws not-found. */
export async function composeFor(ctx: Ctx, actor: Actor, { ticketId, mode, messageId }: { ticketId: string; mode: Mode; messageId?: string }): Promise<Composition> {
  const ticket = await loadTicket(ctx, actor, { id: ticketId, ability: 'ticket.reply' });
  const about = await messageOf(ctx, ticketId, messageId);
  const [ours, writing, signature] = await Promise.all([ticketPorts().ownAddresses(ctx), writingOf(ctx, ticket.queueId), signatureFor(ctx, ticket, actor.id)]);
  const people = recipientsOf(ticket, about, { mode, ours });
  const quote = mode === 'forward' ? quotationOf(about ? [{ ...about, replyText: null }] : []) : await quoteFor(ctx, ticketId, { beforeSeq: ticket.lastSeq + 1, which: writing.quote });
  const subject = mode === 'forward' ? `Fwd: ${(about?.subject || ticket.subject).replace(/^(fwd?|wg|tr):\s*/i, '')}` : about?.subject || ticket.subject;
  return { from: await ticketPorts().senderAddress(ctx, ticket.queueId), ...people, subject, quote, signature, attachmentIds: mode === 'forward' ? (about?.attachments ?? []).map((each) => each.blobId) : [], seenSeq: ticket.lastSeq };
}

async function messageOf(ctx: Ctx, ticketId: string, messageId: string | undefined): Promise<MessageDoc | null> {
  const place = { companyId: ctx.companyId, ticketId };
  if (messageId === undefined) return Messages.findOne({ ...place, kind: 'customer' }).sort({ seq: -1 }).lean<MessageDoc>();
  const found = await Messages.findOne({ ...place, _id: messageId, kind: { $in: ['customer', 'agent', 'call'] } }).lean<MessageDoc>();
  if (!found) throw problem('not-found');
  return found;
}

// Our own mailboxes never write to themselves.
function recipientsOf(ticket: TicketDoc, about: MessageDoc | null, { mode, ours }: { mode: Mode; ours: string[] }): { to: string[]; cc: string[] } {
  if (mode === 'forward') return { to: [], cc: [] };
  const mine = new Set(ours);
  const sender = about?.kind === 'customer' ? (about.from ?? ticket.customerContact) : ticket.customerContact;
  const to = sender.includes('@') && !mine.has(sender) ? [sender] : [ticket.customerContact].filter((each) => each.includes('@'));
  if (mode === 'reply') return { to, cc: [] };
  const others = [...(about ? [...about.to, ...about.cc] : []), ...ticket.participants].map((each) => each.address.toLowerCase());
  const everybody = [...new Set([...others, ...(ticket.customerContact.includes('@') ? [ticket.customerContact] : [])])];
  return { to, cc: everybody.filter((each) => each !== '' && !mine.has(each) && !mine.has(each.replace(/\+[^@]*@/, '@')) && !to.includes(each)).slice(0, 50) };
}
