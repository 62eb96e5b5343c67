import type { AgentState, StoredState } from './agent';
import type { Carried, Limits } from './capacity';

/** Who asks for a change of state: the agent, a supervisor, or the engine itself (missed offers, idle detection, end of wrap-up). */
export type StateChanger = 'agent' | 'supervisor' | 'engine';

const byAgent: Readonly<Record<StoredState, readonly StoredState[]>> = {
  offline: ['available', 'away'],
  available: ['offline', 'away', 'wrap-up'],
  'wrap-up': ['offline', 'available', 'away'],
  away: ['offline', 'available'],
  'not-responding': ['offline', 'available', 'away'],
};

/** Whether a change is allowed. Nobody chooses to be not-responding, and a supervisor cannot make an offline agent available. */
export function mayBecome(from: StoredState, to: StoredState, by: StateChanger): boolean {
  if (from === to) return true;
  if (by === 'engine') return !(from === 'offline' && to === 'not-responding');
  if (to === 'not-responding' || (by === 'supervisor' && (from === 'offline' || to === 'wrap-up'))) return false;
  return byAgent[from].includes(to);
}

/** Whether work may be kept for an agent in this state: they are here, or back in a moment. */
export function isPresent(state: StoredState): boolean {
  return state === 'available' || state === 'wrap-up';
}

/** An available agent without room for the least of work is shown as busy. */
export function shownState(state: StoredState, carried: Carried, limits: Limits): AgentState {
  return state === 'available' && carried.firmLoad + carried.softLoad >= limits.capacity ? 'busy' : state;
}
