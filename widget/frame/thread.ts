import type { ChatMessage } from '../../protocol/webchat';

/** A message that the server has not acknowledged yet. */
export interface Pending {
  clientId: string;
  text: string;
  attachments: ChatMessage['attachments'];
  topic?: string;
  /** When it was written, ms since 1970. */
  at: number;
  /** Why the server refused it for good; it is sent again only when the visitor asks. */
  refused?: string;
}

/** What is shown: confirmed messages by place, then what is on its way in the order it was written. */
export interface Thread {
  rows: readonly ChatMessage[];
  pending: readonly Pending[];
}

export const emptyThread: Thread = { rows: [], pending: [] };

/** A message may be stored a moment after one with a later place: a resynchronisation reaches back this far. */
const OVERLAP = 20;

/**
 * Adds what the server told: once per id, by place; what is confirmed is no longer pending. Places are counted anew in each conversation: when two
 * messages claim the same one, the later message's conversation is the present one, and the other is over.
 */
export function confirm(thread: Thread, news: readonly ChatMessage[]): Thread {
  const clash = news.flatMap((one) => thread.rows.filter((row) => row.seq === one.seq && row.id !== one.id).map((row) => row.at < one.at));
  if (news.length === 0 || clash.includes(false)) return thread;
  const byId = new Map((clash.length > 0 ? [] : thread.rows).map((row) => [row.id, row]));
  for (const row of news) byId.set(row.id, row);
  const rows = [...byId.values()].sort((a, b) => a.seq - b.seq);
  const done = new Set(news.map((row) => row.clientId));
  return { rows, pending: thread.pending.filter((one) => !done.has(one.clientId)) };
}

/** Whether another conversation has taken the place of the one shown before. */
export const isAnother = (before: Thread, now: Thread) => before.rows[0] !== undefined && !now.rows.some((row) => row.id === before.rows[0]?.id);

export const withPending = (thread: Thread, pending: readonly Pending[]): Thread => {
  const done = new Set(thread.rows.map((row) => row.clientId));
  return { ...thread, pending: pending.filter((one) => !done.has(one.clientId)) };
};

/** From where to ask after an outage. Only what a resynchronisation confirmed counts: a message told live may have overtaken one that was lost. */
export const askFrom = (confirmedSeq: number) => Math.max(0, confirmedSeq - OVERLAP);

export const lastSeq = (rows: readonly ChatMessage[]) => rows.at(-1)?.seq ?? 0;

/** Messages of the other side after the place read last. */
export const unreadCount = (rows: readonly ChatMessage[], readSeq: number) => rows.filter((row) => row.from === 'agent' && row.seq > readSeq).length;
