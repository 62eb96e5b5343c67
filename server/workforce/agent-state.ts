import { mayBecome } from '../../queues';
import { badInput, happened, problem, readSetting, type Actor, type Ctx } from '../kernel';
import { settleOutcome } from './answer-offer';
import { agentById, Agents, type AgentDoc } from './agent.model';
import { roomOf } from './rooms';
import { awayReasons } from './settings';
import { closeWrapUp } from './wrap-up';

/** What is wished for. Live work stays in hand unless handBack. */
export interface StateChange { agentId: string; state: 'available' | 'away' | 'offline'; reason?: string; handBack?: boolean }

/** Changes an agent's state. Throws unknown-account, bad-state-change, disposition-required, and bad-input for a reason of their own making. */
export async function setAgentState(ctx: Ctx, actor: Actor, change: StateChange): Promise<void> {
  const agent = await agentById(ctx.companyId, change.agentId);
  if (!agent) throw problem('unknown-account');
  const own = actor.id === agent._id;
  const reason = change.reason ?? '';
  if (!mayBecome(agent.state, change.state, actor.kind === 'system' ? 'engine' : own ? 'agent' : 'supervisor')) throw problem('bad-state-change', { from: agent.state, to: change.state });
  if (own && change.state === 'away') await checkReason(ctx, reason);
  if (agent.wrapUp) {
    if (agent.wrapUp.dispositionRequired && change.state !== 'offline' && own) throw problem('disposition-required');
    await closeWrapUp(ctx, actor, { agent, wrapUp: agent.wrapUp, disposition: null });
  }
  const now = ctx.clock.now();
  if (own) await Agents.updateOne({ companyId: ctx.companyId, _id: agent._id }, { $set: { activeAt: new Date(now) } });
  const asked = { by: actor, why: reason };
  await settleOutcome(ctx, await roomOf(ctx).setState({ agentId: agent._id, state: change.state, reason }, now), asked);
  if (agent.state === change.state && agent.reason !== reason) await changeReason(ctx, actor, { agent, reason });
  if (change.handBack) await settleOutcome(ctx, await roomOf(ctx).handBack(agent._id, now), { by: actor, why: 'handed-back' });
}

async function checkReason(ctx: Ctx, reason: string): Promise<void> {
  const { rows } = await readSetting(ctx.companyId, 'away-reasons', awayReasons);
  if (reason !== '' && !rows.includes(reason)) throw badInput({ reason: 'is none of those an administrator listed' });
}

// Away for lunch, then away for a meeting, is a change as well.
async function changeReason(ctx: Ctx, actor: Actor, { agent, reason }: { agent: AgentDoc; reason: string }): Promise<void> {
  const { companyId } = ctx;
  const now = ctx.clock.now();
  const event = happened('agent.state-changed', { agentId: agent._id, from: agent.state, to: agent.state, reason }, { by: actor, subject: agent._id, at: now });
  await Agents.updateOne({ companyId, _id: agent._id }, { $set: { reason, since: new Date(now) }, $push: { pending: event } });
  await ctx.relay.publish({ collection: 'agents', companyId, id: agent._id }, [event]);
}
