import type { AgentSeat, StoredState } from '../../queues';
import { Events, type Ctx, type DomainEvent } from '../kernel';
import { agentsOf, Interactions, profileOf, type AgentDoc, type InteractionDoc } from '../workforce';

type Held = Pick<InteractionDoc, 'channel' | 'weight' | 'interruptible' | 'agentId' | 'acceptedAt'>;

/**
 * The agents as they were at a moment: states from recorded events, load from what each had accepted and not ended. Skills and queues are
 * today's, since their earlier values are not recorded.
 */
export async function rosterThen(ctx: Ctx, at: Date): Promise<AgentSeat[]> {
  const [agents, held] = await Promise.all([agentsOf(ctx.companyId), heldThen(ctx, at)]);
  return Promise.all(agents.map(async (agent) => seatOf(agent, { state: await stateThen(ctx, agent, at), held: held.filter((item) => item.agentId === agent._id) })));
}

const heldThen = (ctx: Ctx, at: Date): Promise<Held[]> => Interactions.find({ companyId: ctx.companyId, agentId: { $ne: null }, acceptedAt: { $lte: at }, $or: [{ endedAt: null }, { endedAt: { $gt: at } }] })
  .select('channel weight interruptible agentId acceptedAt').limit(5000).lean<Held[]>();

async function stateThen(ctx: Ctx, agent: AgentDoc, at: Date): Promise<{ state: StoredState; since: number }> {
  const last = await Events.findOne({ companyId: ctx.companyId, subject: agent._id, name: 'agent.state-changed', at: { $lte: at } }).sort({ n: -1 }).lean<DomainEvent>();
  return last ? { state: last.data['to'] as StoredState, since: last.at.getTime() } : { state: 'offline', since: 0 };
}

function seatOf(agent: AgentDoc, { state, held }: { state: { state: StoredState; since: number }; held: Held[] }): AgentSeat {
  const sum = (soft: boolean): number => held.filter((item) => item.interruptible === soft).reduce((total, item) => total + item.weight, 0);
  const counts: Record<string, number> = {};
  for (const item of held) counts[item.channel] = (counts[item.channel] ?? 0) + 1;
  const idleSince = Math.max(state.since, ...held.map((item) => item.acceptedAt?.getTime() ?? 0));
  return { profile: profileOf(agent), state: state.state, reason: '', idleSince, firmLoad: sum(false), softLoad: sum(true), counts, missed: 0, lastTurn: 0 };
}
