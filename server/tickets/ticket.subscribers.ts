import { subscriber, system, type Ctx, type DomainEvent, type Subscriber } from '../kernel';
import { changeTicket } from './change-ticket';
import { summariseMessage } from './summarise';
import { ticketById } from './ticket.model';

const text = (event: DomainEvent, key: string): string => String(event.data[key] ?? '');

async function takeOver(ctx: Ctx, event: DomainEvent): Promise<void> {
  const ticket = await ticketById(ctx.companyId, text(event, 'ticketId'));
  if (!ticket) return;
  await changeTicket(ctx, system('router'), { ticket, set: { ownerId: text(event, 'agentId'), ...(ticket.status === 'new' ? { status: 'open' as const } : {}) } });
}

/** What tickets do when messages come and work is taken. */
export const ticketSubscribers: Subscriber[] = [
  subscriber({ name: 'summarise-message', on: ['message.added'], kind: 'quick', run: summariseMessage }),
  subscriber({ name: 'take-over', on: ['work.accepted'], kind: 'quick', run: takeOver }),
];
