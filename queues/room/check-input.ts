import type { AgentProfile } from '../roster/agent';
import type { Requirement, WorkItem } from '../work-item';
import { goodId, relaxes } from '../matching/requirement';
import type { QueueRule } from './queue-rule';

const whole = (value: number, from: number, to: number): boolean => Number.isInteger(value) && value >= from && value <= to;
const moment = (value: number): boolean => Number.isFinite(value) && value >= 0 && value < 1e14;

function badLevels(levels: Requirement): string | null {
  for (const [skill, level] of Object.entries(levels)) if (!goodId(skill) || !whole(level, 1, 5)) return `skill ${skill} level ${level}`;
  return null;
}

function badRings(item: WorkItem): string | null {
  if (item.rings.length < 1 || item.rings.length > 7) return `${item.rings.length} rings`;
  for (const [i, ring] of item.rings.entries()) {
    const earlier = item.rings[i - 1];
    const levels = badLevels(ring.requirement);
    if (levels) return levels;
    if (!earlier ? ring.afterSeconds !== 0 : !(ring.afterSeconds > earlier.afterSeconds)) return `ring ${i} after ${ring.afterSeconds} s`;
    if (earlier && !relaxes(earlier.requirement, ring.requirement)) return `ring ${i} is stricter than ring ${i - 1}`;
  }
  return null;
}

/** What is wrong with an item, or null. */
export function badItem(item: WorkItem): string | null {
  const ids = [item.id, item.queueId, item.channel, ...(item.preferred ? [item.preferred.agentId] : []), ...Object.keys(item.excluded ?? {}), ...(item.takesOver ? [item.takesOver] : [])];
  const wrong = ids.find((id) => !goodId(id));
  if (wrong !== undefined) return `id ${wrong}`;
  if (!whole(item.version, 0, 2 ** 50)) return `version ${item.version}`;
  if (!whole(item.weight, 1, 10_000)) return `weight ${item.weight}`;
  if (!moment(item.arrivedAt)) return `arrivedAt ${item.arrivedAt}`;
  if (item.dueAt != null && !moment(item.dueAt)) return `dueAt ${item.dueAt}`;
  if (!whole(item.staticPriority ?? 0, 0, 9)) return `staticPriority ${item.staticPriority}`;
  if (!(Math.abs(item.priorityMinutes ?? 0) <= 1e6)) return `priorityMinutes ${item.priorityMinutes}`;
  if (!(item.offerSeconds > 0 && item.offerSeconds <= 1e6)) return `offerSeconds ${item.offerSeconds}`;
  if (item.preferred && !moment(item.preferred.untilMs)) return `preferred until ${item.preferred.untilMs}`;
  return badRings(item);
}

/** What is wrong with an agent, or null. */
export function badProfile(profile: AgentProfile): string | null {
  const wrong = [profile.id, ...profile.queueIds, ...Object.keys(profile.maxima)].find((id) => !goodId(id));
  if (wrong !== undefined) return `id ${wrong}`;
  if (!whole(profile.capacity, 0, 10_000)) return `capacity ${profile.capacity}`;
  for (const [channel, most] of Object.entries(profile.maxima)) if (!whole(most, 0, 1000)) return `maximum of ${channel} ${most}`;
  return badLevels(profile.skills);
}

/** What is wrong with a queue's rule, or null. */
export function badRule(rule: QueueRule): string | null {
  if (!goodId(rule.id)) return `id ${rule.id}`;
  if (!['fifo', 'priority', 'static', 'due'].includes(rule.order)) return `order ${rule.order}`;
  if (!['longest-idle', 'most-skilled', 'least-occupied', 'round-robin'].includes(rule.select)) return `select ${rule.select}`;
  if (!(rule.coolDownSeconds >= 0 && rule.coolDownSeconds <= 1e6)) return `coolDownSeconds ${rule.coolDownSeconds}`;
  if (!whole(rule.missLimit ?? 2, 1, 100)) return `missLimit ${rule.missLimit}`;
  if (!(Math.abs(rule.boostMinutes ?? 0) <= 1e6)) return `boostMinutes ${rule.boostMinutes}`;
  return null;
}
