import { problem, type Actor, type Ctx } from '../kernel';
import { AccountModel, findByEmail, normalEmail, type AccountDoc } from './account.model';
import { demandCode } from './check-code';
import { openSession, type From, type Opened } from './open-session';
import { passwords } from './password-hash';
import { forgive, throttle } from './throttle';

interface Credentials {
  email: string;
  password: string;
  code?: string;
  from: From;
}

/** Logs in. Throws wrong-credentials (the same, after the same time, for an unknown or disabled account), second-factor-needed, wrong-code, too-many-requests. */
export async function logIn(ctx: Ctx, _actor: Actor, { email, password, code, from }: Credentials): Promise<Opened> {
  await throttle(ctx, 'log-in-from', from.address);
  await throttle(ctx, 'log-in-account', normalEmail(email));
  const account = await findByEmail(ctx, email);
  const right = await passwords.verify(account?.passwordHash ?? null, password);
  if (!account || !right || account.disabled) throw problem('wrong-credentials');
  if (account.secondFactor) await demandCode(ctx, account, code);
  await forgive(ctx, 'log-in-account', account.email);
  await strengthen(account, password);
  return openSession(ctx, account, from);
}

// A hash made when argon2 was not there, or with less cost, is made anew.
async function strengthen({ _id, companyId, passwordHash }: AccountDoc, password: string): Promise<void> {
  if (passwordHash === null || !(await passwords.isWeak(passwordHash))) return;
  await AccountModel.updateOne({ companyId, _id, passwordHash }, { $set: { passwordHash: await passwords.hash(password) } });
}
