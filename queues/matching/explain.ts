import type { AgentSeat } from '../roster/agent';
import type { QueueRule } from '../room/queue-rule';
import { type CoolDowns, rankOf, type Waiting, whyNot, type WhyNot } from './match';

/** What became of one agent in one decision. */
export interface Considered {
  agentId: string;
  /** chosen; able, but somebody else came first by the queue's selection; or the reason they could not have it. */
  verdict: 'chosen' | 'later' | WhyNot;
}
/** The decision to be explained, over the roster as it was: see docs/routing.md, Trace. */
export interface Question { waiting: Waiting; agents: readonly AgentSeat[]; rule: QueueRule; coolDowns: CoolDowns; chosen: string | null }

/** Everyone considered: the chosen agent, then the able ones in the order they would have come, then the others. */
export function explain(question: Question): Considered[] {
  const { waiting, rule, chosen } = question;
  const rows = question.agents.map((agent) => {
    const reason = whyNot(waiting, agent, question.coolDowns);
    const mine = agent.profile.id === chosen;
    const group = mine ? 0 : reason === null ? 1 : 2;
    const verdict: Considered['verdict'] = mine ? 'chosen' : reason ?? 'later';
    return { agentId: agent.profile.id, verdict, group, rank: rankOf(waiting, agent, rule) };
  });
  rows.sort((a, b) => a.group - b.group || a.rank - b.rank || (a.agentId < b.agentId ? -1 : 1));
  return rows.map(({ agentId, verdict }) => ({ agentId, verdict }));
}
