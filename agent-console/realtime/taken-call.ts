import { create } from 'zustand';

/** The call the reader has just taken on the telephone; null once its ticket was shown. */
export const useTakenCall = create<{ ticketId: string; from: string } | Record<'ticketId' | 'from', null>>()(() => ({ ticketId: null, from: null }));
