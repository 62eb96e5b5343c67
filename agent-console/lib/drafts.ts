/** What somebody was writing on a ticket. Reply and note are kept apart. */
export interface Draft {
  text: string;
  html: string;
  cc: string;
  /** Last message that was on the screen when the writing began. */
  seenSeq: number;
}

const key = (ticketId: string, kind: 'agent' | 'note') => `trunkline.draft.${ticketId}.${kind}`;

/** The kept draft, if there is one. */
export function readDraft(ticketId: string, kind: 'agent' | 'note'): Draft | null {
  try {
    const kept = localStorage.getItem(key(ticketId, kind));
    return kept ? (JSON.parse(kept) as Draft) : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; an empty one is removed. */
export function keepDraft(ticketId: string, kind: 'agent' | 'note', draft: Draft | null): void {
  try {
    if (draft && (draft.text.trim() || draft.cc.trim())) localStorage.setItem(key(ticketId, kind), JSON.stringify(draft));
    else localStorage.removeItem(key(ticketId, kind));
  } catch {
    // A full or forbidden storage only costs the draft after a reload.
  }
}
