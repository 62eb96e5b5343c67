import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { z } from 'zod';
import { ticketEndpoints } from '../../protocol/tickets';
import type { Message, MessageInput, messageInput } from '../../protocol/messages';
import { call } from '../api/call';
import { queryClient } from '../api/client';
import { keys } from '../api/keys';
import { isPassing, ProblemError } from '../api/problem';
import { addMessage, type Timeline } from '../lib/timeline';
import { emit } from './socket';

/** A message that is not stored yet. */
export interface Pending {
  ticketId: string;
  input: z.input<typeof messageInput>;
  author: string;
  at: string;
  files: string[];
  /** Somebody waits for it on the line. */
  live: boolean;
  state: 'sending' | 'waiting' | 'failed';
  problem: ProblemError['code'] | null;
}

/** Everything on its way, kept over a reload: the server recognises the clientId, so a repeated send has no second effect. */
export const useOutbox = create<{ items: Pending[] }>()(persist((): { items: Pending[] } => ({ items: [] }), { name: 'trunkline.outbox' }));

const change = (clientId: string, to: Partial<Pending>) =>
  useOutbox.setState(({ items }) => ({ items: items.map((item) => (item.input.clientId === clientId ? { ...item, ...to } : item)) }));
const drop = (clientId: string) => useOutbox.setState(({ items }) => ({ items: items.filter((item) => item.input.clientId !== clientId) }));

const patienceMs = 15_000;
const again = { firstMs: 1000, mostMs: 30_000 };
const underway = new Map<string, { stop: AbortController; over: Promise<void> }>();
const tries = new Map<string, number>();

// More than a frame may carry goes by request.
const mostInFrame = 200_000;

/** By the open line, which is quicker; null where that is not for it or the line did not answer: the same message by request has no second effect. */
async function sayLive({ live, ticketId, input }: Pending, signal: AbortSignal): Promise<Message | null> {
  if (!live || input.text.length + (input.html?.length ?? 0) > mostInFrame) return null;
  try {
    return (await emit('message.send', { ticketId, message: input })).message;
  } catch (error) {
    if (!signal.aborted && error instanceof ProblemError && error.code === 'network') return null;
    throw error;
  }
}

async function deliver(item: Pending, stop: AbortController): Promise<void> {
  const { clientId } = item.input;
  const late = setTimeout(() => stop.abort(), patienceMs);
  try {
    const message = (await sayLive(item, stop.signal)) ?? (await call(ticketEndpoints.send, { params: { id: item.ticketId }, body: item.input, key: clientId, signal: stop.signal }));
    queryClient.setQueryData<Timeline>(keys.messages(item.ticketId), (old) => old && addMessage(old, message));
    tries.delete(clientId);
    drop(clientId);
  } catch (error) {
    const problem = error instanceof ProblemError ? error.code : 'internal';
    change(clientId, { state: isPassing(error) ? 'waiting' : 'failed', problem });
    if (isPassing(error)) tryLater(clientId);
  } finally {
    clearTimeout(late);
    underway.delete(clientId);
  }
}

function attempt(item: Pending): Promise<void> {
  const { clientId } = item.input;
  const running = underway.get(clientId);
  if (running) return running.over;
  change(clientId, { state: 'sending', problem: null });
  const stop = new AbortController();
  const over = deliver(item, stop);
  underway.set(clientId, { stop, over });
  return over;
}

/** One request can be lost while the line as a whole stays up, so nobody will say that it is back. */
function tryLater(clientId: string): void {
  const count = (tries.get(clientId) ?? 0) + 1;
  tries.set(clientId, count);
  setTimeout(() => {
    const item = useOutbox.getState().items.find((one) => one.input.clientId === clientId && one.state === 'waiting');
    if (item) void attempt(item);
  }, Math.min(again.mostMs, again.firstMs * 2 ** (count - 1)));
}

/** Shows a message at once and sends it. */
export function send(ticketId: string, input: MessageInput, shown: { author: string; files: string[]; live: boolean }): void {
  const item: Pending = { ticketId, input, ...shown, at: new Date().toISOString(), state: 'sending', problem: null };
  useOutbox.setState(({ items }) => ({ items: [...items, item] }));
  void attempt(item);
}

/** Sends a failed one again; `seenSeq` says what its writer has read by now. */
export function retry(clientId: string, seenSeq?: number): void {
  const item = useOutbox.getState().items.find((one) => one.input.clientId === clientId);
  if (!item) return;
  const changed: Pending = seenSeq === undefined ? item : { ...item, input: { ...item.input, seenSeq } };
  change(clientId, changed);
  void attempt(changed);
}

/** Takes one back that never left; answers what was written. */
export function discard(clientId: string): Pending | undefined {
  const item = useOutbox.getState().items.find((one) => one.input.clientId === clientId);
  drop(clientId);
  return item;
}

/** Sends what waits, in the order it was written; called when the connection is back. What still hangs on the old one is given up first. */
export async function flush(): Promise<void> {
  const hanging = [...underway.values()];
  hanging.forEach(({ stop }) => stop.abort());
  await Promise.all(hanging.map(({ over }) => over));
  for (const item of useOutbox.getState().items) {
    if (item.state !== 'failed') await attempt(item);
  }
}

/** Leaves no trace of one person's messages for the next. */
export function emptyOutbox(): void {
  useOutbox.setState({ items: [] });
}
