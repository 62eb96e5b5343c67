import { explain, inWords, type Words } from '../../queues';
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
  words: Words;
}

const mostShown = 50;

/** Everybody considered for an offer but not chosen, with the reason in words. */
export async function passedOver(ctx: Ctx, { interaction, queue, event, earlier, words }: Offered): Promise<{ name: string; why: string }[]> {
  const chosen = String(event.data['agentId']);
  const until = coolDowns(earlier, queue.coolDownSeconds);
  const at = event.at.getTime();
  const considered = explain({
    waiting: { item: workItemOf(interaction, queue), ring: Number(event.data['ring']), keptFor: '' }, agents: await rosterThen(ctx, new Date(at - 1)), rule: ruleOf(queue), chosen,
    coolDowns: (agentId) => { const end = until.get(agentId) ?? 0; return end > at ? end : 0; },
  });
  return considered.filter((each) => each.agentId !== chosen).slice(0, mostShown).map(({ agentId, verdict }) => ({ name: words.agent(agentId), why: typeof verdict === 'string' ? 'was able, but came later in the order' : inWords(verdict, words) }));
}

function coolDowns(earlier: DomainEvent[], seconds: number): Map<string, number> {
  const ends = new Map<string, number>();
  for (const event of earlier) if (event.name === 'work.declined' || event.name === 'work.expired') ends.set(String(event.data['agentId']), event.at.getTime() + seconds * 1000);
  return ends;
}
