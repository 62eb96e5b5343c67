import type { AgentState } from '../../protocol';
import { accountsById } from '../access';
import { Events, problem, type Ctx, type DomainEvent } from '../kernel';
import { agentById } from './agent.model';

/** One change of an agent's state as recorded. */
export interface StateRow { at: string; from: AgentState; to: AgentState; reason: string; by: string }

/** What an agent was doing when, newest first. Throws unknown-account. */
export async function statesOf(ctx: Ctx, agentId: string, limit: number): Promise<StateRow[]> {
  const { companyId } = ctx;
  if (!(await agentById(companyId, agentId))) throw problem('unknown-account');
  const events = await Events.find({ companyId, subject: agentId, name: 'agent.state-changed' }).sort({ n: -1 }).limit(limit).lean<DomainEvent[]>();
  const names = await accountsById(ctx, events.flatMap(({ by }) => (by.kind === 'account' && by.id ? [by.id] : [])));
  return events.map(({ at, by, data }) => ({ at: at.toISOString(), from: data['from'] as AgentState, to: data['to'] as AgentState, reason: String(data['reason']), by: (by.id ? names.get(by.id)?.name : undefined) ?? 'Trunkline' }));
}
