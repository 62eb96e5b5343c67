import { Secret, TOTP } from 'otpauth';
import { problem, unseal, type Ctx } from '../kernel';
import { AccountModel, type AccountDoc } from './account.model';
import { hashOf } from './tokens';

const period = 30;

/** The 30-second step for which the code is right, one step early or late allowed; null when it is wrong. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}

/** A recovery code as it is stored: bound to its account, however it was typed. */
export const recoveryHash = (accountId: string, code: string): string => hashOf(`${accountId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`);

/** Accepts a code of the app or a recovery code, each only once. Throws second-factor-needed without one, wrong-code. */
export async function demandCode(ctx: Ctx, account: AccountDoc, code: string | undefined): Promise<void> {
  if (code === undefined || code === '') throw problem('second-factor-needed');
  const digits = code.replace(/\s/g, '');
  const taken = /^\d{6}$/.test(digits) ? await takeStep(ctx, account, digits) : await takeRecovery(account, code);
  if (!taken) throw problem('wrong-code');
}

async function takeStep(ctx: Ctx, { _id, companyId, secondFactor }: AccountDoc, code: string): Promise<boolean> {
  const secret = secondFactor && unseal(ctx.secrets, _id, secondFactor.secret);
  const step = secret ? stepOf(secret, code, ctx.clock.now()) : null;
  if (step === null) return false;
  const { modifiedCount } = await AccountModel.updateOne({ companyId, _id, 'secondFactor.lastStep': { $lt: step } }, { $set: { 'secondFactor.lastStep': step } });
  return modifiedCount === 1;
}

async function takeRecovery({ _id, companyId }: AccountDoc, code: string): Promise<boolean> {
  const hash = recoveryHash(_id, code);
  const { modifiedCount } = await AccountModel.updateOne({ companyId, _id, 'secondFactor.recovery': hash }, { $pull: { 'secondFactor.recovery': hash } });
  return modifiedCount === 1;
}
