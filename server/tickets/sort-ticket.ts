import type { Judgement, SortAspect, Sorting } from '../../protocol';
import type { Actor, Ctx } from '../kernel';
import { sortRequest } from '../knowledge';
import { changeTicket } from './change-ticket';
import type { InboundMessage } from './inbound';
import { loadLiveTicket } from './load-ticket';
import type { PlainFacts } from './routing/route-new';
import type { TicketDoc } from './ticket.model';

const aspects: readonly SortAspect[] = ['topic', 'urgency', 'sentiment'];
const decided = (label: string, by: 'person' | 'customer', before: Judgement | null): Judgement => ({ top: [], why: [], accuracy: null, rows: 0, ...before, label, confidence: 1, sure: true, by });

/** Sorts what came in by its words; a topic the customer chose stays. Null for what nobody wrote. */
export async function sortInbound(ctx: Ctx, inbound: InboundMessage, { subject, text, language, attributes }: PlainFacts): Promise<Sorting | null> {
  if (inbound.automatic || inbound.spam || inbound.kind !== 'message') return null;
  const sorted = await sortRequest(ctx, `${subject}\n${text}`);
  const chosen = attributes['topic'];
  return { language, ...sorted, ...(chosen ? { topic: decided(chosen.slice(0, 80), 'customer', sorted.topic) } : {}) };
}

/** The facts with what the words say, where they say it with enough confidence; answers of forms and guides count more. */
export function withSorting<F extends PlainFacts>(facts: F, sorting: Sorting | null): F {
  const known = aspects.flatMap((aspect): [string, string][] => {
    const found = sorting?.[aspect];
    return found?.sure ? [[aspect, found.label]] : [];
  });
  return { ...facts, attributes: { ...Object.fromEntries(known), ...facts.attributes } };
}

/** A person says what a ticket is; it is learnt from once the ticket is solved. */
export async function sortTicket(ctx: Ctx, actor: Actor, { id, aspect, label }: { id: string; aspect: SortAspect; label: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  const before: Sorting = ticket.sorting ?? { language: ticket.intake?.language ?? null, topic: null, urgency: null, sentiment: null };
  return changeTicket(ctx, actor, { ticket, set: { sorting: { ...before, [aspect]: decided(label, 'person', before[aspect]) } } });
}
