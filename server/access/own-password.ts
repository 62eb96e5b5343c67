import { problem, type Ctx } from '../kernel';
import type { AccountDoc } from './account.model';
import { passwords } from './password-hash';
import { forgive, throttle } from './throttle';

/** Asks somebody logged in for their password again. Throws wrong-credentials, too-many-requests. */
export async function demandOwnPassword(ctx: Ctx, account: AccountDoc, password: string): Promise<void> {
  await throttle(ctx, 'log-in-account', account.email);
  if (!(await passwords.verify(account.passwordHash, password))) throw problem('wrong-credentials');
  await forgive(ctx, 'log-in-account', account.email);
}
