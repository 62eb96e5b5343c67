import { badInput, happened, problem, readSetting, system, type Actor, type Ctx } from '../kernel';
import { agentById, Agents, type AgentDoc, type WrapUp } from './agent.model';
import { applyDecisions } from './apply-decisions';
import { Interactions, type InteractionDoc } from './interaction.model';
import type { QueueDoc } from './queue.model';
import { roomOf } from './rooms';
import { dispositions } from './settings';

/** Gives the agent time after a contact, as the queue says. The room is told when the end of the work is relayed. */
export async function startWrapUp(ctx: Ctx, actor: Actor, { interaction, queue, dispositionRequired }: { interaction: InteractionDoc; queue: QueueDoc; dispositionRequired: boolean }): Promise<void> {
  const { companyId } = ctx;
  const agentId = interaction.agentId ?? '';
  const now = ctx.clock.now();
  const until = queue.wrapUp.mode === 'timed' ? now + queue.wrapUp.seconds * 1000 : null;
  const wrapUp: WrapUp = { interactionId: interaction._id, ticketId: interaction.ticketId, queueId: queue._id, channel: interaction.channel, until: until === null ? null : new Date(until), startedAt: new Date(now), extended: false, dispositionRequired };
  const event = happened('wrap-up.started', { agentId, workItemId: interaction._id, ticketId: interaction.ticketId, queueId: queue._id, channel: interaction.channel }, { by: actor, subject: agentId, at: now });
  await Agents.updateOne({ companyId, _id: agentId }, { $set: { wrapUp }, $push: { pending: event } });
  if (until !== null) await ctx.jobs.add('wrap-up.over', { companyId, agentId, interactionId: interaction._id, at: until }, { at: until });
  await ctx.relay.publish({ collection: 'agents', companyId, id: agentId }, [event]);
}

/** Ends wrap-up: the outcome is kept, the agent becomes available. Without one in progress nothing happens. Throws disposition-required. */
export async function finishWrapUp(ctx: Ctx, actor: Actor, { agentId, disposition, forced }: { agentId: string; disposition: string | null; forced: boolean }): Promise<void> {
  const agent = await agentById(ctx.companyId, agentId);
  if (!agent?.wrapUp) return;
  if (agent.wrapUp.dispositionRequired && disposition === null && !forced) throw problem('disposition-required');
  if (disposition !== null) await checkDisposition(ctx, disposition);
  await closeWrapUp(ctx, actor, { agent, wrapUp: agent.wrapUp, disposition });
  const outcome = await roomOf(ctx).setState({ agentId, state: 'available' }, ctx.clock.now());
  await applyDecisions(ctx, outcome.decisions);
}

async function checkDisposition(ctx: Ctx, disposition: string): Promise<void> {
  const { rows } = await readSetting(ctx.companyId, 'dispositions', dispositions);
  if (rows.length > 0 && !rows.some((each) => each.code === disposition)) throw badInput({ disposition: 'is none of those an administrator listed' });
}

/** Notes the end of wrap-up without changing the agent's state; for those who go away or offline out of it. */
export async function closeWrapUp(ctx: Ctx, actor: Actor, { agent, wrapUp, disposition }: { agent: AgentDoc; wrapUp: WrapUp; disposition: string | null }): Promise<void> {
  const { companyId } = ctx;
  const now = ctx.clock.now();
  const event = happened('wrap-up.ended', { agentId: agent._id, workItemId: wrapUp.interactionId, ticketId: wrapUp.ticketId, queueId: wrapUp.queueId, channel: wrapUp.channel }, { by: actor, subject: agent._id, at: now });
  const ended = await Agents.updateOne({ companyId, _id: agent._id, 'wrapUp.interactionId': wrapUp.interactionId }, { $set: { wrapUp: null }, $push: { pending: event } });
  if (ended.modifiedCount === 0) return;
  const segment = { kind: 'wrap-up' as const, agentId: agent._id, queueId: wrapUp.queueId, from: wrapUp.startedAt, to: new Date(now) };
  await Interactions.updateOne({ companyId, _id: wrapUp.interactionId }, { $push: { segments: segment }, ...(disposition === null ? {} : { $set: { disposition } }) });
  await ctx.relay.publish({ collection: 'agents', companyId, id: agent._id }, [event]);
}

/** As much time again, once. Throws bad-state-change when there is nothing to extend. */
export async function extendWrapUp(ctx: Ctx, agentId: string): Promise<void> {
  const { companyId } = ctx;
  const agent = await agentById(companyId, agentId);
  const wrapUp = agent?.wrapUp;
  if (!wrapUp?.until || wrapUp.extended) throw problem('bad-state-change');
  const until = new Date(wrapUp.until.getTime() + Math.max(15_000, wrapUp.until.getTime() - wrapUp.startedAt.getTime()));
  await Agents.updateOne({ companyId, _id: agentId, 'wrapUp.interactionId': wrapUp.interactionId }, { $set: { 'wrapUp.until': until, 'wrapUp.extended': true } });
  await ctx.jobs.add('wrap-up.over', { companyId, agentId, interactionId: wrapUp.interactionId, at: until.getTime() }, { at: until.getTime() });
}

/** The timer: ends the wrap-up it was set for, unless it was extended or ended. */
export async function wrapUpOver(ctx: Ctx, { agentId, interactionId, at }: { agentId: string; interactionId: string; at: number }): Promise<void> {
  const agent = await agentById(ctx.companyId, agentId);
  if (agent?.wrapUp?.interactionId !== interactionId || agent.wrapUp.until?.getTime() !== at) return;
  await finishWrapUp(ctx, system('wrap-up timer'), { agentId, disposition: null, forced: true });
}
