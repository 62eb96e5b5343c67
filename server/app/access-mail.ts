import type { LinkMail } from '../access';
import type { Ctx } from '../kernel';
import { sendSystemMail } from '../channels/email';
import { worded, type Wording } from './worded';

const words: Record<LinkMail['kind'], Wording> = {
  invitation: {
    en: { subject: 'You are invited to Trunkline', action: 'Choose a password', text: 'Hello {name},\n\nopen this link to choose a password. It works once, for seven days.\n\n{link}\n' },
    ko: { subject: 'Trunkline에 초대되었습니다', action: '비밀번호 정하기', text: '{name}님, 안녕하세요.\n\n아래 링크를 열어 비밀번호를 정하세요. 7일 동안 한 번만 쓸 수 있습니다.\n\n{link}\n' },
    zh: { subject: '邀请您使用 Trunkline', action: '设置密码', text: '{name}，您好：\n\n请打开以下链接设置密码。链接七天内有效，仅可使用一次。\n\n{link}\n' },
    ja: { subject: 'Trunkline への招待', action: 'パスワードを設定', text: '{name} 様\n\n次のリンクを開いてパスワードを設定してください。7 日間、一度だけ使えます。\n\n{link}\n' },
  },
  reset: {
    en: { subject: 'Choose a new password', action: 'Choose a password', text: 'Hello {name},\n\nopen this link to choose a new password. It works once, for one hour. If you did not ask for it, you can ignore this mail.\n\n{link}\n' },
    ko: { subject: '새 비밀번호 정하기', action: '비밀번호 정하기', text: '{name}님, 안녕하세요.\n\n아래 링크를 열어 새 비밀번호를 정하세요. 한 시간 동안 한 번만 쓸 수 있습니다. 요청하지 않으셨다면 무시하셔도 됩니다.\n\n{link}\n' },
    zh: { subject: '设置新密码', action: '设置密码', text: '{name}，您好：\n\n请打开以下链接设置新密码。链接一小时内有效，仅可使用一次。如非本人操作，请忽略此邮件。\n\n{link}\n' },
    ja: { subject: '新しいパスワードの設定', action: 'パスワードを設定', text: '{name} 様\n\n次のリンクを開いて新しいパスワードを設定してください。1 時間、一度だけ使えます。心当たりがない場合は無視してください。\n\n{link}\n' },
  },
};

/** Mails an invitation or reset link in the reader's language. */
export async function sendAccessMail(ctx: Ctx, mail: LinkMail): Promise<void> {
  await sendSystemMail(ctx, { to: mail.to, ...worded(words[mail.kind], mail.locale, { name: mail.name, link: mail.link }) });
}
