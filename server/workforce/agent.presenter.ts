import type { Agent, Queue } from '../../protocol';
import { isOver, type AgentSeat } from '../../queues';
import type { AgentDoc } from './agent.model';
import type { QueueDoc } from './queue.model';

/** An agent as the board and the settings show them. */
export function presentAgent(agent: AgentDoc, seat: AgentSeat | null): Agent {
  const load = seat ? seat.firmLoad + seat.softLoad : 0;
  const state = seat?.state ?? agent.state;
  return {
    id: agent._id, name: agent.name, queueIds: agent.queueIds, skills: agent.skills, maxima: agent.maxima, state: state === 'available' && load >= agent.capacity ? 'busy' : state,
    reason: agent.reason, since: agent.since.toISOString(), load, capacity: agent.capacity, over: seat ? isOver(seat, seat.profile) : false, connected: agent.connected,
  };
}

/** A queue as it crosses the wire. */
export function presentQueue(queue: QueueDoc, agents: number): Queue {
  const { _id, companyId: _company, nameKey: _key, pending: _pending, ...settings } = queue;
  return { id: _id, ...settings, agents };
}
