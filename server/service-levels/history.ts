import { Events, type DomainEvent } from '../kernel';
import type { Turn } from './clocks';

/** The recorded turns of a ticket, and the number of the last event read. */
export async function turnsOf(companyId: string, ticketId: string): Promise<{ turns: Turn[]; upTo: number }> {
  const events = await Events.find({ companyId, subject: ticketId, name: { $in: ['ticket.opened', 'ticket.changed', 'message.added'] } }).sort({ n: 1 }).limit(10_000).lean<DomainEvent[]>();
  return { turns: events.flatMap(turnOf), upTo: events.at(-1)?.n ?? 0 };
}

function turnOf(event: DomainEvent): Turn[] {
  const at = event.at.getTime();
  if (event.name === 'ticket.opened') return [{ at, what: 'opened' }];
  if (event.name === 'message.added') return messageTurn(event.data, at);
  const changes = event.data['changes'] as Record<string, [unknown, unknown]> | undefined;
  const status = changes?.['status']?.[1];
  return typeof status === 'string' ? [{ at, what: status as Turn['what'] }] : [];
}

function messageTurn(data: Record<string, unknown>, at: number): Turn[] {
  if (data['automatic'] === true) return [];
  if (data['kind'] === 'customer') return [{ at, what: 'customer' }];
  return data['kind'] === 'agent' ? [{ at, what: 'agent' }] : [];
}
