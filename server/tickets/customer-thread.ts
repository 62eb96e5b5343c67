import type { ChatState, Message } from '../../protocol';
import { customerAt } from '../customers';
import { system, type Ctx } from '../kernel';
import { endWork, liveInteraction } from '../workforce';
import { changeTicket } from './change-ticket';
import { currentLive } from './match-ticket';
import { messagesAfter } from './message.model';
import { ticketPorts } from './ports';
import { note } from './solve-ticket';
import { presentMessage } from './ticket.presenter';
import { ticketById } from './ticket.model';

const most = 500;

/** What a customer may see of their current conversation on a channel: what they wrote and what was written to them. */
export async function customerThread(ctx: Ctx, { channel, customer, afterSeq }: { channel: string; customer: { kind: 'email' | 'phone' | 'visitor' | 'external'; value: string }; afterSeq: number }): Promise<{ ticketId: string | null; messages: Message[]; state: ChatState }> {
  const customerId = await customerAt(ctx, customer.kind, customer.value);
  const ticket = customerId ? await currentLive(ctx, channel, customerId) : null;
  const state = await ticketPorts().stateOf(ctx, ticket);
  if (!ticket) return { ticketId: null, messages: [], state };
  const rows = await messagesAfter(ctx.companyId, ticket._id, { afterSeq, limit: most });
  return { ticketId: ticket._id, messages: rows.filter((row) => row.kind === 'customer' || row.kind === 'agent').map(presentMessage), state };
}

/** The customer ended the conversation: what waits is withdrawn as abandoned, what an agent has stays theirs to finish. */
export async function endByCustomer(ctx: Ctx, ticketId: string): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  const live = await liveInteraction(ctx.companyId, ticketId);
  if (!ticket) return;
  const customer = system('customer');
  await note(ctx, customer, { ticket, code: 'customer-ended', params: {} });
  // Who is answered otherwise has closed the chat, not the matter.
  if (live && live.state !== 'assigned' && !ticket.answerBy) {
    await endWork(ctx, customer, { interaction: live, end: { how: 'abandoned', disposition: null } });
    await changeTicket(ctx, customer, { ticket, set: { status: 'solved', waitingSince: null } });
  }
}
