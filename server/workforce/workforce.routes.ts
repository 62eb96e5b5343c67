import { workforceEndpoints as api } from '../../protocol';
import { isDuplicate, newId, problem, route, type Ctx, type Route } from '../kernel';
import { audit } from '../access';
import { setAgentState } from './agent-state';
import { agentById, Agents, agentsOf } from './agent.model';
import { presentAgent, presentQueue } from './agent.presenter';
import { takeNext } from './answer-offer';
import { changeAgent } from './configure-agent';
import { addQueue, changeQueue, removeQueue } from './configure-queue';
import { statesOf } from './agent-states';
import { deskOf } from './desk';
import { reassignWork, requeueWork } from './move-work';
import { workforcePorts } from './ports';
import { queuesOf } from './queue.model';
import { isDemanded, routingSettingsOf } from './routing-settings';
import { roomOf } from './rooms';
import { workforceSettingsRoutes } from './settings.routes';
import { Skills, skillsOf } from './skill.model';
import { extendWrapUp, finishWrapUp } from './wrap-up';

const selfId = (actor: { id: string | null }): string => actor.id ?? '';

async function presentOne(ctx: Ctx, id: string) {
  const agent = await agentById(ctx.companyId, id);
  if (!agent) throw problem('unknown-account');
  return presentAgent(agent, await roomOf(ctx).agent(id));
}

const queueRoutes: Route[] = [
  route(api.queues, 'ticket.read', async (ctx) => {
    const [queues, agents] = await Promise.all([queuesOf(ctx.companyId), agentsOf(ctx.companyId)]);
    return { rows: queues.map((queue) => presentQueue(queue, agents.filter((agent) => agent.queueIds.includes(queue._id)).length)) };
  }),
  route(api.addQueue, 'queue.manage', async (ctx, actor, { body }) => {
    const queue = await addQueue(ctx, actor, body);
    await audit(ctx, actor, { action: 'queue.added', subject: { kind: 'queue', id: queue._id, name: queue.name }, before: {}, after: body });
    return presentQueue(queue, 0);
  }),
  route(api.changeQueue, 'queue.manage', async (ctx, actor, { params, body }) => {
    const { before, after } = await changeQueue(ctx, actor, { id: params.id, input: body });
    const old = Object.fromEntries(Object.keys(body).map((key) => [key, before[key as keyof typeof before]]));
    await audit(ctx, actor, { action: 'queue.changed', subject: { kind: 'queue', id: after._id, name: after.name }, before: old, after: body });
    return presentQueue(after, await Agents.countDocuments({ companyId: ctx.companyId, queueIds: after._id }));
  }),
  route(api.removeQueue, 'queue.manage', async (ctx, actor, { params }) => {
    const queue = await removeQueue(ctx, params.id);
    await audit(ctx, actor, { action: 'queue.removed', subject: { kind: 'queue', id: queue._id, name: queue.name }, before: { name: queue.name }, after: {} });
    return {};
  }),
];

const skillRoutes: Route[] = [
  route(api.skills, 'ticket.read', async (ctx) => ({ rows: (await skillsOf(ctx.companyId)).map((skill) => ({ id: skill._id, name: skill.name })) })),
  route(api.addSkill, 'skill.manage', async (ctx, actor, { body }) => {
    const skill = { _id: newId(), companyId: ctx.companyId, name: body.name, nameKey: body.name.toLowerCase() };
    await Skills.create(skill).catch((error: unknown) => { throw isDuplicate(error) ? problem('already-exists') : error; });
    await audit(ctx, actor, { action: 'skill.added', subject: { kind: 'skill', id: skill._id, name: skill.name }, before: {}, after: { name: skill.name } });
    return { id: skill._id, name: skill.name };
  }),
  route(api.removeSkill, 'skill.manage', async (ctx, actor, { params }) => {
    const { companyId } = ctx;
    const [queues, agents, skills] = await Promise.all([queuesOf(companyId), agentsOf(companyId), skillsOf(companyId)]);
    const skill = skills.find((each) => each._id === params.id);
    if (!skill) throw problem('unknown-skill');
    if (queues.some((queue) => params.id in queue.requirement || queue.rings.some((ring) => ring.drop.includes(params.id) || params.id in ring.lower)) || agents.some((agent) => params.id in agent.skills) || isDemanded(await routingSettingsOf(companyId), params.id)) throw problem('still-in-use');
    await workforcePorts().demandUnnamed(ctx, params.id);
    await Skills.deleteOne({ companyId, _id: params.id });
    await audit(ctx, actor, { action: 'skill.removed', subject: { kind: 'skill', id: params.id, name: skill.name }, before: { name: skill.name }, after: {} });
    return {};
  }),
];

const agentRoutes: Route[] = [
  route(api.agents, 'ticket.read', async (ctx) => {
    const agents = await agentsOf(ctx.companyId);
    return { rows: await Promise.all(agents.map(async (agent) => presentAgent(agent, await roomOf(ctx).agent(agent._id)))) };
  }),
  route(api.changeAgent, 'account.manage', async (ctx, actor, { params, body }) => {
    const { before, after } = await changeAgent(ctx, actor, { id: params.id, input: body });
    await audit(ctx, actor, { action: 'agent.changed', subject: { kind: 'account', id: after._id, name: after.name }, before: { queueIds: before.queueIds, skills: before.skills, maxima: before.maxima, capacity: before.capacity }, after: body });
    return presentOne(ctx, params.id);
  }),
  route(api.setAgentState, 'agent.set-state', async (ctx, actor, { params, body }) => {
    await setAgentState(ctx, actor, { agentId: params.id, state: body.state, reason: body.reason ?? '' });
    return presentOne(ctx, params.id);
  }),
  route(api.agentStates, 'board.watch', async (ctx, _actor, { params, query }) => ({ rows: await statesOf(ctx, params.id, query.limit) })),
];

const deskRoutes: Route[] = [
  route(api.desk, 'work.take', async (ctx, actor) => deskOf(ctx, selfId(actor))),
  route(api.next, 'work.take', async (ctx, actor, { body }) => {
    await takeNext(ctx, selfId(actor), body.queueId);
    return deskOf(ctx, selfId(actor));
  }),
  route(api.finishWrapUp, 'work.take', async (ctx, actor, { body }) => {
    if (body.extend) await extendWrapUp(ctx, selfId(actor));
    else await finishWrapUp(ctx, actor, { agentId: selfId(actor), disposition: body.disposition ?? null, forced: false });
    return deskOf(ctx, selfId(actor));
  }),
  route(api.requeue, 'work.requeue', async (ctx, actor, { params, body }) => {
    await requeueWork(ctx, actor, body.queueId === undefined ? { id: params.id } : { id: params.id, queueId: body.queueId });
    return {};
  }),
  route(api.reassign, 'work.reassign', async (ctx, _actor, { params, body }) => {
    await reassignWork(ctx, params.id, body.agentId);
    return {};
  }),
];

/** REST routes of queues, skills, agents and desks. */
export const workforceRoutes: Route[] = [...queueRoutes, ...skillRoutes, ...agentRoutes, ...deskRoutes, ...workforceSettingsRoutes];
