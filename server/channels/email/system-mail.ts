import type { Ctx } from '../../kernel';
import { dkimKeyOf } from './change-mailbox';
import { mailboxesOf } from './mailbox.model';
import { transportFor, transportOf } from './transport';

/** Sends a mail of Trunkline's own, such as an invitation. Throws when the mail server refuses. */
export async function sendSystemMail(ctx: Ctx, mail: { to: string; subject: string; text: string }): Promise<void> {
  const mailbox = (await mailboxesOf(ctx.companyId)).find((each) => each.active);
  const from = mailbox?.address ?? `no-reply@${ctx.config.mailDomain}`;
  const dkim = mailbox ? dkimKeyOf(ctx.secrets, mailbox) : null;
  // In a mailbox's name by the mailbox's own server: another one may not, and without one set up there is only ours, which takes nothing for strangers.
  const transport = mailbox ? await transportOf(ctx, mailbox) : transportFor(ctx.config);
  await transport.sendMail({ from, ...mail, ...(dkim ? { dkim } : {}), headers: { 'Auto-Submitted': 'auto-generated' } });
}
