import { badInput, isDuplicate, newId, problem, type Actor, type Ctx } from '../kernel';
import { AccountModel, normalEmail, type AccountDoc } from './account.model';
import { demandPower } from './account.policy';
import { accountChanged } from './announce';
import { audit } from './audit.model';
import { companyById } from './create-company';
import { passwords } from './password-hash';
import { demandStrongPassword } from './password-rules';
import { demandRoles, powerOf, rolesOf } from './role.model';
import { demandTeam } from './team.model';
import { demandTimeZone } from './time-zone';

/** An account to make. */
export interface NewAccount {
  email: string;
  name: string;
  /** Role names, at least one. */
  roles: string[];
  teamId?: string | null;
  /** Without one the account is only invited. */
  password?: string;
  /** The company's when left out, like timeZone. */
  locale?: string;
  timeZone?: string;
}

/** Makes an account. Throws already-exists, password-weak, bad-input for an unknown role or team, not-allowed when a role allows more than the actor may. */
export async function createAccount(ctx: Ctx, actor: Actor, input: NewAccount): Promise<AccountDoc> {
  const email = normalEmail(input.email);
  const roles = await rolesOf(ctx.companyId);
  demandRoles(roles, input.roles);
  demandPower(actor, powerOf(roles, input.roles));
  demandTimeZone(input.timeZone);
  await demandTeam(ctx.companyId, input.teamId);
  if (input.password !== undefined) demandStrongPassword(input.password, email);
  if (await AccountModel.exists({ companyId: ctx.companyId, email })) throw problem('already-exists');
  const account = await insert(ctx, actor, { ...input, email });
  await audit(ctx, actor, { action: input.password === undefined ? 'account.invited' : 'account.created', subject: { kind: 'account', id: account._id, name: account.name }, after: { email, roles: account.roles, teamId: account.teamId } });
  return account;
}

async function insert(ctx: Ctx, actor: Actor, input: NewAccount): Promise<AccountDoc> {
  const company = await companyById(ctx.companyId);
  if (!company) throw badInput({ companyId: 'there is no such company' });
  const id = newId();
  const event = accountChanged(ctx, actor, id);
  const account: AccountDoc = {
    _id: id, companyId: ctx.companyId, name: input.name.trim(), email: input.email, roles: [...new Set(input.roles)], teamId: input.teamId ?? null,
    locale: input.locale ?? company.locale, timeZone: input.timeZone ?? company.timeZone,
    passwordHash: input.password === undefined ? null : await passwords.hash(input.password),
    secondFactor: null, secondFactorDraft: null, disabled: false, createdAt: new Date(ctx.clock.now()), pending: [event],
  };
  await AccountModel.create(account).catch((error: unknown) => {
    throw isDuplicate(error) ? problem('already-exists') : error;
  });
  await ctx.relay.publish({ collection: 'accounts', companyId: ctx.companyId, id }, [event]);
  return account;
}
