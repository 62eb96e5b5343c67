import { create } from 'zustand';
import type { Attachment } from '../../protocol/messages';
import type { Draft } from './drafts';

interface Request {
  n: number;
  text: string;
  /** More than text: how the draft is to begin, or what it was. */
  draft?: Partial<Draft>;
  /** Files that were along with it. */
  files: Attachment[];
}

interface InsertStore {
  request: Request | null;
  insert: (text: string, draft?: Partial<Draft>, files?: Attachment[]) => void;
}

/** Text that something beside the composer asks to put into it: a suggested article, an answer taken back, a message to forward. */
export const useInsert = create<InsertStore>()((set, get) => ({
  request: null,
  insert: (text, draft, files = []) => set({ request: { n: (get().request?.n ?? 0) + 1, text, files, ...(draft ? { draft } : {}) } }),
}));
