import { happened, problem, type Actor, type Ctx } from '../kernel';
import { agentById, Agents, type AgentDoc } from './agent.model';
import { settleOutcome } from './answer-offer';
import { queuesOf } from './queue.model';
import { roomOf } from './rooms';
import { demandChannels } from './routing-settings';
import { skillsOf } from './skill.model';
import { profileOf } from './work-item-of';

type ProfileInput = Partial<Pick<AgentDoc, 'queueIds' | 'skills' | 'maxima' | 'capacity'>>;

/** Makes an account one that takes work, or renames it; `queueIds` are for a new one. */
export async function enrolAgent(ctx: Ctx, account: { id: string; name: string }, queueIds: string[] = []): Promise<void> {
  const now = new Date(ctx.clock.now());
  await Agents.updateOne({ companyId: ctx.companyId, _id: account.id }, { $set: { name: account.name }, $setOnInsert: { since: now, idleSince: now, state: 'offline', queueIds } }, { upsert: true });
}

/** Changes what an agent serves and can. Throws unknown-account, unknown-queue, unknown-skill, unknown-channel. */
export async function changeAgent(ctx: Ctx, actor: Actor, { id, input }: { id: string; input: ProfileInput }): Promise<{ before: AgentDoc; after: AgentDoc }> {
  const { companyId } = ctx;
  const before = await agentById(companyId, id);
  if (!before) throw problem('unknown-account');
  await checkNames(ctx, input);
  const event = happened('agent.changed', { agentId: id }, { by: actor, subject: id, at: ctx.clock.now() });
  const after = await Agents.findOneAndUpdate({ companyId, _id: id }, { $set: input, $push: { pending: event } }, { returnDocument: 'after' }).lean<AgentDoc>();
  if (!after) throw problem('unknown-account');
  await settleOutcome(ctx, await roomOf(ctx).setAgent(profileOf(after), ctx.clock.now()));
  await ctx.relay.publish({ collection: 'agents', companyId, id }, [event]);
  return { before, after };
}

async function checkNames(ctx: Ctx, input: ProfileInput): Promise<void> {
  demandChannels(Object.keys(input.maxima ?? {}));
  const queues = new Set((await queuesOf(ctx.companyId)).map((queue) => queue._id));
  const unknownQueue = (input.queueIds ?? []).find((id) => !queues.has(id));
  if (unknownQueue) throw problem('unknown-queue', { queue: unknownQueue });
  const skills = new Set((await skillsOf(ctx.companyId)).map((skill) => skill._id));
  const unknownSkill = Object.keys(input.skills ?? {}).find((id) => !skills.has(id));
  if (unknownSkill) throw problem('unknown-skill', { skill: unknownSkill });
}
