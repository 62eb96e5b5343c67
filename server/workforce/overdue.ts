import { Agents, type AgentDoc } from './agent.model';
import { applyDecisions } from './apply-decisions';
import type { Ctx } from '../kernel';
import { roomOf } from './rooms';
import { wrapUpOver } from './wrap-up';

const lateMs = 2000;

/** Ends what a lost timer should have ended, and brings agents' states in room and store together. Answers how many agents it concerned. */
export async function endOverdue(ctx: Ctx): Promise<number> {
  const { companyId } = ctx;
  const late = new Date(ctx.clock.now() - lateMs);
  const rows = await Agents.find({ companyId, $or: [{ 'wrapUp.until': { $lt: late } }, { state: { $ne: 'offline' } }] }).limit(5000).lean<AgentDoc[]>();
  let ended = 0;
  for (const agent of rows) if (await endOne(ctx, agent, late)) ended += 1;
  return ended;
}

async function endOne(ctx: Ctx, agent: AgentDoc, late: Date): Promise<boolean> {
  const { wrapUp, _id: agentId } = agent;
  if (wrapUp?.until && wrapUp.until < late) {
    await wrapUpOver(ctx, { agentId, interactionId: wrapUp.interactionId, at: wrapUp.until.getTime() });
    return true;
  }
  const seat = agent.since < late ? await roomOf(ctx).agent(agentId) : null;
  if (!seat) return false;
  // Wrap-up was closed, but its process died before the agent was available again.
  if (seat.state === 'wrap-up' && !wrapUp) {
    const outcome = await roomOf(ctx).setState({ agentId, state: 'available' }, ctx.clock.now());
    await applyDecisions(ctx, outcome.decisions);
    return true;
  }
  if (seat.state === agent.state || wrapUp) return false;
  await applyDecisions(ctx, [{ kind: 'state', agentId, state: seat.state, roster: 0, at: ctx.clock.now() }]);
  return true;
}
