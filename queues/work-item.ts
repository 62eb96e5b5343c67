/** Skill id → minimum level, 1 (basic) to 5 (expert). Empty: anyone who serves the queue. */
export type Requirement = Readonly<Record<string, number>>;

/** From so many seconds after arrival this (weaker) requirement is enough. */
export interface Ring {
  /** Seconds after arrival; 0 for ring 0, then strictly rising. */
  afterSeconds: number;
  /** Never stricter than the ring before. */
  requirement: Requirement;
}

/** An agent an item is kept for, for a while: the last agent, a named agent, the receiver of a transfer. */
export interface Preferred {
  agentId: string;
  /** Epoch milliseconds. Until then only this agent is offered the item, unless they leave or decline. */
  untilMs: number;
}

/** Whatever waits for an agent: an interaction, a callback, a task. Ids are 1-64 of [A-Za-z0-9_-]. */
export interface WorkItem {
  id: string;
  /** Rises with every change made by the owner of the truth; carried by every decision. */
  version: number;
  queueId: string;
  channel: string;
  /** What it costs of an agent's capacity, in units of 100: voice 100, chat 25, e-mail 20, task 10. */
  weight: number;
  /** Epoch milliseconds of the first arrival: the seniority, kept through declines, expiries, transfers and re-queues. */
  arrivedAt: number;
  /** Minutes added to the minutes waited (order 'priority'). Default 0. */
  priorityMinutes?: number;
  /** 0-9, larger first (order 'static'). Default 0. */
  staticPriority?: number;
  /** Epoch milliseconds of the next service-level target (order 'due'); null: none. */
  dueAt?: number | null;
  /** Ring 0 first, at most 7 in all (six relaxations). */
  rings: readonly Ring[];
  preferred?: Preferred;
  /** May be put aside for work that may not wait (an e-mail for a call). Default false. */
  interruptible?: boolean;
  /** Agents not to be offered this before a moment: agent id → epoch milliseconds. */
  excluded?: Readonly<Record<string, number>>;
  /** Seconds an offer stands: voice 20, chat 30, e-mail 120. */
  offerSeconds: number;
  /** For the preferred agent alone: it leaves when they decline, are gone or do not answer in time. Default false. */
  only?: boolean;
  /** An item of the same weight and channel in somebody's hands: whoever takes this one gets that one in the same step. */
  takesOver?: string;
  /** Offers count as accepted at once. Default false. */
  autoAccept?: boolean;
}
