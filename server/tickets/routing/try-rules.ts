import type { RoutingRule, RuleTrial } from '../../../protocol';
import { canonical } from '../../customers';
import { problem, type Actor, type Ctx } from '../../kernel';
import { Messages, type MessageDoc } from '../message.model';
import { reachOf, within } from '../ticket.policy';
import { ticketByNumber, type TicketDoc } from '../ticket.model';
import { judgeRules } from './evaluate-rules';
import { addressesOf, customerFacts, languageOf, withHours, type PlainFacts } from './route-new';
import { withSorting } from '../sort-ticket';
import { demandKnown } from './routing-rules';

/** What a table of rules would have done with a ticket when it came. Changes nothing. Throws not-found, unknown-queue, unknown-skill, unknown-hours. */
export async function tryRules(ctx: Ctx, actor: Actor, { ticketNumber, rows }: { ticketNumber: number; rows: RoutingRule[] }): Promise<RuleTrial> {
  const ticket = await ticketByNumber(ctx.companyId, ticketNumber);
  if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
  await demandKnown(ctx, rows);
  const facts = await withHours(ctx, rows, { facts: withSorting(await pastFacts(ctx, ticket), ticket.sorting ?? null), at: ticket.createdAt.getTime() });
  const judged = judgeRules(rows, facts);
  const then = judged.find((each) => each.verdict === 'chosen')?.rule.then ?? {};
  return {
    ticketNumber, at: ticket.createdAt.toISOString(), rules: judged.map(({ rule, verdict, looked }) => ({ id: rule.id, name: rule.name, verdict, looked })), then, queueId: then.queueId ?? ticket.intake?.queueId ?? ticket.queueId,
  };
}

// As it came: the first message and what the channel brought along. The customer's fields are today's.
async function pastFacts(ctx: Ctx, ticket: TicketDoc): Promise<PlainFacts> {
  const { companyId } = ctx;
  const first = await Messages.findOne({ companyId, ticketId: ticket._id, kind: { $in: ['customer', 'call'] } }).sort({ seq: 1 }).lean<MessageDoc>();
  const customer = await canonical(ctx, ticket.customerId).catch(() => null);
  const text = first ? (first.replyText ?? first.text) : '';
  return {
    channel: first?.channel ?? ticket.channel, to: addressesOf(first?.to ?? [], first?.call?.to), from: ticket.customerContact, subject: first?.subject ?? ticket.subject, text, language: ticket.intake?.language ?? languageOf(text, null),
    attributes: ticket.intake?.attributes ?? {}, customer: customer ? customerFacts(customer) : {},
  };
}
