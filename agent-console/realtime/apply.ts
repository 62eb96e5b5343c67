import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Broadcast, BroadcastData } from '../../protocol/sockets';
import type { Board } from '../../protocol/board';
import type { Ticket, TicketSummary } from '../../protocol/tickets';
import { keys, type TicketFilter } from '../api/keys';
import { addMessage, type Timeline } from '../lib/timeline';
import { useTakenCall } from './taken-call';
import { useTold } from './told';

/** One page of a list. */
export interface Page<T> { rows: T[]; next: string | null }
export type TicketPages = InfiniteData<Page<TicketSummary>, string>;

const isLive = (ticket: TicketSummary): boolean => !ticket.spam && ticket.trashedAt === null && ticket.status !== 'solved' && ticket.status !== 'closed';

/** Whether a ticket belongs to a list; undefined when only the server can say (teams, words). */
export function belongs(ticket: TicketSummary, filter: TicketFilter, me: string): boolean | undefined {
  if (filter.queueId && filter.queueId !== ticket.queueId) return false;
  if (filter.customerId && filter.customerId !== ticket.customer.id) return false;
  if (filter.tag && !ticket.tags.includes(filter.tag)) return false;
  if (filter.unread && !ticket.unread) return false;
  if ((['status', 'priority', 'channel', 'ownerId'] as const).some((field) => filter[field] && filter[field] !== ticket[field])) return false;
  if (filter.view === 'following') return ticket.trashedAt === null && !ticket.spam ? undefined : false;
  if (filter.view === 'trash') return ticket.trashedAt !== null;
  if (filter.view === 'spam') return ticket.spam && ticket.trashedAt === null;
  if (filter.view === 'solved') return (ticket.status === 'solved' || ticket.status === 'closed') && !ticket.spam && ticket.trashedAt === null;
  const fits = isLive(ticket) && (filter.view !== 'mine' || ticket.ownerId === me) && (filter.view !== 'unassigned' || ticket.ownerId === null);
  if (!fits) return false;
  return filter.view === 'team' || filter.q ? undefined : true;
}

/** Moves a ticket to its place in the loaded pages, or out of them. An older version changes nothing. */
export function placeTicket(data: TicketPages, ticket: TicketSummary, fits: boolean | undefined): TicketPages {
  const known = data.pages.flatMap((page) => page.rows).find((row) => row.id === ticket.id);
  if (known && known.version > ticket.version) return data;
  const stays = fits ?? known !== undefined;
  if (!known && !stays) return data;
  const pages = data.pages.map((page) => ({ ...page, rows: page.rows.filter((row) => row.id !== ticket.id) }));
  if (!stays) return { ...data, pages };
  const isBefore = (row: TicketSummary) => row.lastMessageAt < ticket.lastMessageAt;
  const found = pages.findIndex((page) => page.rows.some(isBefore));
  if (found < 0 && pages.at(-1)?.next) return { ...data, pages };
  const target = pages[found < 0 ? pages.length - 1 : found];
  if (!target) return data;
  const place = target.rows.findIndex(isBefore);
  target.rows.splice(place < 0 ? target.rows.length : place, 0, ticket);
  return { ...data, pages };
}

/** Lays a newer summary over the ticket on the screen; what only the full ticket has stays. */
export const overlay = (ticket: Ticket, summary: TicketSummary): Ticket => (summary.version < ticket.version ? ticket : { ...ticket, ...summary });

/** Replaces the entry of a list with the same id, or adds it. */
export function replaceById<T>(list: readonly T[], entry: T, idOf: (one: T) => string): T[] {
  const at = list.findIndex((one) => idOf(one) === idOf(entry));
  return at < 0 ? [...list, entry] : list.map((one, index) => (index === at ? entry : one));
}

interface Place {
  client: QueryClient;
  me: string;
  /** Asks again a little later, unless that has become needless. */
  later: (key: readonly unknown[], unless?: () => boolean) => void;
}
type Apply<N extends keyof BroadcastData> = (data: BroadcastData[N], place: Place, at: string) => void;

