import type { Ctx } from '../../kernel';
import { mailboxesOf } from './mailbox.model';
import { transportFor } from './transport';

/** Sends a mail of Trunkline's own, such as an invitation. Throws when the mail server refuses. */
export async function sendSystemMail(ctx: Ctx, mail: { to: string; subject: string; text: string }): Promise<void> {
  const [mailbox] = await mailboxesOf(ctx.companyId);
  const from = mailbox?.address ?? `no-reply@${ctx.config.mailDomain}`;
  await transportFor(ctx.config).sendMail({ from, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } });
}
