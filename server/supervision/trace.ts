import type { TraceEntry } from '../../protocol';
import { Events, problem, type Actor, type Ctx, type DomainEvent } from '../kernel';
import { reachOf, ticketById, within } from '../tickets';
import { agentsOf, interactionById, queuesOf, skillsOf } from '../workforce';
import { passedOver, type NameOf } from './passed-over';

const kinds: Record<string, string> = { 'work.arrived': 'arrived', 'work.offered': 'offered', 'work.accepted': 'accepted', 'work.declined': 'declined', 'work.expired': 'expired', 'work.requeued': 'requeued', 'work.ended': 'ended',
  'work.withdrawn': 'withdrawn', 'work.handed-over': 'handed-over', 'work.asleep': 'asleep', 'work.woken': 'woken', 'invitation.made': 'asked', 'invitation.moved': 'help-moved', 'invitation.ended': 'help-ended', 'work.overflowed': 'overflowed', 'work.callback': 'callback' };

/** Everything that happened to a work item, as codes. Throws not-found when it is out of reach. */
export async function traceOf(ctx: Ctx, actor: Actor, workItemId: string): Promise<TraceEntry[]> {
  const interaction = await interactionById(ctx.companyId, workItemId);
  const ticket = interaction ? await ticketById(ctx.companyId, interaction.ticketId) : null;
  if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
  const [events, agents, queues, skills] = await Promise.all([Events.find({ companyId: ctx.companyId, subject: workItemId }).sort({ n: 1 }).limit(1000).lean<DomainEvent[]>(), agentsOf(ctx.companyId), queuesOf(ctx.companyId), skillsOf(ctx.companyId)]);
  const agentName = new Map(agents.map((agent) => [agent._id, agent.name]));
  const queueName = new Map(queues.map((queue) => [queue._id, queue.name]));
  const skillName = new Map(skills.map((skill) => [skill._id, skill.name]));
  const names = { agent: agentName, queue: queueName, skill: skillName };
  const nameOf: NameOf = (kind, id) => names[kind].get(id) ?? id;
  return Promise.all(events.filter((event) => kinds[event.name]).map(async (event, place, all) => {
    const agentId = typeof event.data['agentId'] === 'string' ? event.data['agentId'] : null;
    const agent = agentId ? { id: agentId, name: agentName.get(agentId) ?? '' } : null;
    const queue = queues.find((each) => each._id === event.data['queueId']);
    const over = event.name === 'work.offered' && interaction && queue ? await passedOver(ctx, { interaction, queue, event, earlier: all.slice(0, place), nameOf }) : [];
    return { at: event.at.toISOString(), kind: kinds[event.name] ?? event.name, agent, params: paramsOf(event, queueName), passedOver: over };
  }));
}

// What of an event a reader is told; names and codes as they are, empty ones left out.
const told = ['priority', 'rule', 'ring', 'waitSeconds', 'why', 'kind', 'state', 'how', 'disposition', 'measured', 'to', 'exceeds', 'notResponding'];

function paramsOf({ data }: DomainEvent, queueName: ReadonlyMap<string, string>): TraceEntry['params'] {
  const entries = told.flatMap((name): [string, string | number][] => {
    const value = data[name];
    if (value === true) return [[name, 1]];
    return typeof value === 'number' ? [[name, Math.round(value)]] : typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  const queues = [['queue', data['queueId']], ['from', data['from']]].flatMap(([name, id]): [string, string][] => {
    const known = queueName.get(String(id));
    return known ? [[String(name), known]] : [];
  });
  return Object.fromEntries([...entries, ...queues]);
}
