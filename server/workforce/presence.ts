import { system, type Ctx } from '../kernel';
import { setAgentState } from './agent-state';
import { agentById, Agents, type AgentDoc } from './agent.model';
import { routingSettingsOf } from './routing-settings';

/** How often a node says whose consoles it has, and after what silence nobody has one. */
export const seenEveryMs = 10_000;
const lostMs = 2.5 * seenEveryMs;
/** The reason of who was set away for it; consoles have a word for it. */
export const idleReason = 'idle';

/** How long an agent whose consoles are all gone keeps work, in milliseconds. */
const graceOf = async (ctx: Ctx): Promise<number> => (await routingSettingsOf(ctx.companyId)).graceSeconds * 1000;

/** A console connected or the last one went; the grace period begins or ends. */
export async function noteConnection(ctx: Ctx, agentId: string, connected: boolean): Promise<void> {
  const now = ctx.clock.now();
  const at = new Date(now);
  await Agents.updateOne({ companyId: ctx.companyId, _id: agentId }, { $set: connected ? { connected, disconnectedAt: null, seenAt: at, activeAt: at } : { connected, disconnectedAt: at } });
  if (connected) return;
  const over = now + (await graceOf(ctx));
  await ctx.jobs.add('agent.grace-over', { companyId: ctx.companyId, agentId, at: over }, { at: over });
}

/** The timer: an agent who did not come back goes offline and their live work waits again, with its seniority. */
export async function graceOver(ctx: Ctx, agentId: string, at: number): Promise<void> {
  const agent = await agentById(ctx.companyId, agentId);
  if (!agent || agent.connected || !agent.disconnectedAt || agent.disconnectedAt.getTime() + (await graceOf(ctx)) > at || agent.state === 'offline') return;
  await setAgentState(ctx, system('connection lost'), { agentId, state: 'offline', reason: 'connection-lost', handBack: true });
}

/** A node says whose consoles it has; also of those thought lost while it was slow. */
export async function noteSeen(ctx: Ctx, agentIds: string[]): Promise<void> {
  await Agents.updateMany({ companyId: ctx.companyId, _id: { $in: agentIds } }, { $set: { seenAt: new Date(ctx.clock.now()), connected: true, disconnectedAt: null } });
}

/** Somebody touched a console. */
export async function noteActive(ctx: Ctx, agentId: string): Promise<void> {
  await Agents.updateOne({ companyId: ctx.companyId, _id: agentId }, { $set: { activeAt: new Date(ctx.clock.now()) } });
}

/** Who is lost with a node that died starts the grace period; who has not touched a console for long is away. Live work stays theirs. */
export async function sweepPresence(ctx: Ctx): Promise<void> {
  const { companyId } = ctx;
  const now = ctx.clock.now();
  const lost = await Agents.find({ companyId, connected: true, seenAt: { $lt: new Date(now - lostMs) } }).select('_id').lean<Pick<AgentDoc, '_id'>[]>();
  for (const { _id } of lost) await noteConnection(ctx, _id, false);
  const { idleMinutes, graceSeconds } = await routingSettingsOf(companyId);
  const idle = idleMinutes === 0 ? [] : await Agents.find({ companyId, connected: true, state: 'available', activeAt: { $lt: new Date(now - idleMinutes * 60_000) } }).select('_id').lean<Pick<AgentDoc, '_id'>[]>();
  for (const { _id } of idle) await setAgentState(ctx, system('idle detection'), { agentId: _id, state: 'away', reason: idleReason });
  // A timer that was lost with Redis.
  const over = await Agents.find({ companyId, connected: false, state: { $ne: 'offline' }, disconnectedAt: { $lt: new Date(now - graceSeconds * 1000 - 5000) } }).select('_id').lean<Pick<AgentDoc, '_id'>[]>();
  for (const { _id } of over) await graceOver(ctx, _id, now);
}
