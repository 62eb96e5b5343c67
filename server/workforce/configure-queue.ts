import type { Queue } from '../../protocol';
import { badInput, happened, isDuplicate, newId, problem, type Actor, type Ctx } from '../kernel';
import { settleOutcome } from './answer-offer';
import { Agents } from './agent.model';
import { Interactions } from './interaction.model';
import { workforcePorts } from './ports';
import { queueById, queueDefaults, Queues, queuesOf, type QueueDoc } from './queue.model';
import { roomOf } from './rooms';
import { demandChannels } from './routing-settings';
import { skillsOf } from './skill.model';
import { ruleOf } from './work-item-of';

type QueueInput = Partial<Omit<Queue, 'id' | 'agents'>>;

/** Adds a queue. Throws already-exists, unknown-skill, unknown-channel, unknown-hours, unknown-queue. */
export async function addQueue(ctx: Ctx, actor: Actor, input: QueueInput & { name: string }): Promise<QueueDoc> {
  await checkNames(ctx, input);
  const id = newId();
  await checkOverflow(ctx, id, input);
  const event = happened('queue.changed', { queueId: id }, { by: actor, subject: id, at: ctx.clock.now() });
  const queue: QueueDoc = { ...queueDefaults, ...input, _id: id, companyId: ctx.companyId, nameKey: keyOf(input.name), pending: [event] };
  await Queues.create(queue).catch(refuseDuplicate);
  await tellRoom(ctx, queue);
  await ctx.relay.publish({ collection: 'queues', companyId: ctx.companyId, id }, [event]);
  return queue;
}

/** Settings that are written on what waits. */
const forWaiting = ['requirement', 'rings', 'offerSeconds', 'autoAccept'] as const;

/** Changes a queue. Throws unknown-queue, already-exists, unknown-skill, unknown-channel, unknown-hours, bad-input for an overflow into itself. */
export async function changeQueue(ctx: Ctx, actor: Actor, { id, input }: { id: string; input: QueueInput }): Promise<{ before: QueueDoc; after: QueueDoc }> {
  const { companyId } = ctx;
  const before = await queueById(companyId, id);
  if (!before) throw problem('unknown-queue');
  await checkNames(ctx, input);
  await checkOverflow(ctx, id, input);
  const event = happened('queue.changed', { queueId: id, waiting: forWaiting.some((key) => key in input && JSON.stringify(input[key]) !== JSON.stringify(before[key])) }, { by: actor, subject: id, at: ctx.clock.now() });
  const set = { ...input, ...(input.name === undefined ? {} : { nameKey: keyOf(input.name) }) };
  const after = await Queues.findOneAndUpdate({ companyId, _id: id }, { $set: set, $push: { pending: event } }, { returnDocument: 'after' }).lean<QueueDoc>().catch(refuseDuplicate);
  if (!after) throw problem('unknown-queue');
  await tellRoom(ctx, after);
  await ctx.relay.publish({ collection: 'queues', companyId, id }, [event]);
  return { before, after: { ...queueDefaults, ...after } };
}

/** Removes a queue nothing refers to. Throws unknown-queue, still-in-use, named-by-rule. */
export async function removeQueue(ctx: Ctx, id: string): Promise<QueueDoc> {
  const { companyId } = ctx;
  const queue = await queueById(companyId, id);
  if (!queue) throw problem('unknown-queue');
  const overflowing = (await queuesOf(companyId)).filter(({ overflow }) => [...overflow.before, ...overflow.after].some(({ then }) => then.to === 'queue' && then.queueId === id)).length;
  const [agents, work] = await Promise.all([Agents.countDocuments({ companyId, queueIds: id }), Interactions.countDocuments({ companyId, queueId: id, endedAt: null })]);
  if (agents + work + overflowing > 0) throw problem('still-in-use', { agents, work, queues: overflowing });
  await workforcePorts().demandUnnamed(ctx, id);
  await Queues.deleteOne({ companyId, _id: id });
  return queue;
}

async function checkOverflow(ctx: Ctx, id: string, { hoursId, overflow }: QueueInput): Promise<void> {
  if (hoursId && !(await workforcePorts().hoursExist(ctx, hoursId))) throw problem('unknown-hours');
  const targets = [...(overflow?.before ?? []), ...(overflow?.after ?? [])].flatMap(({ then }) => (then.to === 'queue' ? [then.queueId] : []));
  if (targets.includes(id)) throw badInput({ overflow: 'leads into the queue itself' });
  const known = targets.length === 0 ? [] : await queuesOf(ctx.companyId);
  const unknown = targets.find((target) => !known.some((queue) => queue._id === target));
  if (unknown) throw problem('unknown-queue', { queue: unknown });
}

async function checkNames(ctx: Ctx, input: QueueInput): Promise<void> {
  demandChannels([...Object.keys(input.offerSeconds ?? {}), ...Object.keys(input.targets ?? {}), ...[...(input.overflow?.before ?? []), ...(input.overflow?.after ?? [])].flatMap(({ channels }) => channels)]);
  const named = [...Object.keys(input.requirement ?? {}), ...(input.rings ?? []).flatMap((ring) => [...ring.drop, ...Object.keys(ring.lower)])];
  if (named.length === 0) return;
  const known = new Set((await skillsOf(ctx.companyId)).map((skill) => skill._id));
  const unknown = named.find((id) => !known.has(id));
  if (unknown) throw problem('unknown-skill', { skill: unknown });
}

const keyOf = (name: string): string => name.trim().toLowerCase();
const tellRoom = async (ctx: Ctx, queue: QueueDoc): Promise<void> => settleOutcome(ctx, await roomOf(ctx).setQueue(ruleOf(queue), ctx.clock.now()));

function refuseDuplicate(error: unknown): never {
  if (isDuplicate(error)) throw problem('already-exists');
  throw error;
}
