import type { AgentProfile, QueueRule, Requirement, Ring, StoredAgent, WorkItem } from '../../queues';
import type { AgentDoc } from './agent.model';
import type { InteractionDoc, Invitation } from './interaction.model';
import type { QueueDoc } from './queue.model';
import { both } from './routing-settings';

const usualOfferSeconds: Record<string, number> = { voice: 20, webchat: 30 };
const deferredOfferSeconds = 120;

/** Requirements from ring 0 on, the queue's and what rules asked for besides: each ring drops or lowers what the one before still asked. */
export function ringsOf(queue: Pick<QueueDoc, 'requirement' | 'rings'>, besides: Requirement = {}): Ring[] {
  const whole = both(queue.requirement, besides);
  const rings: Ring[] = [{ afterSeconds: 0, requirement: whole }];
  let current: Requirement = whole;
  for (const ring of [...queue.rings].sort((a, b) => a.afterSeconds - b.afterSeconds)) {
    const kept = ring.anyone ? [] : Object.entries(current).filter(([skill]) => !ring.drop.includes(skill));
    current = Object.fromEntries(kept.map(([skill, level]) => [skill, Math.min(level, ring.lower[skill] ?? level)]));
    // Two at the same second are one.
    if (rings.at(-1)?.afterSeconds === ring.afterSeconds) rings.pop();
    rings.push({ afterSeconds: ring.afterSeconds, requirement: current });
  }
  return rings;
}

/** An interaction as the waiting room takes it. */
export function workItemOf(interaction: InteractionDoc, queue: QueueDoc): WorkItem {
  const item: WorkItem = {
    id: interaction._id, version: interaction.version, queueId: interaction.queueId, channel: interaction.channel, weight: interaction.weight, arrivedAt: interaction.arrivedAt.getTime(),
    priorityMinutes: interaction.priorityMinutes, staticPriority: Math.max(0, Math.min(9, Math.round(interaction.priorityMinutes / 10))), dueAt: interaction.dueAt?.getTime() ?? null,
    rings: ringsOf(queue, interaction.requirement ?? {}), interruptible: interaction.interruptible, autoAccept: queue.autoAccept,
    offerSeconds: queue.offerSeconds[interaction.channel] ?? usualOfferSeconds[interaction.channel] ?? deferredOfferSeconds,
  };
  if (interaction.invitation) Object.assign(item, invitationOf(interaction.invitation));
  if (interaction.preferred) item.preferred = { agentId: interaction.preferred.agentId, untilMs: interaction.preferred.until.getTime() };
  return item;
}

// An invitation is always answered by somebody; for one agent alone, nobody else gets it.
const invitationOf = ({ kind, agentId, aboutId }: Invitation): Partial<WorkItem> => ({ autoAccept: false, ...(agentId ? { only: true } : {}), ...(kind === 'transfer' && aboutId ? { takesOver: aboutId } : {}) });

/** A queue's rule as the waiting room takes it. */
export const ruleOf = (queue: QueueDoc): QueueRule => ({ id: queue._id, order: queue.order, select: queue.select, pull: queue.pull, coolDownSeconds: queue.coolDownSeconds, missLimit: queue.missedOffers, boostMinutes: queue.boostMinutes });

/** An agent's profile as the waiting room takes it. */
export const profileOf = (agent: AgentDoc): AgentProfile => ({ id: agent._id, queueIds: agent.queueIds, skills: agent.skills, maxima: agent.maxima, capacity: agent.capacity });

export const storedAgentOf = (agent: AgentDoc): StoredAgent => ({ profile: profileOf(agent), state: agent.state, reason: agent.reason, idleSince: agent.idleSince.getTime() });
