import type { AgentSeat } from '../roster/agent';
import { roomFor } from '../roster/capacity';
import type { QueueRule } from '../room/queue-rule';
import type { WorkItem } from '../work-item';
import { compareScored, scoreOf } from './order';
import { levelSum, requirementOf, unmet } from './requirement';

/** An item as it waits: its open ring, and the agent it is kept for ('' for everyone). */
export interface Waiting { item: WorkItem; ring: number; keptFor: string }
/** Moment until which an agent is not offered an item; 0: no cool-down. */
export type CoolDowns = (agentId: string, itemId: string) => number;

/** Why an agent cannot have an item. Times are epoch milliseconds. */
export type WhyNot =
  | { code: 'state'; state: AgentSeat['state']; reason: string }
  | { code: 'queue'; queueId: string }
  | { code: 'skill'; skill: string; has: number; needs: number }
  | { code: 'maximum'; channel: string; has: number; most: number }
  | { code: 'capacity'; load: number; weight: number; capacity: number }
  | { code: 'cool-down'; until: number }
  | { code: 'kept'; agentId: string };

function whyNoRoom(item: WorkItem, agent: AgentSeat): WhyNot | null {
  const { profile } = agent;
  if (roomFor(agent, profile, item) !== 'full') return null;
  const most = profile.maxima[item.channel];
  const has = agent.counts[item.channel] ?? 0;
  if (most !== undefined && has + 1 > most) return { code: 'maximum', channel: item.channel, has, most };
  const load = item.interruptible ? agent.firmLoad + agent.softLoad : agent.firmLoad;
  return { code: 'capacity', load, weight: item.weight, capacity: profile.capacity };
}

/** Why this agent cannot be offered this item now; null when they can. Someone an item is kept for needs neither its queue nor its skills. */
export function whyNot(waiting: Waiting, agent: AgentSeat, coolDowns: CoolDowns): WhyNot | null {
  const { item, ring, keptFor } = waiting;
  if (keptFor !== '' && keptFor !== agent.profile.id) return { code: 'kept', agentId: keptFor };
  if (keptFor === '') {
    if (!agent.profile.queueIds.includes(item.queueId)) return { code: 'queue', queueId: item.queueId };
    const lack = unmet(requirementOf(item, ring), agent.profile.skills);
    if (lack) return { code: 'skill', ...lack };
  }
  if (agent.state !== 'available') return { code: 'state', state: agent.state, reason: agent.reason };
  const until = coolDowns(agent.profile.id, item.id);
  if (until > 0) return { code: 'cool-down', until };
  return whyNoRoom(item, agent);
}

/** The number by which able agents are compared for an item; smaller goes first. Those who must put work aside come after all others. */
export function rankOf(waiting: Waiting, agent: AgentSeat, rule: QueueRule): number {
  const aside = roomFor(agent, agent.profile, waiting.item) === 'aside' ? 4e15 : 0;
  const { idleSince, profile } = agent;
  if (rule.select === 'round-robin') return agent.lastTurn + aside;
  if (rule.select === 'most-skilled') return idleSince - levelSum(requirementOf(waiting.item, waiting.ring), profile.skills) * 1e13 + aside;
  if (rule.select === 'least-occupied') {
    return idleSince + Math.floor(((agent.firmLoad + agent.softLoad) * 100) / Math.max(1, profile.capacity)) * 1e13 + aside;
  }
  return idleSince + aside;
}

/** Whom an item is offered to, among agents able to take it. */
export function chooseAgent(waiting: Waiting, agents: Iterable<AgentSeat>, given: { rule: QueueRule; coolDowns: CoolDowns }): AgentSeat | null {
  let best: { agent: AgentSeat; score: number; id: string } | null = null;
  for (const agent of agents) {
    if (whyNot(waiting, agent, given.coolDowns)) continue;
    const entry = { agent, score: rankOf(waiting, agent, given.rule), id: agent.profile.id };
    if (!best || compareScored(entry, best) < 0) best = entry;
  }
  return best?.agent ?? null;
}

/** What an agent is offered, among waiting items they can take: items kept for them first, then the smallest score. */
export function chooseItem(agent: AgentSeat, waiting: Iterable<Waiting>, given: { rules: ReadonlyMap<string, QueueRule>; coolDowns: CoolDowns }): Waiting | null {
  let best: { waiting: Waiting; score: number; id: string } | null = null;
  for (const one of waiting) {
    const rule = given.rules.get(one.item.queueId);
    if (!rule || whyNot(one, agent, given.coolDowns)) continue;
    const entry = { waiting: one, score: scoreOf(one.item, rule), id: one.item.id };
    const kept = Number(one.keptFor !== '');
    const bestKept = Number(best !== null && best.waiting.keptFor !== '');
    if (!best || kept > bestKept || (kept === bestKept && compareScored(entry, best) < 0)) best = entry;
  }
  return best?.waiting ?? null;
}
