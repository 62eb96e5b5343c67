import type { Overflow, OverflowAction } from '../../protocol';

/** What is known of a queue at the moment something arrives. */
export interface Arrival {
  channel: string;
  open: boolean;
  /** Seconds a new item would wait; null: not known yet. */
  expectedSeconds: number | null;
  /** Items that wait already. */
  waiting: number;
}

/** What happens instead of waiting, why, and the seconds or items measured. */
export interface Overflowing {
  then: OverflowAction;
  why: 'closed' | 'expected-wait' | 'waiting' | 'waited';
  measured: number;
}

const concerns = (channels: readonly string[], channel: string): boolean => channels.length === 0 || channels.includes(channel);

/** The first of the queue's overflows that holds on arrival; null: it waits here. */
export function overflowOnArrival(overflow: Overflow, arrival: Arrival): Overflowing | null {
  for (const { when, over, channels, then } of overflow.before) {
    if (!concerns(channels, arrival.channel)) continue;
    if (when === 'closed' && !arrival.open) return { then, why: when, measured: 0 };
    if (when === 'expected-wait' && arrival.expectedSeconds !== null && arrival.expectedSeconds > over) return { then, why: when, measured: arrival.expectedSeconds };
    if (when === 'waiting' && arrival.waiting >= over) return { then, why: when, measured: arrival.waiting };
  }
  return null;
}

/** How many may wait in a queue before the next one of a channel goes elsewhere; null: no limit. */
export function mostWaiting(overflow: Overflow, channel: string): number | null {
  const limits = overflow.before.filter(({ when, channels }) => when === 'waiting' && concerns(channels, channel)).map(({ over }) => over);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** The overflow that comes next while an item waits, after so many have been carried out, and when; null: none. */
export function overflowWhileWaiting(overflow: Overflow, { channel, queuedAt, step }: { channel: string; queuedAt: number; step: number }): { at: number; then: OverflowAction } | null {
  const next = overflow.after.filter((each) => concerns(each.channels, channel)).sort((a, b) => a.afterSeconds - b.afterSeconds)[step];
  return next ? { at: queuedAt + next.afterSeconds * 1000, then: next.then } : null;
}
