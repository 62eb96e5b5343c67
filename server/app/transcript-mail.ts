import { companyById } from '../access';
import { sendSystemMail } from '../channels/email';
import type { Party } from '../channels/channel';
import { problem, type Ctx } from '../kernel';
import { customerThread, ratingLink, ticketById, transcriptOf } from '../tickets';
import { worded } from './worded';

const words = {
  en: { subject: 'Your conversation with {company}', action: 'Rate it', text: 'Here is a copy of your conversation (times in UTC).\n\n{copy}\n\n----\n\nHow was it?\n\n{link}\n' },
  ko: { subject: '{company} 상담 내용', action: '평가하기', text: '상담 내용 사본입니다(시각은 UTC).\n\n{copy}\n\n----\n\n상담은 어떠셨나요?\n\n{link}\n' },
  zh: { subject: '您与 {company} 的对话', action: '评价', text: '以下是对话副本（时间为 UTC）。\n\n{copy}\n\n----\n\n您觉得怎么样？\n\n{link}\n' },
  ja: { subject: '{company} との会話', action: '評価する', text: '会話の写しです（時刻は UTC）。\n\n{copy}\n\n----\n\nいかがでしたか？\n\n{link}\n' },
};

/** Mails a customer their present conversation, in their language. Throws not-found before one of us has written: otherwise anybody could have anything mailed to anybody. */
export async function mailTranscript(ctx: Ctx, { channel, customer, to, locale }: { channel: string; customer: Party; to: string; locale: string | null }): Promise<void> {
  const { ticketId, messages } = await customerThread(ctx, { channel, customer, afterSeq: 0 });
  const ticket = ticketId && messages.some((message) => message.kind === 'agent') ? await ticketById(ctx.companyId, ticketId) : null;
  if (!ticket) throw problem('not-found');
  const company = await companyById(ctx.companyId);
  const mail = worded(words, locale ?? company?.locale ?? 'en', { company: company?.name ?? '', copy: await transcriptOf(ctx, ticket), link: await ratingLink(ctx, ticket._id) });
  await sendSystemMail(ctx, { to, ...mail });
}
