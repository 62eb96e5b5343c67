import type { Message } from '../../protocol';
import { identifyCustomer } from '../customers';
import { demand, problem, type Actor, type Ctx } from '../kernel';
import { queueById } from '../workforce';
import { addMessage } from './add-message';
import { newTicket } from './new-ticket';
import { sendMessage } from './send-message';
import { ticketById, type TicketDoc } from './ticket.model';

/** A ticket an agent opens by writing first. */
export interface OpenInput {
  clientId: string;
  channel: 'email' | 'voice';
  to: string;
  name?: string;
  queueId: string;
  subject: string;
  text: string;
  html?: string;
  cc?: string[];
  bcc?: string[];
  attachmentIds?: string[];
  sendAt?: string;
  call?: { direction: 'in' | 'out'; seconds: number; outcome: NonNullable<Message['call']>['outcome'] };
}

/** Opens a ticket and mails the customer, or logs a call. The same clientId again answers the first one. Throws unknown-queue, bad-input. */
export async function openTicket(ctx: Ctx, actor: Actor, input: OpenInput): Promise<TicketDoc> {
  demand(actor, 'ticket.open');
  if (!(await queueById(ctx.companyId, input.queueId))) throw problem('unknown-queue');
  const kind = input.channel === 'voice' ? 'phone' : 'email';
  const customer = await identifyCustomer(ctx, actor, { kind, value: input.to, name: input.name ?? '', verified: false });
  const { ticket } = await newTicket(ctx, actor, {
    sourceKey: `opened:${actor.id ?? ''}:${input.clientId}`, subject: input.subject, channel: input.channel, queueId: input.queueId, ownerId: actor.kind === 'account' ? actor.id : null,
    customer: { id: customer._id, name: customer.name, address: input.to }, participants: [], spam: false, attributes: {},
  });
  if (input.channel === 'voice') await logCall(ctx, actor, { ticket, input });
  else await sendMessage(ctx, actor, { ticketId: ticket._id, input: { clientId: input.clientId, kind: 'agent', text: input.text, to: [input.to], ...furtherOf(input) } });
  return (await ticketById(ctx.companyId, ticket._id)) ?? ticket;
}

async function logCall(ctx: Ctx, actor: Actor, { ticket, input }: { ticket: TicketDoc; input: OpenInput }): Promise<void> {
  const given = input.call ?? { direction: 'out' as const, seconds: 0, outcome: 'answered' as const };
  const [from, to] = given.direction === 'in' ? [input.to, ''] : ['', input.to];
  await addMessage(ctx, actor, { ticket, message: { clientId: input.clientId, kind: 'call', channel: 'voice', authorId: actor.id, authorName: actor.name, text: input.text, call: { ...given, from, to, recordingUrl: null } } });
}

// Only what was given.
function furtherOf({ html, cc, bcc, attachmentIds, sendAt }: OpenInput): Pick<OpenInput, 'html' | 'cc' | 'bcc' | 'attachmentIds' | 'sendAt'> {
  return { ...(html === undefined ? {} : { html }), ...(cc === undefined ? {} : { cc }), ...(bcc === undefined ? {} : { bcc }), ...(attachmentIds === undefined ? {} : { attachmentIds }), ...(sendAt === undefined ? {} : { sendAt }) };
}
