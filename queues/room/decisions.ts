import type { StoredState } from '../roster/agent';

/** Why an offer was taken back. */
export type WithdrawReason = 'left' | 'assigned' | 'agent-gone' | 'changed' | 'requeued';
/** How an item came to an agent. */
export type AssignedBy = 'accept' | 'auto' | 'manual' | 'next';
/** Why an item is no longer kept for its preferred agent. */
export type ReleaseReason = 'time' | 'agent-gone' | 'cool-down';

interface About { itemId: string; itemVersion: number }

/**
 * What the room decided, in order. `roster` is the number of the last roster event (profile or state change) taken into account, so that
 * "why not X" can be answered later from recorded roster events.
 */
export type Decision =
  | (About & {
      kind: 'offer'; offerId: string; agentId: string; queueId: string; ring: number; at: number; expiresAt: number; roster: number;
      /** It was kept for this agent. */ preferred: boolean;
      /** Accepting it puts interruptible work aside. */ putsAside: boolean;
    })
  | (About & { kind: 'assigned'; agentId: string; offerId: string; by: AssignedBy; at: number })
  | (About & { kind: 'withdrawn'; offerId: string; agentId: string; why: WithdrawReason; at: number })
  | (About & { kind: 'declined'; offerId: string; agentId: string; coolDownUntil: number; at: number })
  | (About & { kind: 'expired'; offerId: string; agentId: string; coolDownUntil: number; notResponding: boolean; at: number })
  | (About & { kind: 'queued'; ring: number; /** Kept for this agent; empty when for everyone. */ keptFor: string; at: number })
  | (About & { kind: 'relaxed'; ring: number; at: number })
  | (About & { kind: 'released'; agentId: string; why: ReleaseReason; at: number })
  | (About & { kind: 'requeued'; /** Under which it was had; empty when that was before the room was rebuilt. */ offerId: string; agentId: string; at: number })
  | (About & { kind: 'handed-over'; /** Under which it is had now. */ offerId: string; /** Who had it until this step. */ fromAgentId: string; agentId: string; at: number })
  | (About & { kind: 'left'; why: string; at: number })
  | (About & { kind: 'done'; agentId: string; at: number })
  | (About & { kind: 'asleep'; agentId: string; at: number })
  | (About & { kind: 'woken'; agentId: string; /** The agent now carries one more than allowed. */ exceeds: boolean; at: number })
  | (About & { kind: 'wake-waits'; agentId: string; at: number })
  | { kind: 'state'; agentId: string; state: StoredState; roster: number; at: number };

/** Why the room refused; most are codes of the protocol's problem table. */
export type RefusalCode =
  | 'offer-expired' | 'not-your-offer' | 'already-accepted' | 'already-assigned' | 'unknown-work-item' | 'duplicate' | 'at-capacity'
  | 'agent-unavailable' | 'not-eligible' | 'not-pull-queue' | 'nothing-waiting' | 'transfer-to-self' | 'unknown-queue' | 'unknown-agent'
  | 'not-assigned' | 'queue-full' | 'bad-input' | 'starting';

/** Answer of every changing call. A refused call may still carry decisions: what was due by `now` is settled first, whoever calls. */
export type Outcome =
  | { ok: true; decisions: Decision[] }
  | { ok: false; code: RefusalCode; detail: string; decisions: Decision[] };
