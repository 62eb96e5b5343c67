import type { TicketPorts } from '../tickets';
import type { Ctx } from '../kernel';
import { sendSystemMail } from '../channels/email';
import { worded } from './worded';

const words = {
  en: { subject: '{by} speaks to you: #{number} {subject}', action: 'Open the ticket', text: 'Hello {name},\n\n{by} speaks to you in a note on #{number} {subject}:\n\n{note}\n\n{link}\n' },
  ko: { subject: '{by} 님이 회원님을 언급했습니다: #{number} {subject}', action: '티켓 열기', text: '{name}님, 안녕하세요.\n\n{by} 님이 #{number} {subject}의 메모에서 회원님을 언급했습니다.\n\n{note}\n\n{link}\n' },
  zh: { subject: '{by} 提到了您：#{number} {subject}', action: '打开工单', text: '{name}，您好：\n\n{by} 在 #{number} {subject} 的备注中提到了您：\n\n{note}\n\n{link}\n' },
  ja: { subject: '{by} さんからのメンション: #{number} {subject}', action: 'チケットを開く', text: '{name} 様\n\n{by} さんが #{number} {subject} のメモであなたをメンションしました。\n\n{note}\n\n{link}\n' },
};

/** Mails a colleague what a note says to them, in the reader's language. Throws when the mail server refuses. */
export async function sendMentionMail(ctx: Ctx, mail: Parameters<TicketPorts['mailColleague']>[1]): Promise<void> {
  const { subject, ...mailed } = worded(words, mail.locale, { name: mail.name, by: mail.by, number: String(mail.number), subject: mail.subject, note: mail.text, link: mail.link });
  await sendSystemMail(ctx, { to: mail.to, subject: subject.replace(/\s+/g, ' ').slice(0, 200), ...mailed });
}
