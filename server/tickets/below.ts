import { escapeHtml, readSetting, type Ctx } from '../kernel';
import { z } from 'zod';
import { fill, variablesOf } from './fill';
import { Messages, type MessageDoc } from './message.model';
import { writingOf } from './queue-writing';
import type { TicketDoc } from './ticket.model';

/** What goes below an answer. */
export interface Below {
  signature: string;
  quote: { text: string; html: string | null };
}

const most = 20;
/** Where an account's signature is kept among the settings. */
export const signatureKind = (accountId: string): string => `signature-${accountId}`;
/** An account's signature as stored. */
export const signatureShape = z.object({ text: z.string().default('') });
const nothing: Below = { signature: '', quote: { text: '', html: null } };

/** The signature an agent's messages on a ticket get: their own and the queue's, variables filled in. */
export async function signatureFor(ctx: Ctx, ticket: TicketDoc, agentId: string | null): Promise<string> {
  const [own, writing, variables] = await Promise.all([agentId ? readSetting(ctx.companyId, signatureKind(agentId), signatureShape) : { text: '' }, writingOf(ctx, ticket.queueId), variablesOf(ctx, ticket, agentId)]);
  return [own.text, writing.signature].map((each) => fill(each, variables).text.trim()).filter(Boolean).join('\n');
}

/** Earlier messages between us and the customer as a quotation, newest first. */
export async function quoteFor(ctx: Ctx, ticketId: string, { beforeSeq, which }: { beforeSeq: number; which: 'none' | 'last' | 'all' }): Promise<Below['quote']> {
  if (which === 'none') return nothing.quote;
  const earlier = await Messages.find({ companyId: ctx.companyId, ticketId, seq: { $lt: beforeSeq }, kind: { $in: ['customer', 'agent'] }, automatic: false, 'delivery.reason': { $ne: 'taken-back' } }).sort({ seq: -1 }).limit(which === 'last' ? 1 : most).lean<MessageDoc[]>();
  return quotationOf(earlier);
}

/** Messages as a quotation, in their order. */
export function quotationOf(messages: Pick<MessageDoc, 'text' | 'replyText' | 'authorName' | 'at'>[]): Below['quote'] {
  if (messages.length === 0) return nothing.quote;
  const parts = messages.map((each) => ({ head: `${each.at.toISOString().slice(0, 16).replace('T', ' ')} ${each.authorName}:`, text: (each.replyText ?? each.text).trim() }));
  return {
    text: parts.map(({ head, text }) => `${head}\n${text.split('\n').map((line) => `> ${line}`).join('\n')}`).join('\n\n'),
    html: parts.map(({ head, text }) => `<p>${escapeHtml(head)}</p><blockquote type="cite">${escapeHtml(text).replace(/\n/g, '<br>')}</blockquote>`).join(''),
  };
}

/** What goes below a message that leaves now. What a machine writes stands alone. */
export async function belowOf(ctx: Ctx, message: MessageDoc, ticket: TicketDoc): Promise<Below> {
  if (message.automatic || message.channel !== 'email') return nothing;
  const which = message.quote === undefined ? (await writingOf(ctx, ticket.queueId)).quote : message.quote ? 'all' : 'none';
  const [signature, quote] = await Promise.all([signatureFor(ctx, ticket, message.authorId), message.forwardOf ? forwarded(ctx, message.forwardOf, ticket._id) : quoteFor(ctx, ticket._id, { beforeSeq: message.seq, which })]);
  return { signature, quote };
}

async function forwarded(ctx: Ctx, id: string, ticketId: string): Promise<Below['quote']> {
  const message = await Messages.findOne({ companyId: ctx.companyId, ticketId, _id: id }).lean<MessageDoc>();
  return message ? quotationOf([{ ...message, replyText: null }]) : nothing.quote;
}
