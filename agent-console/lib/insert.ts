import { create } from 'zustand';

interface InsertStore {
  request: { n: number; text: string } | null;
  insert: (text: string) => void;
}

/** Text that something beside the composer asks to put into it: a suggested article, a canned answer. */
export const useInsert = create<InsertStore>()((set, get) => ({
  request: null,
  insert: (text) => set({ request: { n: (get().request?.n ?? 0) + 1, text } }),
}));
