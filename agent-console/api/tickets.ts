import { queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { listEndpoints, type TicketAction } from '../../protocol/lists';
import { ticketEndpoints, type Ticket } from '../../protocol/tickets';
import type { Message } from '../../protocol/messages';
import { addMessage, type Timeline } from '../lib/timeline';
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
    queryFn: ({ pageParam }) => call(ticketEndpoints.list, { query: { ...asked, limit: 200, ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
}

/** How many tickets a list holds, asked for only while not all of them are loaded. */
export const useListCount = (filter: TicketFilter, enabled: boolean) => {
  const asked = definite(filter);
  return useQuery({ queryKey: keys.listCount(asked), queryFn: () => call(listEndpoints.count, { query: asked }), enabled, select: ({ count }) => count });
};

export const useTicket = (id: string) => useQuery({ queryKey: keys.ticket(id), queryFn: () => call(ticketEndpoints.read, { params: { id } }) });

const firstPage = 40;
const nextPage = 100;

/** A page of what came before a place, the newest when there is none. */
async function readBefore(ticketId: string, beforeSeq = Number.MAX_SAFE_INTEGER, limit = firstPage): Promise<Timeline> {
  const { rows, more } = await call(ticketEndpoints.messages, { params: { id: ticketId }, query: { beforeSeq, limit } });
  return { rows, earlier: more };
}

/** Everything after a place, however many pages that takes. */
async function readMessages(ticketId: string, afterSeq: number): Promise<Message[]> {
  const rows: Message[] = [];
  for (let after = afterSeq, more = true; more;) {
    const page = await call(ticketEndpoints.messages, { params: { id: ticketId }, query: { afterSeq: after, limit: 500 } });
    rows.push(...page.rows);
    after = page.rows.at(-1)?.seq ?? after;
    more = page.more && page.rows.length > 0;
  }
  return rows;
}

/** What is read of a timeline: the newest page at first, and afterwards everything from where the reader has scrolled to. */
async function readTimeline(ticketId: string): Promise<Timeline> {
  const known = queryClient.getQueryData<Timeline>(keys.messages(ticketId));
  const first = known?.rows[0]?.seq;
  return known && first !== undefined ? { rows: await readMessages(ticketId, first - 1), earlier: known.earlier } : readBefore(ticketId);
}

const timeline = (ticketId: string) => queryOptions({ queryKey: keys.messages(ticketId), queryFn: () => readTimeline(ticketId) });

export const useMessages = (ticketId: string) => useQuery(timeline(ticketId));

/** Reads the page before what is there; `mark` is called when it has come and is not shown yet. */
export function useEarlier(ticketId: string) {
  return useMutation({
    mutationFn: async (mark: () => void) => {
      const page = await readBefore(ticketId, queryClient.getQueryData<Timeline>(keys.messages(ticketId))?.rows[0]?.seq, nextPage);
      mark();
      return page;
    },
    onSuccess: (page) => queryClient.setQueryData<Timeline>(keys.messages(ticketId), (old) => {
      const first = old?.rows[0]?.seq ?? Number.MAX_SAFE_INTEGER;
      return old && { rows: [...page.rows.filter((message) => message.seq < first), ...old.rows], earlier: page.earlier };
    }),
  });
}

/**
 * Brings a timeline up to date once we are told of it: whatever was said between reading it and being told is read now. What had been read long
 * before is read anew, for its messages may have been delivered since.
 */
export async function catchUp(ticketId: string, readBefore: boolean): Promise<void> {
  if (readBefore) {
    await Promise.all([keys.messages(ticketId), keys.ticket(ticketId)].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    return;
  }
  const known = await queryClient.ensureQueryData(timeline(ticketId));
  const fresh = await readMessages(ticketId, known.rows.at(-1)?.seq ?? 0);
  queryClient.setQueryData<Timeline>(keys.messages(ticketId), (old) => fresh.reduce(addMessage, old ?? known));
}

/** Puts a ticket as the server answered it into the cache. */
export function keepTicket(ticket: Ticket): void {
  queryClient.setQueryData(keys.ticket(ticket.id), ticket);
  void queryClient.invalidateQueries({ queryKey: keys.counts });
}

/** Does the same steps to tickets; what they look like afterwards is told by broadcasts. */
export async function act(ticketIds: string[], actions: TicketAction[]): Promise<{ done: string[]; refused: { id: string; code: string }[] }> {
  const outcome = { done: [] as string[], refused: [] as { id: string; code: string }[] };
  for (let from = 0; from < ticketIds.length; from += 200) {
    const part = await call(listEndpoints.act, { body: { ticketIds: ticketIds.slice(from, from + 200), actions } });
    outcome.done.push(...part.done);
    outcome.refused.push(...part.refused);
  }
  void queryClient.invalidateQueries({ queryKey: keys.counts });
  return outcome;
}

/** Something done to one ticket that answers the ticket. */
export function useTicketAction<I>(act: (input: I) => Promise<Ticket>) {
  return useMutation({ mutationFn: act, onSuccess: keepTicket });
}
