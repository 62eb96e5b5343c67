import type { Actor, Ctx } from '../kernel';
import { findByEmail, normalEmail } from './account.model';
import { makeLink } from './make-link';
import type { SendMail } from './ports';
import { throttle } from './throttle';

interface Asked {
  email: string;
  address: string;
  sendMail: SendMail;
}

/** Counts the request; what is answered then says nothing of whether the address is known. Throws too-many-requests. */
export async function askReset(ctx: Ctx, _actor: Actor, { email, address, sendMail }: Asked): Promise<void> {
  await throttle(ctx, 'reset-from', address);
  await throttle(ctx, 'reset-account', normalEmail(email));
  // Not waited for: a known address would take longer than an unknown one.
  void mailLink(ctx, email, sendMail).catch((error: unknown) => ctx.log.error({ err: error }, 'a reset link could not be mailed'));
}

async function mailLink(ctx: Ctx, email: string, sendMail: SendMail): Promise<void> {
  const account = await findByEmail(ctx, email);
  if (!account || account.disabled) return;
  const kind = account.passwordHash === null ? 'invitation' : 'reset';
  const link = await makeLink(ctx, { kind, accountId: account._id });
  await sendMail(ctx, { to: account.email, kind, name: account.name, link, locale: account.locale });
}
