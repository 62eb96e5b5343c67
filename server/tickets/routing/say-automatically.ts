import { system, type Ctx } from '../../kernel';
import { addMessage } from '../add-message';
import { manifestOf } from '../ports';
import { schedule } from '../send-message';
import type { TicketDoc } from '../ticket.model';

/** Tells the customer something on the channel they came by, marked as automatic. Channels that cannot say anything are left silent. The same clientId again has no second effect. */
export async function sayAutomatically(ctx: Ctx, { ticket, text, clientId }: { ticket: TicketDoc; text: string; clientId: string }): Promise<void> {
  const manifest = manifestOf(ticket.channel);
  const channel = manifest.pace === 'deferred' && ticket.customerContact.includes('@') ? 'email' : ticket.channel;
  if (!manifestOf(channel).composer.reply) return;
  const now = new Date(ctx.clock.now());
  const added = await addMessage(ctx, system('queue'), { ticket, message: {
    clientId, kind: 'agent', channel, text, subject: ticket.subject, to: [{ address: ticket.customerContact, name: ticket.customerName }], automatic: true, delivery: { state: 'queued', reason: '', at: now }, sendAt: now, sendVersion: 1,
  } });
  if (!added.duplicate) await schedule(ctx, added.message);
}
