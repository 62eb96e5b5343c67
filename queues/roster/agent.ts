/** States as stored. 'busy' is not among them: it is how an available agent without free capacity is shown. */
export type StoredState = 'offline' | 'available' | 'wrap-up' | 'away' | 'not-responding';
/** States as shown. */
export type AgentState = StoredState | 'busy';

/** What an agent serves and can, as configured. */
export interface AgentProfile {
  id: string;
  queueIds: readonly string[];
  /** Skill id → level 1-5. */
  skills: Readonly<Record<string, number>>;
  /** Channel → most items at once; a channel left out is limited by capacity alone, 0 means none of it. */
  maxima: Readonly<Record<string, number>>;
  /** Units an agent can carry; 100 for everyone by default. */
  capacity: number;
}

/** An agent as the waiting room knows them now. */
export interface AgentSeat {
  profile: AgentProfile;
  state: StoredState;
  /** Why away; empty otherwise. */
  reason: string;
  /** Epoch milliseconds: last became available, was given or finished something. */
  idleSince: number;
  /** Weight of everything offered or held that cannot be put aside; asleep items not counted. */
  firmLoad: number;
  /** Weight of everything offered or held that can be put aside. */
  softLoad: number;
  /** Channel → items offered or held, asleep ones not counted. */
  counts: Readonly<Record<string, number>>;
  /** Offers that ran out since the last acceptance or the last time they became available by hand. */
  missed: number;
  /** Number of offers the company had made when this agent got their last one (round robin). */
  lastTurn: number;
}