/** An answer on its way may be older than this broadcast, so it has to be asked for again. */
const isReading = (client: QueryClient, key: readonly unknown[]): boolean => client.getQueryState(key)?.fetchStatus === 'fetching';

/** A timeline that was read before and of which the newest part was never told here, as for tickets that are not open. */
function isBehind(client: QueryClient, ticket: TicketSummary): boolean {
  const last = client.getQueryData<Timeline>(keys.messages(ticket.id))?.rows.at(-1)?.seq;
  return last !== undefined && last < ticket.lastSeq;
}

function ticketChanged({ ticket }: BroadcastData['ticket.changed'], { client, me, later }: Place): void {
  const known = client.getQueryData<Ticket>(keys.ticket(ticket.id));
  client.setQueryData<Ticket>(keys.ticket(ticket.id), (old) => old && overlay(old, ticket));
  for (const [key, data] of client.getQueriesData<TicketPages | { pages?: undefined }>({ queryKey: keys.allTickets })) {
    const filter = key[1] as TicketFilter;
    const fits = belongs(ticket, filter, me);
    // Who only asks whether there is any keeps no pages.
    if (data?.pages) client.setQueryData<TicketPages>(key, placeTicket(data, ticket, fits));
    if (data?.pages?.at(-1)?.next) later(keys.listCount(filter));
    if (fits === undefined || isReading(client, key) || (data && !data.pages)) later(key);
  }
  if (known && known.version < ticket.version) later(keys.ticket(ticket.id));
  if (isBehind(client, ticket)) later(keys.messages(ticket.id), () => !isBehind(client, ticket));
  later(keys.counts);
  if (client.getQueryData(keys.customer(ticket.customer.id))) later(keys.customerTimeline(ticket.customer.id));
}

function messageKept({ message }: BroadcastData['message.added'], { client, later }: Place): void {
  const key = keys.messages(message.ticketId);
  client.setQueryData<Timeline>(key, (old) => old && addMessage(old, message));
  if (isReading(client, key)) later(key);
}

// What is told after an outage about a call of long ago pops up no more.
const POP_MS = 60_000;

/** How each broadcast changes what is on the screen; a broadcast without a decision does not compile. */
const decisions: { [N in keyof BroadcastData]: Apply<N> } = {
  'ticket.changed': ticketChanged,
  'message.added': messageKept,
  'message.changed': messageKept,
  'call.taken': ({ ticketId, from }, _place, at) => {
    if (Date.now() - Date.parse(at) < POP_MS) useTakenCall.setState({ ticketId, from });
  },
  'follower.told': (last, _place, at) => {
    if (Date.now() - Date.parse(at) < POP_MS) useTold.setState({ last });
  },
  'board.queue': ({ queue }, { client, later }, at) => {
    client.setQueryData<Board>(keys.board, (old) => old && { ...old, at: at > old.at ? at : old.at, queues: replaceById(old.queues, queue, (one) => one.queueId) });
    if (client.getQueriesData({ queryKey: ['work-items'] }).length > 0) later(['work-items']);
  },
  'board.agent': ({ agent }, { client }, at) => {
    client.setQueryData<Board>(keys.board, (old) => old && { ...old, at: at > old.at ? at : old.at, agents: replaceById(old.agents, agent, (one) => one.id) });
    client.setQueryData<{ rows: Board['agents'] }>(keys.settings('agents'), (old) => old && { rows: replaceById(old.rows, agent, (one) => one.id) });
  },
  'customer.changed': ({ customerId }, { later }) => later(keys.customer(customerId)),
  'article.changed': ({ articleId }, { later }) => {
    later(keys.article(articleId));
    later(['articles']);
  },
  'settings.changed': (_data, { later }) => later(['settings']),
};

/** Applies one broadcast to the cache. */
export function apply(broadcast: Broadcast, place: Place): void {
  const decide = decisions[broadcast.name] as Apply<typeof broadcast.name>;
  decide(broadcast.data as never, place, broadcast.at);
}
