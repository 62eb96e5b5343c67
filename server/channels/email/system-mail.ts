import type { Ctx } from '../../kernel';
import { dkimKeyOf } from './change-mailbox';
import { mailboxesOf } from './mailbox.model';
import { htmlOf } from './system-html';
import { transportFor, transportOf } from './transport';

/** A mail of Trunkline's own; `action` says what its link does. */
export interface SystemMail {
  to: string;
  subject: string;
  text: string;
  action?: string;
}

/** Sends a mail of Trunkline's own, such as an invitation. Throws when the mail server refuses. */
export async function sendSystemMail(ctx: Ctx, { action = '', ...mail }: SystemMail): Promise<void> {
  const mailbox = (await mailboxesOf(ctx.companyId)).find((each) => each.active);
  const from = mailbox?.address ?? `no-reply@${ctx.config.mailDomain}`;
  const dkim = mailbox ? dkimKeyOf(ctx.secrets, mailbox) : null;
  // In a mailbox's name by the mailbox's own server: another one may not, and without one set up there is only ours, which takes nothing for strangers.
  const transport = mailbox ? await transportOf(ctx, mailbox) : transportFor(ctx.config);
  await transport.sendMail({ from, ...mail, html: htmlOf({ ...mail, action }), ...(dkim ? { dkim } : {}), headers: { 'Auto-Submitted': 'auto-generated' } });
}
