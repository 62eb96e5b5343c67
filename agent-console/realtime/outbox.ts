import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { z } from 'zod';
import { ticketEndpoints } from '../../protocol/tickets';
import type { Message, MessageInput, messageInput } from '../../protocol/messages';
import { call } from '../api/call';
import { queryClient } from '../api/client';
import { keys } from '../api/keys';
import { isPassing, ProblemError } from '../api/problem';
import { addMessage } from './apply';

/** A message that is not stored yet. */
export interface Pending {
  ticketId: string;
  input: z.input<typeof messageInput>;
  author: string;
  at: string;
  files: string[];
  state: 'sending' | 'waiting' | 'failed';
  problem: ProblemError['code'] | null;
}

/** Everything on its way, kept over a reload: the server recognises the clientId, so a repeated send has no second effect. */
export const useOutbox = create<{ items: Pending[] }>()(persist((): { items: Pending[] } => ({ items: [] }), { name: 'trunkline.outbox' }));

const change = (clientId: string, to: Partial<Pending>) =>
  useOutbox.setState(({ items }) => ({ items: items.map((item) => (item.input.clientId === clientId ? { ...item, ...to } : item)) }));
const drop = (clientId: string) => useOutbox.setState(({ items }) => ({ items: items.filter((item) => item.input.clientId !== clientId) }));

const underway = new Set<string>();

async function attempt(item: Pending): Promise<void> {
  const { clientId } = item.input;
  if (underway.has(clientId)) return;
  underway.add(clientId);
  change(clientId, { state: 'sending', problem: null });
  try {
    const message: Message = await call(ticketEndpoints.send, { params: { id: item.ticketId }, body: item.input, key: item.input.clientId });
    queryClient.setQueryData<Message[]>(keys.messages(item.ticketId), (old) => old && addMessage(old, message));
    drop(clientId);
  } catch (error) {
    const problem = error instanceof ProblemError ? error.code : 'internal';
    change(clientId, { state: isPassing(error) ? 'waiting' : 'failed', problem });
  } finally {
    underway.delete(clientId);
  }
}

/** Shows a message at once and sends it. */
export function send(ticketId: string, input: MessageInput, shown: { author: string; files: string[] }): void {
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

/** Sends what waits, in the order it was written; called when the connection is back. */
export async function flush(): Promise<void> {
  for (const item of useOutbox.getState().items) {
    if (item.state !== 'failed') await attempt(item);
  }
}

/** Leaves no trace of one person's messages for the next. */
export function emptyOutbox(): void {
  useOutbox.setState({ items: [] });
}
