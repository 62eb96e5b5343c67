import type { QueueRule } from '../room/queue-rule';
import type { WorkItem } from '../work-item';

const MINUTE = 60_000;
/** One step of static priority outweighs any waiting time: 1e11 ms are three years. */
export const STATIC_STEP = 1e11;

/**
 * The one number by which waiting items are compared, also across the queues an agent serves; smaller goes first. It never changes while an
 * item waits, so ageing needs no re-scoring: `(now - score) / 60,000` is the number of minutes a supervisor sees.
 * fifo: arrival. priority: arrival - priority minutes. static: arrival - 1e11 x static priority. due: deadline (arrival when there is none).
 * Every order: minus the queue's boost minutes.
 */
export function scoreOf(item: WorkItem, rule: QueueRule): number {
  const boost = (rule.boostMinutes ?? 0) * MINUTE;
  if (rule.order === 'due' && item.dueAt != null) return item.dueAt - boost;
  if (rule.order === 'priority') return item.arrivedAt - (item.priorityMinutes ?? 0) * MINUTE - boost;
  if (rule.order === 'static') return item.arrivedAt - (item.staticPriority ?? 0) * STATIC_STEP - boost;
  return item.arrivedAt - boost;
}

/** Smaller score first, then the smaller id, byte by byte. */
export function compareScored(a: { score: number; id: string }, b: { score: number; id: string }): number {
  return a.score - b.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The score as minutes: what an item has waited, priority and boost included; negative while a deadline is ahead. */
export function minutesOf(score: number, now: number): number {
  return (now - score) / MINUTE;
}
