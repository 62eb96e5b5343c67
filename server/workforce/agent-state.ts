import { problem, system, type Actor, type Ctx } from '../kernel';
import { settleOutcome } from './answer-offer';
import { agentById, Agents } from './agent.model';
import { roomOf } from './rooms';
import { closeWrapUp } from './wrap-up';

/** How long an agent whose consoles are all gone keeps work. */
export const graceMs = 30_000;

/** Changes an agent's state. Live work stays in hand unless handBack. Throws unknown-account, disposition-required. */
export async function setAgentState(ctx: Ctx, actor: Actor, change: { agentId: string; state: 'available' | 'away' | 'offline'; reason?: string; handBack?: boolean }): Promise<void> {
  const agent = await agentById(ctx.companyId, change.agentId);
  if (!agent) throw problem('unknown-account');
  if (agent.wrapUp) {
    if (agent.wrapUp.dispositionRequired && change.state === 'available' && actor.id === agent._id) throw problem('disposition-required');
    await closeWrapUp(ctx, actor, { agent, wrapUp: agent.wrapUp, disposition: null });
  }
  const now = ctx.clock.now();
  await Agents.updateOne({ companyId: ctx.companyId, _id: agent._id }, { $set: { reason: change.reason ?? '' } });
  await settleOutcome(ctx, await roomOf(ctx).setState({ agentId: agent._id, state: change.state, reason: change.reason ?? '' }, now));
  if (change.handBack) await settleOutcome(ctx, await roomOf(ctx).handBack(agent._id, now));
}

/** A console connected or the last one went; the grace period begins or ends. */
export async function noteConnection(ctx: Ctx, agentId: string, connected: boolean): Promise<void> {
  const now = ctx.clock.now();
  await Agents.updateOne({ companyId: ctx.companyId, _id: agentId }, { $set: { connected, disconnectedAt: connected ? null : new Date(now) } });
  if (!connected) await ctx.jobs.add('agent.grace-over', { companyId: ctx.companyId, agentId, at: now + graceMs }, { at: now + graceMs });
}

/** The timer: an agent who did not come back goes offline and their live work waits again, with its seniority. */
export async function graceOver(ctx: Ctx, agentId: string, at: number): Promise<void> {
  const agent = await agentById(ctx.companyId, agentId);
  if (!agent || agent.connected || !agent.disconnectedAt || agent.disconnectedAt.getTime() + graceMs > at || agent.state === 'offline') return;
  await setAgentState(ctx, system('connection lost'), { agentId, state: 'offline', handBack: true });
}
