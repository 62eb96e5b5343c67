import type { Redis } from 'ioredis';
import type { AgentProfile, AgentSeat, AgentState, StoredState } from '../roster/agent';
import type { WorkItem } from '../work-item';
import type { Outcome } from './decisions';
import type { QueueRule } from './queue-rule';

/** An item as the truth has it, for rebuilding. */
export interface StoredItem {
  item: WorkItem;
  /** Agent who owns it; absent: it waits (an offer that was open is not restored; the item is offered anew). */
  heldBy?: string;
  /** Owned, but its capacity was freed because the customer is silent. */
  asleep?: boolean;
}
/** An agent as the truth has them, for rebuilding. */
export interface StoredAgent { profile: AgentProfile; state: StoredState; reason?: string; idleSince: number }
/** Reads the truth when the room is empty or not to be trusted. Pages of 500-2,000 items are best. */
export interface RoomLoader {
  queues(): Promise<readonly QueueRule[]>;
  agents(): Promise<readonly StoredAgent[]>;
  items(): AsyncIterable<readonly StoredItem[]>;
}

/** What a waiting room needs. */
export interface WaitingRoomOptions {
  redis: Redis;
  companyId: string;
  /** Given: an empty or untrusted room rebuilds itself before the call that found it so is carried out. Absent: that call is refused with 'starting'. */
  loader?: RoomLoader;
  /** Decisions of an automatic rebuild (offers made on opening), which belong to no call. */
  onDecisions?: (outcome: Outcome) => void;
}

/** Where an item is. */
export interface ItemView {
  state: 'waiting' | 'offered' | 'assigned' | 'asleep';
  version: number; queueId: string; channel: string; arrivedAt: number; ring: number;
  agentId: string | null; offerId: string | null; expiresAt: number | null;
  /** Agent it is kept for while it waits. */ keptFor: string | null;
}
/** Place in its queue (1 = next) and expected further wait in seconds; null when the queue has no history yet. */
export interface Position { position: number; waiting: number; expectedSeconds: number | null }
/** `secondsOff`: how far, on average lately, the expectation given on arrival was from the wait that followed. */
export interface ExpectedWait { seconds: number | null; secondsOff: number | null; waiting: number }
/** One queue now: counts of items; oldestArrivedAt, of what waits or is offered, in epoch milliseconds. */
export interface QueueSnapshot { queueId: string; waiting: number; waitingByChannel: Record<string, number>; oldestArrivedAt: number | null; offered: number; offeredByChannel: Record<string, number>; assigned: number; expectedSeconds: number | null; secondsOff: number | null }
/** One agent now: load in units of 100, times in epoch milliseconds. */
export interface AgentSnapshot { agentId: string; state: AgentState; reason: string; since: number; idleSince: number; load: number; capacity: number; counts: Record<string, number>; overMaximum: boolean; missed: number }
/** Everything a board shows, at one moment. */
export interface Snapshot { epoch: string; queues: QueueSnapshot[]; agents: AgentSnapshot[] }

/**
 * Where items wait and are matched: one atomic script per call, `now` in epoch milliseconds always an argument. Every call first settles
 * what is due (offers that ran out, rings that open, cool-downs that end) and answers all decisions in order; the caller acts on all of them.
 */
export interface WaitingRoom {
  /** Opens an empty room (a new company); refused silently when it is open already. Answers the epoch. */
  open(now: number): Promise<string>;
  /** Rebuilds from the truth behind a new epoch; the old content cannot be matched any more from the first moment. One process does it, others wait. */
  rebuild(loader: RoomLoader, now: number): Promise<Outcome>;
  setQueue(rule: QueueRule, now: number): Promise<Outcome>;
  setAgent(profile: AgentProfile, now: number): Promise<Outcome>;
  /** Forgets an agent who holds nothing ('still holding' is refused with at-capacity). */
  removeAgent(agentId: string, now: number): Promise<Outcome>;
  /** offline, away and not-responding take open offers back at once; work in hand stays (see handBack). */
  setState(change: { agentId: string; state: StoredState; reason?: string }, now: number): Promise<Outcome>;
  /** A new item, or a newer version of one that waits or is offered. The same version again: 'duplicate'. */
  arrive(item: WorkItem, now: number): Promise<Outcome>;
  /**
   * Promises a place in a queue to an item on its way, for `forMs`; its arrival makes use of it. Refused with 'queue-full', and how many as the
   * detail, when `most` wait already or are on their way with a promise: however many ask at once, no more than `most` are let in.
   */
  promise(place: { queueId: string; itemId: string; most: number; forMs: number }, now: number): Promise<Outcome>;
  /** The customer left, or the truth says it needs nobody: waiting and offered items go; an assigned one is refused with 'already-assigned' (use done). */
  leave(itemId: string, now: number, why?: string): Promise<Outcome>;
  accept(offerId: string, agentId: string, now: number): Promise<Outcome>;
  decline(answer: { offerId: string; agentId: string; reason?: string }, now: number): Promise<Outcome>;
  /** Ends an assigned item and frees its capacity; `wrapUp`: the agent goes to wrap-up in the same step instead of being offered more. */
  done(end: { itemId: string; agentId: string; wrapUp?: boolean }, now: number): Promise<Outcome>;
  /** The customer is silent: capacity is freed, the agent keeps the item. */
  sleep(itemId: string, now: number): Promise<Outcome>;
  /** The customer is back: capacity is taken again, exceeding the maximum by at most one item; else it waits until there is room ('wake-waits'). */
  wake(itemId: string, now: number): Promise<Outcome>;
  /** Given by a supervisor (or taken by hand): never over capacity, skills and queue not asked. From another owner too. */
  assign(itemId: string, agentId: string, now: number): Promise<Outcome>;
  /** Pull mode: the best item of the queue for this agent, assigned at once. */
  next(agentId: string, queueId: string, now: number): Promise<Outcome>;
  /** Back to its queue with its seniority; `coolDown`: not to the same agent for the queue's cool-down. */
  requeue(back: { itemId: string; coolDown?: boolean }, now: number): Promise<Outcome>;
  /** A transfer: whoever holds or is offered it lets go and the new version waits (or is offered) in the same step. Keep arrivedAt to keep seniority. */
  transfer(item: WorkItem, now: number): Promise<Outcome>;
  /** All work of an agent (connection lost beyond the grace period; away and hand back) waits again with its seniority. */
  handBack(agentId: string, now: number): Promise<Outcome>;
  /** Settles what is due; call it at `nextDue` or every second. */
  tick(now: number): Promise<Outcome>;
  /** Epoch milliseconds of the next thing to settle; null: none. */
  nextDue(): Promise<number | null>;
  item(itemId: string): Promise<ItemView | null>;
  /** Several in one round trip, in their order. */
  items(itemIds: readonly string[]): Promise<(ItemView | null)[]>;
  agent(agentId: string): Promise<AgentSeat | null>;
  position(itemId: string): Promise<Position | null>;
  expectedWait(queueId: string): Promise<ExpectedWait>;
  snapshot(): Promise<Snapshot>;
}
