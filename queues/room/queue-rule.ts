/** How waiting items of a queue are ordered; formulas in docs/routing.md. */
export type QueueOrder = 'fifo' | 'priority' | 'static' | 'due';
/** Which of several able agents is offered an item. */
export type AgentSelection = 'longest-idle' | 'most-skilled' | 'least-occupied' | 'round-robin';

/** What routing needs to know about a queue. */
export interface QueueRule {
  id: string;
  order: QueueOrder;
  select: AgentSelection;
  /** Agents take the next item themselves; nothing is offered. */
  pull: boolean;
  /** Seconds a declined or expired item is not offered to the same agent again. */
  coolDownSeconds: number;
  /** Expired offers in a row until the agent becomes not-responding. Default 2. */
  missLimit?: number;
  /** Minutes by which this queue's items are ahead of other queues'. Default 0. */
  boostMinutes?: number;
}

/** A rule with the defaults filled in; throws nothing. */
export function completeRule(rule: QueueRule): Required<QueueRule> {
  return { missLimit: 2, boostMinutes: 0, ...rule };
}
