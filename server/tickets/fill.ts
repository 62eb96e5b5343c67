import { accountName, companyById } from '../access';
import type { Ctx } from '../kernel';
import { queueById } from '../workforce';
import { ratingLink } from './rating';
import type { TicketDoc } from './ticket.model';

/** What a text's variables stand for; an empty one is not known. */
export type Variables = Record<string, string>;

const place = /\{\{\s*([a-z]+\.[a-z]+)\s*(?:\|([^{}]*))?\}\}/gi;

/** Fills variables in: `{{customer.name|there}}` is what is known, else what follows |. Answers those that have neither. */
export function fill(text: string, variables: Variables, escape: (value: string) => string = (value) => value): { text: string; unknown: string[] } {
  const unknown = new Set<string>();
  const filled = text.replace(place, (_whole, name: string, fallback?: string) => {
    const value = variables[name.toLowerCase()] ?? '';
    if (value === '' && fallback === undefined) unknown.add(name.toLowerCase());
    return escape(value === '' ? (fallback ?? '').trim() : value);
  });
  return { text: filled, unknown: [...unknown] };
}

/** A text as one reads it before anything is known: what follows | stands for its variable, an ellipsis where nothing does. */
export const withoutVariables = (text: string): string => text.replace(place, (_whole, _name: string, fallback?: string) => fallback?.trim() ?? '…');

/** What is known for texts about a ticket, written by an agent or by nobody. */
export async function variablesOf(ctx: Ctx, ticket: Pick<TicketDoc, '_id' | 'number' | 'subject' | 'queueId' | 'customerName' | 'customerContact'>, agentId: string | null): Promise<Variables> {
  const [company, queue, agent] = await Promise.all([companyById(ctx.companyId), queueById(ctx.companyId, ticket.queueId), agentId ? accountName(ctx, agentId) : '']);
  return {
    'customer.name': ticket.customerName, 'customer.address': ticket.customerContact, 'ticket.number': String(ticket.number), 'ticket.subject': ticket.subject, 'queue.name': queue?.name ?? '', 'company.name': company?.name ?? '',
    'ticket.rating': await ratingLink(ctx, ticket._id), 'agent.name': agent ?? '', 'agent.firstname': (agent ?? '').split(' ')[0] ?? '',
  };
}
