import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { ticketEndpoints, type Ticket } from '../../protocol/tickets';
import type { Message } from '../../protocol/messages';
import { call } from './call';
import { queryClient } from './client';
import { keys, type TicketFilter } from './keys';

const definite = (filter: TicketFilter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) as unknown as TicketFilter;

/** Tickets of a view, page by page. */
export function useTickets(filter: TicketFilter) {
  const asked = definite(filter);
  return useInfiniteQuery({
    queryKey: keys.tickets(asked),
    initialPageParam: '',
    queryFn: ({ pageParam }) => call(ticketEndpoints.list, { query: { ...asked, limit: 100, ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
}

export const useTicket = (id: string) => useQuery({ queryKey: keys.ticket(id), queryFn: () => call(ticketEndpoints.read, { params: { id } }) });

/** Everything after a place, however many pages that takes. */
export async function readMessages(ticketId: string, afterSeq: number): Promise<Message[]> {
  const rows: Message[] = [];
  for (let after = afterSeq, more = true; more;) {
    const page = await call(ticketEndpoints.messages, { params: { id: ticketId }, query: { afterSeq: after, limit: 500 } });
    rows.push(...page.rows);
    after = page.rows.at(-1)?.seq ?? after;
    more = page.more && page.rows.length > 0;
  }
  return rows;
}

export const useMessages = (ticketId: string) => useQuery({ queryKey: keys.messages(ticketId), queryFn: () => readMessages(ticketId, 0) });

/** Puts a ticket as the server answered it into the cache. */
export function keepTicket(ticket: Ticket): void {
  queryClient.setQueryData(keys.ticket(ticket.id), ticket);
  void queryClient.invalidateQueries({ queryKey: keys.counts });
}

/** Something done to one ticket that answers the ticket. */
export function useTicketAction<I>(act: (input: I) => Promise<Ticket>) {
  return useMutation({ mutationFn: act, onSuccess: keepTicket });
}
