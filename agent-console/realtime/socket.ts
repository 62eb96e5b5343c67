import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Ack, AgentAnswers, Broadcast, agentSends, ToAgent } from '../../protocol/sockets';
import { queryClient } from '../api/client';
import { keys } from '../api/keys';
import { catchUp } from '../api/tickets';
import { ProblemError } from '../api/problem';
import { apply } from './apply';
import { useLink } from './link';
import { setCustomerTyping, setViewers, usePresence } from './presence';
import { makeSequence } from './sequence';

type Sends = typeof agentSends;
export type SendName = keyof Sends;
type Heard = { [N in keyof ToAgent]: (data: ToAgent[N]) => void };
type Sent = { [N in SendName]: (data: z.input<Sends[N]>, ack: (answer: Ack<AgentAnswers[N]>) => void) => void };

let socket: Socket<Heard, Sent> | undefined;
let watched: string | undefined;
let boardWatched = false;
const comeBack = new Set<() => void>();

/** Runs whenever the connection is back and everything missed was applied. */
export function onceBack(listener: () => void): () => void {
  comeBack.add(listener);
  return () => comeBack.delete(listener);
}

/** Sends an event and waits for its acknowledgement; throws ProblemError, `network` when none came in 4 s. */
export async function emit<N extends SendName>(name: N, data: z.input<Sends[N]>): Promise<AgentAnswers[N]> {
  if (!socket?.connected) throw new ProblemError({ code: 'network' });
  const lossy = socket.timeout(4000) as unknown as { emitWithAck: (name: string, data: unknown) => Promise<Ack<AgentAnswers[N]>> };
  const answer = await lossy.emitWithAck(name, data).catch(() => {
    throw new ProblemError({ code: 'network' });
  });
  useLink.setState({ heardAt: Date.now() });
  if (answer.ok) return answer.value;
  throw new ProblemError(answer.problem);
}

function makeLater() {
  const waiting = new Map<string, { key: readonly unknown[]; unless: () => boolean }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (key: readonly unknown[], unless = () => false) => {
    const name = JSON.stringify(key);
    const before = waiting.get(name)?.unless;
    waiting.set(name, { key, unless: before ? () => before() && unless() : unless });
    timer ??= setTimeout(() => {
      timer = undefined;
      const due = [...waiting.values()];
      waiting.clear();
      due.forEach(({ key: queryKey, unless: isNeedless }) => void (isNeedless() || queryClient.invalidateQueries({ queryKey })));
    }, 400);
  };
}

// What broadcasts keep up to date.
const followed = new Set<unknown>([keys.allTickets, keys.listCount({ view: 'all' }), keys.counts, keys.ticket(''), keys.messages(''), keys.board, keys.workItems({})].map(([name]) => name));

async function greet(sequence: ReturnType<typeof makeSequence>): Promise<void> {
  // Without a number to ask from nothing counts as missed, though what was read before the line stood may have changed since.
  const isNew = sequence.from() === 0;
  sequence.hold();
  const answer = await emit('hello', { lastEvent: sequence.from() });
  queryClient.setQueryData(keys.desk, answer.desk);
  sequence.catchUp(answer.missed, answer.lastEvent);
  if (answer.reload) await queryClient.invalidateQueries();
  else if (isNew) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => followed.has(queryKey[0]) });
  if (boardWatched) void emit('board.watch', { on: true }).catch(() => {});
  if (watched) void watch(watched);
  useLink.setState({ state: 'up', heardAt: Date.now() });
  comeBack.forEach((tell) => tell());
}

async function watch(ticketId: string): Promise<void> {
  const readBefore = queryClient.getQueryData(keys.messages(ticketId)) !== undefined;
  const told = await emit('ticket.watch', { ticketId }).catch(() => null);
  if (told) await catchUp(ticketId, readBefore).catch(() => {});
}

/** Says which ticket is open, so that colleagues see it; none when left out. */
export function openTicket(ticketId?: string): void {
  if (watched && watched !== ticketId) {
    void emit('ticket.unwatch', { ticketId: watched }).catch(() => {});
    setViewers(watched, []);
  }
  watched = ticketId;
  if (ticketId) void watch(ticketId);
}

/** Starts or stops the live figures. */
export function watchBoard(on: boolean): void {
  boardWatched = on;
  void emit('board.watch', { on }).catch(() => {});
}

function reconnectNow(): void {
  useLink.setState({ state: 'down' });
  socket?.io.engine?.close();
}

/** A dead line can look open for long: when nothing was heard for 2.4 s we ask, and when no answer comes the line is dropped and built anew. */
function keepHonest(): () => void {
  let asking = false;
  const ask = async () => {
    if (!socket?.connected || asking || useLink.getState().state !== 'up') return;
    asking = true;
    const before = useLink.getState().heardAt;
    const silent = setTimeout(() => useLink.getState().heardAt === before && reconnectNow(), 1700);
    await emit('board.watch', { on: boardWatched }).catch((error: unknown) => {
      if (error instanceof ProblemError && error.code !== 'network') useLink.setState({ heardAt: Date.now() });
    });
    clearTimeout(silent);
    asking = false;
  };
  const timer = setInterval(() => Date.now() - useLink.getState().heardAt > 2400 && void ask(), 500);
  const onOnline = () => (socket?.connected ? void ask() : socket?.connect());
  addEventListener('offline', ask);
  addEventListener('online', onOnline);
  return () => {
    clearInterval(timer);
    removeEventListener('offline', ask);
    removeEventListener('online', onOnline);
  };
}

function listen(live: Socket<Heard, Sent>, me: string): void {
  const later = makeLater();
  const sequence = makeSequence((broadcast: Broadcast) => apply(broadcast, { client: queryClient, me, later }));
  live.on('connect', () => void greet(sequence).catch(reconnectNow));
  live.on('disconnect', (reason) => {
    useLink.setState({ state: 'down' });
    usePresence.setState({ viewers: {}, customers: {} });
    if (reason === 'io server disconnect') setTimeout(() => live.connect(), 500);
  });
  live.on('connect_error', (error) => {
    const problem = (error as Error & { data?: { code?: string } }).data;
    if (useLink.getState().state === 'up' || !live.active) useLink.setState({ state: 'down' });
    if (problem?.code === 'not-logged-in' || error.message === 'not-logged-in') useLink.setState({ loggedOut: true });
    else if (!live.active) setTimeout(() => live.connect(), 1500);
  });
  live.on('event', (broadcast) => sequence.take(broadcast));
  live.on('desk', (desk) => queryClient.setQueryData(keys.desk, desk));
  live.on('presence', ({ ticketId, viewers }) => setViewers(ticketId, viewers));
  live.on('customer.typing', ({ ticketId, on }) => setCustomerTyping(ticketId, on));
  live.on('logged-out', () => useLink.setState({ loggedOut: true }));
  live.onAny(() => useLink.setState({ heardAt: Date.now() }));
  live.io.on('ping', () => useLink.setState({ heardAt: Date.now() }));
}

/** Connects the desk of an account; answers how to hang up. */
export function connect(me: string): () => void {
  useLink.setState({ state: 'connecting', loggedOut: false });
  const live: Socket<Heard, Sent> = io('/agent', { transports: ['websocket'], reconnectionDelay: 300, reconnectionDelayMax: 1000, timeout: 4000, withCredentials: true });
  socket = live;
  listen(live, me);
  const overdue = setTimeout(() => useLink.getState().state === 'connecting' && useLink.setState({ state: 'down' }), 4000);
  const stop = keepHonest();
  return () => {
    clearTimeout(overdue);
    stop();
    live.disconnect();
    socket = undefined;
  };
}
