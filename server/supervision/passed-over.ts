import type { TraceEntry } from '../../protocol';
import { explain, type WhyNot } from '../../queues';
import type { Ctx, DomainEvent } from '../kernel';
import { ruleOf, workItemOf, type InteractionDoc, type QueueDoc } from '../workforce';
import { rosterThen } from './roster-then';

/** What is needed to say why an offer went to one agent and not to the others. */
export interface Offered {
  interaction: InteractionDoc;
  queue: QueueDoc;
  event: DomainEvent;
  /** Everything that happened to the item before, for cool-downs. */
  earlier: DomainEvent[];
  nameOf: NameOf;
}

/** What a skill, a queue or an agent is called. */
export type NameOf = (kind: 'skill' | 'queue' | 'agent', id: string) => string;

const mostShown = 50;

/** Everybody considered for an offer but not chosen, with the reason. */
export async function passedOver(ctx: Ctx, { interaction, queue, event, earlier, nameOf }: Offered): Promise<TraceEntry['passedOver']> {
  const chosen = String(event.data['agentId']);
  const until = coolDowns(earlier, queue.coolDownSeconds);
  const at = event.at.getTime();
  const considered = explain({
    waiting: { item: workItemOf(interaction, queue), ring: Number(event.data['ring']), keptFor: '' }, agents: await rosterThen(ctx, new Date(at - 1)), rule: ruleOf(queue), chosen,
    coolDowns: (agentId) => { const end = until.get(agentId) ?? 0; return end > at ? end : 0; },
  });
  return considered.filter((each) => each.agentId !== chosen).slice(0, mostShown).map(({ agentId, verdict }) => ({ name: nameOf('agent', agentId), ...(typeof verdict === 'string' ? { code: 'later' as const, params: {} } : reasonOf(verdict, nameOf)) }));
}

/** A reason with names for ids and moments as they travel. */
export function reasonOf({ code, ...params }: WhyNot, nameOf: NameOf): Omit<TraceEntry['passedOver'][number], 'name'> {
  const named = Object.entries(params as Record<string, string | number>).map(([name, value]): [string, string | number] => {
    if (name === 'queueId') return ['queue', nameOf('queue', String(value))];
    if (name === 'agentId') return ['agent', nameOf('agent', String(value))];
    if (name === 'skill') return ['skill', nameOf('skill', String(value))];
    return name === 'until' ? ['until', new Date(value).toISOString()] : [name, value];
  });
  return { code, params: Object.fromEntries(named) };
}

function coolDowns(earlier: DomainEvent[], seconds: number): Map<string, number> {
  const ends = new Map<string, number>();
  for (const event of earlier) if (event.name === 'work.declined' || event.name === 'work.expired') ends.set(String(event.data['agentId']), event.at.getTime() + seconds * 1000);
  return ends;
}
