import { useParams, useSearch } from 'wouter';
import type { TicketFilter } from '../../api/keys';
import { viewOf } from './views';

/** Names in the address of what narrows a list. */
const names = { queueId: 'queue', customerId: 'customer', tag: 'tag', q: 'q', status: 'status', priority: 'priority', channel: 'channel', ownerId: 'owner', unread: 'unread' } as const;
export type Narrowing = keyof typeof names;

/** The address of a list, or of a ticket within it. */
export function addressOf(filter: TicketFilter, { ticketId, saved }: { ticketId?: string | undefined; saved?: string | undefined } = {}): string {
  const asked = new URLSearchParams();
  for (const [field, name] of Object.entries(names)) {
    const value = filter[field as Narrowing];
    if (value) asked.set(name, value);
  }
  if (saved) asked.set('saved', saved);
  const search = asked.toString();
  return `/inbox/${filter.view}${ticketId ? `/${ticketId}` : ''}${search ? `?${search}` : ''}`;
}

/** What the address says about the list, and which saved view it came from. */
export function useFilter(): { filter: TicketFilter; saved: string | undefined } {
  const { view } = useParams<{ view?: string }>();
  const asked = new URLSearchParams(useSearch());
  const narrowed = Object.fromEntries(Object.entries(names).flatMap(([field, name]) => (asked.get(name) ? [[field, asked.get(name)]] : [])));
  return { filter: { view: viewOf(view), ...narrowed } as TicketFilter, saved: asked.get('saved') ?? undefined };
}

/** How many things narrow a list besides its view and the words looked for. */
export const narrowness = ({ view: _view, q: _q, ...rest }: TicketFilter): number => Object.values(rest).filter(Boolean).length;
