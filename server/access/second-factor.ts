import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { toString as drawQr } from 'qrcode';
import { problem, seal, unseal, type Actor, type Ctx } from '../kernel';
import { findAccount, writeAccount, type AccountDoc } from './account.model';
import { demandAccount } from './account.policy';
import { audit } from './audit.model';
import { recoveryHash, stepOf } from './check-code';
import { companyById } from './create-company';
import { demandOwnPassword } from './own-password';
import { forgive, throttle } from './throttle';

/** Makes a secret for an authenticator app; nothing is asked at log-in until it was confirmed. Throws already-exists while one is in use. */
export async function startSecondFactor(ctx: Ctx, actor: Actor): Promise<{ secret: string; uri: string; qr: string }> {
  const account = await ownAccount(ctx, actor);
  if (account.secondFactor) throw problem('already-exists');
  const company = await companyById(ctx.companyId);
  const app = new TOTP({ issuer: company?.name ?? 'Trunkline', label: account.email, secret: new Secret({ size: 20 }), algorithm: 'SHA1', digits: 6, period: 30 });
  await writeAccount(ctx, actor, { id: account._id, set: { secondFactorDraft: seal(ctx.secrets, account._id, app.secret.base32) } });
  return { secret: app.secret.base32, uri: app.toString(), qr: await drawQr(app.toString(), { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) };
}

/** Switches the second factor on by a code of the app; answers ten recovery codes, shown only now. Throws wrong-code, also without a start. */
export async function confirmSecondFactor(ctx: Ctx, actor: Actor, { code }: { code: string }): Promise<string[]> {
  const account = await ownAccount(ctx, actor);
  await throttle(ctx, 'log-in-account', account.email);
  const draft = account.secondFactorDraft;
  const secret = draft === null ? null : unseal(ctx.secrets, account._id, draft);
  const step = secret === null ? null : stepOf(secret, code.replace(/\s/g, ''), ctx.clock.now());
  if (draft === null || secret === null || step === null) throw problem('wrong-code');
  const codes = Array.from({ length: 10 }, recoveryCode);
  const secondFactor = { secret: draft, lastStep: step, recovery: codes.map((each) => recoveryHash(account._id, each)) };
  if (!(await writeAccount(ctx, actor, { id: account._id, set: { secondFactor, secondFactorDraft: null }, where: { secondFactor: null, secondFactorDraft: draft } }))) throw problem('wrong-code');
  await forgive(ctx, 'log-in-account', account.email);
  await audit(ctx, actor, { action: 'second-factor.started', subject: { kind: 'account', id: account._id, name: account.name } });
  return codes;
}

/** Switches the second factor off; the password is asked again. Throws wrong-credentials. */
export async function endSecondFactor(ctx: Ctx, actor: Actor, { password }: { password: string }): Promise<void> {
  const account = await ownAccount(ctx, actor);
  await demandOwnPassword(ctx, account, password);
  await writeAccount(ctx, actor, { id: account._id, set: { secondFactor: null, secondFactorDraft: null } });
  await audit(ctx, actor, { action: 'second-factor.ended', subject: { kind: 'account', id: account._id, name: account.name } });
}

async function ownAccount(ctx: Ctx, actor: Actor): Promise<AccountDoc> {
  const account = await findAccount(ctx, demandAccount(actor).id);
  if (!account) throw problem('not-logged-in');
  return account;
}

// 50 bits without letters that look alike: xxxxx-xxxxx.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const half = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
const recoveryCode = (): string => `${half()}-${half()}`;
