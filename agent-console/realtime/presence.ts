import { create } from 'zustand';
import type { Viewer } from '../../protocol/sockets';

interface Presence {
  /** Colleagues who have a ticket open, by ticket. */
  viewers: Record<string, Viewer[]>;
  /** Tickets whose customer is typing. */
  customers: Record<string, boolean>;
}

/** Who else is there. */
export const usePresence = create<Presence>()(() => ({ viewers: {}, customers: {} }));

export const setViewers = (ticketId: string, viewers: Viewer[]): void => usePresence.setState((old) => ({ viewers: { ...old.viewers, [ticketId]: viewers } }));

const fading = new Map<string, ReturnType<typeof setTimeout>>();

/** The sign goes by itself after 8 s, in case the end was never told. */
export function setCustomerTyping(ticketId: string, on: boolean): void {
  clearTimeout(fading.get(ticketId));
  usePresence.setState((old) => ({ customers: { ...old.customers, [ticketId]: on } }));
  if (on) fading.set(ticketId, setTimeout(() => setCustomerTyping(ticketId, false), 8000));
}
