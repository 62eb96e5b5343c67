// Random queues, agents, items and calls from a seed.
import type { QueueRule } from '../../../queues/room/queue-rule';
import type { AgentProfile } from '../../../queues/roster/agent';
import type { Ring, WorkItem } from '../../../queues/work-item';
import type { Dice } from '../../support/dice';

const channels = [['voice', 100, false], ['chat', 25, false], ['email', 20, true], ['task', 10, false]] as const;
const skills = ['fr', 'de', 'bill'];

function levels(d: Dice, p: number): Record<string, number> {
  return Object.fromEntries(skills.filter(() => d.chance(p)).map((s) => [s, 1 + d.int(5)]));
}
function rings(d: Dice): Ring[] {
  const list: Ring[] = [{ afterSeconds: 0, requirement: levels(d, 0.3) }];
  while (list.length < 4 && d.chance(0.4)) {
    const last = list[list.length - 1];
    if (!last) break;
    const weaker = Object.entries(last.requirement).filter(() => d.chance(0.6)).map(([s, l]) => [s, Math.max(1, l - d.int(3))]);
    list.push({ afterSeconds: last.afterSeconds + 1 + d.int(40), requirement: Object.fromEntries(weaker) });
  }
  return list;
}

export function randomRule(d: Dice, id: string): QueueRule {
  return {
    id, order: d.pick(['fifo', 'priority', 'static', 'due'] as const), select: d.pick(['longest-idle', 'most-skilled', 'least-occupied', 'round-robin'] as const),
    pull: d.chance(0.15), coolDownSeconds: d.pick([0, 5, 30]), missLimit: 1 + d.int(3), boostMinutes: d.chance(0.2) ? d.int(5) : 0,
  };
}
export function randomProfile(d: Dice, id: string, queueIds: readonly string[]): AgentProfile {
  const mine = queueIds.filter(() => d.chance(0.75));
  return { id, queueIds: mine, skills: levels(d, 0.8), maxima: d.chance(0.5) ? { chat: 1 + d.int(4), email: d.int(3) } : {}, capacity: d.pick([100, 100, 100, 50, 120]) };
}
export function randomItem(d: Dice, given: { id: string; version: number; now: number; queueIds: readonly string[]; agentIds: readonly string[]; itemIds?: readonly string[] }): WorkItem {
  const [channel, weight, interruptible] = d.pick(channels);
  const item: WorkItem = {
    id: given.id, version: given.version, queueId: d.pick(given.queueIds), channel, weight, interruptible, arrivedAt: given.now - (d.chance(0.3) ? d.int(20_000) : 0),
    rings: rings(d), offerSeconds: 1 + d.int(20), autoAccept: d.chance(0.3), priorityMinutes: d.pick([0, 0, 1, 5]), staticPriority: d.int(3), dueAt: d.chance(0.7) ? given.now + d.int(60_000) : null,
  };
  if (d.chance(0.2)) item.preferred = { agentId: d.pick([...given.agentIds, 'nobody']), untilMs: given.now + d.int(30_000) };
  if (d.chance(0.1)) item.excluded = { [d.pick(given.agentIds)]: given.now + d.int(20_000) };
  if (item.preferred && d.chance(0.4)) item.only = true;
  if (given.itemIds && given.itemIds.length > 0 && d.chance(0.15)) item.takesOver = d.pick(given.itemIds);
  return item;
}
