import type { TraceEntry } from '../../protocol';
import type { Words } from '../../queues';
import { Events, problem, type Actor, type Ctx, type DomainEvent } from '../kernel';
import { reachOf, ticketById, within } from '../tickets';
import { agentsOf, interactionById, queuesOf, skillsOf } from '../workforce';
import { passedOver } from './passed-over';

const kinds: Record<string, string> = { 'work.arrived': 'arrived', 'work.offered': 'offered', 'work.accepted': 'accepted', 'work.declined': 'declined', 'work.expired': 'expired', 'work.requeued': 'requeued', 'work.ended': 'ended',
  'work.withdrawn': 'withdrawn', 'work.handed-over': 'handed-over', 'work.asleep': 'asleep', 'work.woken': 'woken', 'invitation.made': 'asked', 'invitation.moved': 'asked', 'invitation.ended': 'asked', 'work.overflowed': 'overflowed', 'work.callback': 'callback' };

/** Everything that happened to a work item, in words. Throws not-found when it is out of reach. */
export async function traceOf(ctx: Ctx, actor: Actor, workItemId: string): Promise<TraceEntry[]> {
  const interaction = await interactionById(ctx.companyId, workItemId);
  const ticket = interaction ? await ticketById(ctx.companyId, interaction.ticketId) : null;
  if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
  const [events, agents, queues, skills] = await Promise.all([Events.find({ companyId: ctx.companyId, subject: workItemId }).sort({ n: 1 }).limit(1000).lean<DomainEvent[]>(), agentsOf(ctx.companyId), queuesOf(ctx.companyId), skillsOf(ctx.companyId)]);
  const agentName = new Map(agents.map((agent) => [agent._id, agent.name]));
  const queueName = new Map(queues.map((queue) => [queue._id, queue.name]));
  const skillName = new Map(skills.map((skill) => [skill._id, skill.name]));
  const words: Words = { skill: (id) => skillName.get(id) ?? id, queue: (id) => queueName.get(id) ?? id, channel: (id) => id, agent: (id) => agentName.get(id) ?? id, time: (ms) => new Date(ms).toISOString().slice(11, 16) };
  return Promise.all(events.filter((event) => kinds[event.name]).map(async (event, place, all) => {
    const agentId = typeof event.data['agentId'] === 'string' ? event.data['agentId'] : null;
    const agent = agentId ? { id: agentId, name: agentName.get(agentId) ?? '' } : null;
    const queue = queues.find((each) => each._id === event.data['queueId']);
    const over = event.name === 'work.offered' && interaction && queue ? await passedOver(ctx, { interaction, queue, event, earlier: all.slice(0, place), words }) : [];
    const from = queueName.get(String(event.data['from'])) ?? '';
    return { at: event.at.toISOString(), kind: kinds[event.name] ?? event.name, agent, text: wordsOf(event, agent?.name ?? '', { queue: queueName.get(String(event.data['queueId'])) ?? '', from }), passedOver: over };
  }));
}

const withdrawals: Record<string, string> = { left: 'the customer left', assigned: 'given to somebody else', 'agent-gone': 'they went away', changed: 'it changed', requeued: 'it went back to the queue' };
const help: Record<string, string> = { transfer: 'Hand-over', consult: 'Consultation', conference: 'Conference' };

function overflowWords({ data }: DomainEvent, queue: string, from: string): string {
  const measured = Number(data['measured']);
  const why: Record<string, string> = { closed: 'is closed', 'expected-wait': `expects a wait of ${measured} s`, waiting: `has ${measured} waiting`, waited: `let it wait ${measured} s` };
  const where: Record<string, string> = { queue: `on to ${queue}`, callback: 'to a callback', message: 'the customer is told', email: 'to e-mail' };
  return `${from} ${why[String(data['why'])] ?? ''}: ${where[String(data['to'])] ?? ''}`;
}

function wordsOf(event: DomainEvent, agent: string, { queue, from }: { queue: string; from: string }): string {
  const { data } = event;
  switch (event.name) {
    case 'work.arrived': return `Arrived in ${queue}, ${String(data['priority'])} minutes of priority${data['rule'] ? `, by the rule ${String(data['rule'])}` : ''}`;
    case 'work.overflowed': return overflowWords(event, queue, from);
    case 'work.callback': return 'The customer is called back, in the same place';
    case 'work.offered': return `Offered to ${agent}${Number(data['ring']) > 0 ? `, requirements relaxed to ring ${String(data['ring'])}` : ''}`;
    case 'work.accepted': return `${agent} accepted after ${Math.round(Number(data['waitSeconds']))} s`;
    case 'work.declined': return `${agent} declined${data['why'] ? ` (${String(data['why'])})` : ''}; it keeps its seniority`;
    case 'work.expired': return `${agent} did not answer${data['notResponding'] ? ' and was set to not responding' : ''}`;
    case 'work.withdrawn': return `Taken back from ${agent}: ${withdrawals[String(data['why'])] ?? String(data['why'])}`;
    case 'work.handed-over': return `${agent} accepted the hand-over and has it now`;
    case 'work.asleep': return `The customer is silent: ${agent}'s capacity is free`;
    case 'work.woken': return `The customer is back: it takes ${agent}'s capacity again${data['exceeds'] ? ', one more than allowed' : ''}`;
    case 'invitation.made': return `${help[String(data['kind'])] ?? ''} asked of ${agent || queue}`;
    case 'invitation.moved': return `${help[String(data['kind'])] ?? ''}: ${String(data['state'])} (${agent})${data['why'] ? `, ${String(data['why'])}` : ''}`;
    case 'invitation.ended': return `${help[String(data['kind'])] ?? ''} over${agent ? ` (${agent})` : ''}: ${String(data['why'])}`;
    case 'work.requeued': return `Back to ${queue} with its seniority${agent ? `, from ${agent}` : ''} (${String(data['why'])})`;
    default: return `Ended: ${String(data['how'])}${data['disposition'] ? `, ${String(data['disposition'])}` : ''}`;
  }
}
