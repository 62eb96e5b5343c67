import type { RoutingRule } from '../../../protocol';
import type { CustomerDoc } from '../../customers';
import type { Ctx } from '../../kernel';
import { guessLanguage } from '../../knowledge';
import { calendarById, isOpen, type MaybeCalendar } from '../../service-levels';
import { queueById } from '../../workforce';
import type { InboundMessage } from '../inbound';
import type { TicketDoc } from '../ticket.model';
import { chosenRule, type Facts } from './evaluate-rules';
import { rulesOf } from './routing-rules';

/** What rules decided about a new ticket. */
export interface Routed extends Pick<TicketDoc, 'queueId' | 'priority' | 'tags' | 'requirement'> {
  /** Name of the rule; null: none held. */
  rule: string | null;
  language: string | null;
}

const enoughText = 24;
const longestText = 20_000;

/** What rules look at, without the hours. */
export type PlainFacts = Omit<Facts, 'isOpen'>;

/** Facts of what came in. */
export function factsOf(inbound: InboundMessage, customer: CustomerDoc): PlainFacts {
  const text = (inbound.replyText ?? inbound.text).slice(0, longestText);
  return {
    channel: inbound.channel, to: addressesOf(inbound.to, inbound.call?.to), from: inbound.from.value, subject: inbound.subject, text, language: languageOf(text, inbound.locale), attributes: inbound.attributes, customer: customerFacts(customer),
  };
}

export const addressesOf = (to: { address: string }[], called: string | undefined): string[] => [...to.map((each) => each.address), ...(called ? [called] : [])];

/** The language somebody writes in, or else the one their page or mail claims. */
export function languageOf(text: string, locale: string | null): string | null {
  const guess = text.length >= enoughText || /[^\p{ASCII}]/u.test(text) ? guessLanguage(text) : undefined;
  return guess ?? locale?.split('-')[0]?.toLowerCase() ?? null;
}

/** The customer's fields as rules read them. */
export function customerFacts(customer: CustomerDoc): Record<string, string> {
  const fields = Object.entries(customer.fields).map(([key, value]): [string, string] => [key, value === null ? '' : String(value)]);
  return { ...Object.fromEntries(fields), name: customer.name, organisation: customer.organisation, locale: customer.locale ?? '' };
}

/** Facts with the hours rules ask about, as they were at a moment. */
export async function withHours(ctx: Ctx, rules: readonly RoutingRule[], { facts, at }: { facts: PlainFacts; at: number }): Promise<Facts> {
  const calendars = new Map<string, MaybeCalendar>();
  for (const id of new Set(rules.flatMap((rule) => (rule.when.hours ? [rule.when.hours.hoursId] : [])))) calendars.set(id, await calendarById(ctx.companyId, id, at));
  return { ...facts, isOpen: (id) => { const calendar = calendars.get(id); return calendar ? isOpen(calendar, at) : null; } };
}

/** Lets the rules decide about a new ticket; what they leave open stays as it came. */
export async function routeNew(ctx: Ctx, facts: PlainFacts, queueId: string): Promise<Routed> {
  const { rows } = await rulesOf(ctx);
  const rule = rows.length === 0 ? null : chosenRule(rows, await withHours(ctx, rows, { facts, at: ctx.clock.now() }));
  const then = rule?.then ?? {};
  const chosen = then.queueId ? await queueById(ctx.companyId, then.queueId) : null;
  return { queueId: chosen?._id ?? queueId, priority: then.priority ?? 'normal', tags: then.tags ?? [], requirement: then.skills ?? {}, rule: rule?.name ?? null, language: facts.language };
}
