import type { AgentProfile } from '../roster/agent';
import type { Requirement, WorkItem } from '../work-item';
import { completeRule, type QueueRule } from './queue-rule';

type Args = (string | number)[];

/** "s1=2,s2=1", sorted, so that equal requirements share a waiting set. */
export function requirementKey(requirement: Requirement): string {
  return Object.entries(requirement).map(([skill, level]) => `${skill}=${level}`).sort().join(',');
}

/** Which waiting set a requirement of an item leads to: queue|channel|weight|interruptible|requirement. */
export function setKey(item: WorkItem, requirement: Requirement): string {
  return `${item.queueId}|${item.channel}|${item.weight}|${item.interruptible ? 1 : 0}|${requirementKey(requirement)}`;
}

/** An item as the script reads it. */
export function itemArgs(item: WorkItem): Args {
  const rings = item.rings.flatMap((ring) => [Math.round(ring.afterSeconds * 1000), setKey(item, ring.requirement)]);
  const excluded = Object.entries(item.excluded ?? {});
  const invitation = item.only || item.takesOver ? [item.only ? 1 : '', item.takesOver ?? ''] : [];
  return [
    item.id, item.version, item.queueId, Math.round(item.offerSeconds * 1000), item.autoAccept ? 1 : 0, item.arrivedAt, item.priorityMinutes ?? 0,
    item.staticPriority ?? 0, item.dueAt ?? '', item.preferred?.agentId ?? '', item.preferred?.untilMs ?? 0,
    item.rings.length, ...rings, excluded.length, ...excluded.flat(), ...invitation,
  ];
}

/** ",q1,q2,|,s1=3,s2=5,": what decides which waiting sets an agent covers. */
export function profileKey(profile: AgentProfile): string {
  const skills = Object.entries(profile.skills).map(([skill, level]) => `${skill}=${level},`).sort().join('');
  return `,${[...profile.queueIds].sort().map((id) => `${id},`).join('')}|,${skills}`;
}

/** An agent as the script reads them. */
export function agentArgs(profile: AgentProfile): Args {
  return [profile.id, profileKey(profile), profile.capacity, ...Object.entries(profile.maxima).flat()];
}

/** A queue as the script reads it. */
export function queueArgs(rule: QueueRule): Args {
  const full = completeRule(rule);
  return [full.id, full.order, full.select, full.pull ? 1 : 0, Math.round(full.coolDownSeconds * 1000), full.missLimit, full.boostMinutes];
}
