import type { QueueWriting } from '../../protocol';
import { companyById } from '../access';
import { system, type Ctx } from '../kernel';
import { queueById } from '../workforce';
import { addMessage } from './add-message';
import { fill, variablesOf } from './fill';
import { mayAnswerByMachine } from './loop-guard';
import { textFor, writingOf } from './queue-writing';
import { isOpenNow } from './routing/find-place';
import { schedule } from './send-message';
import { suppressedOf } from './suppressed.model';
import type { TicketDoc } from './ticket.model';
import { hasUnsubscribed } from './unsubscribe';

type Texts = 'acknowledgements' | 'followUps';

// What is said when a company has written nothing of its own.
const usual: Record<Texts, QueueWriting['acknowledgements']> = {
  acknowledgements: [
    { locale: 'en', hours: 'always', subject: '', text: 'Hello {{customer.name|there}},\n\nwe have received your message. It has the number {{ticket.number}}, and somebody will answer it.\n\n{{company.name}}' },
    { locale: 'ko', hours: 'always', subject: '', text: '{{customer.name|고객}}님, 안녕하세요.\n\n메시지를 받았습니다. 번호는 {{ticket.number}}이며 담당자가 답변해 드리겠습니다.\n\n{{company.name}}' },
    { locale: 'zh', hours: 'always', subject: '', text: '{{customer.name|您好}}：\n\n我们已收到您的来信，编号为 {{ticket.number}}，会有专人回复。\n\n{{company.name}}' },
    { locale: 'ja', hours: 'always', subject: '', text: '{{customer.name|お客}} 様\n\nメッセージを受け取りました。番号は {{ticket.number}} です。担当者よりご返信いたします。\n\n{{company.name}}' },
  ],
  followUps: [],
};

/** Tells whoever opened a ticket that it has arrived, where the queue wants it and nothing speaks against it. */
export async function acknowledge(ctx: Ctx, ticket: TicketDoc, locale: string | null): Promise<void> {
  const queue = await queueById(ctx.companyId, ticket.queueId);
  if (queue?.acknowledge) await writeByMachine(ctx, { ticket, texts: 'acknowledgements', locale });
}

/** Writes to the customer of a ticket without an agent; answers whether it did. The guard against loops has the last word. */
export async function writeByMachine(ctx: Ctx, { ticket, texts, locale }: { ticket: TicketDoc; texts: Texts; locale: string | null }): Promise<boolean> {
  const address = ticket.customerContact;
  if (!address.includes('@')) return false;
  const [writing, company, queue] = await Promise.all([writingOf(ctx, ticket.queueId), companyById(ctx.companyId), queueById(ctx.companyId, ticket.queueId)]);
  // What they write in says more than what their address was once seen with.
  const wanted = { languages: [ticket.intake?.language, locale, company?.locale, 'en'], open: queue === null || (await isOpenNow(ctx, queue)) };
  const chosen = textFor(writing[texts], wanted) ?? textFor(usual[texts], wanted);
  if (!chosen || (await suppressedOf(ctx, [address])).length > 0) return false;
  if (texts === 'followUps' && (await hasUnsubscribed(ctx, address))) return false;
  if (!(await mayAnswerByMachine(ctx, { address, ticketId: ticket._id, occasion: texts }))) return false;
  const variables = await variablesOf(ctx, ticket, null);
  const now = new Date(ctx.clock.now());
  const { message } = await addMessage(ctx, system(texts), { ticket, message: {
    clientId: `${texts}-${ticket._id}`, kind: 'agent', channel: 'email', authorName: company?.name ?? '', subject: fill(chosen.subject, variables).text || ticket.subject, text: fill(chosen.text, variables).text,
    to: [{ address, name: ticket.customerName }], automatic: true, ...(texts === 'followUps' ? { reminder: true } : {}), delivery: { state: 'queued', reason: '', at: now }, sendAt: now, sendVersion: 1,
  } });
  await schedule(ctx, message);
  return true;
}
