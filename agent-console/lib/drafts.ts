/** What somebody was writing on a ticket. Reply and note are kept apart. Addresses are as typed. */
export interface Draft {
  /** Becomes that of the message, so that a draft and what is sent of it are one. */
  clientId: string;
  mode: 'reply' | 'reply-all' | 'forward';
  /** The message answered or forwarded; empty: the last one. */
  about: string;
  text: string;
  html: string;
  to: string;
  cc: string;
  bcc: string;
  /** Empty: that of the ticket. */
  subject: string;
  /** Whether the exchange goes below; null: as the queue is set. */
  quote: boolean | null;
  mentions: { id: string; name: string }[];
  /** Colleagues may read it. */
  shared: boolean;
  /** Last message that was on the screen when the writing began. */
  seenSeq: number;
}

export const blankDraft: Draft = { clientId: '', mode: 'reply', about: '', text: '', html: '', to: '', cc: '', bcc: '', subject: '', quote: null, mentions: [], shared: false, seenSeq: 0 };

/** Whether nothing was written yet. */
export const isBlank = (draft: Draft): boolean => !draft.text.trim() && !draft.html.includes('<img') && !draft.cc.trim() && !draft.bcc.trim() && draft.mode === 'reply';

/** A change of what the answer is to become: whom and what it is for is filled in anew. */
export const beginning = (mode: Draft['mode'], about: string): Partial<Draft> => ({ mode, about, to: '', cc: '', subject: '' });

const key = (ticketId: string, kind: 'agent' | 'note') => `trunkline.draft.${ticketId}.${kind}`;

/** The kept draft, if there is one. */
export function readDraft(ticketId: string, kind: 'agent' | 'note'): Draft | null {
  try {
    const kept = localStorage.getItem(key(ticketId, kind));
    return kept ? { ...blankDraft, ...(JSON.parse(kept) as Partial<Draft>) } : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; an empty one is removed. */
export function keepDraft(ticketId: string, kind: 'agent' | 'note', draft: Draft | null): void {
  try {
    if (draft && !isBlank(draft)) localStorage.setItem(key(ticketId, kind), JSON.stringify(draft));
    else localStorage.removeItem(key(ticketId, kind));
  } catch {
    // A full or forbidden storage only costs the draft after a reload.
  }
}

/** The mail addresses in what somebody typed: separated by anything, with or without names. */
export const addressesIn = (text: string): string[] => [...new Set((text.match(/[^\s<>,;"()]+@[^\s<>,;"()]+\.[^\s<>,;"()]+/g) ?? []).map((each) => each.toLowerCase()))];
