import type { Ability, Account } from '../../protocol';
import type { Ctx } from '../kernel';
import { AccountModel, findByEmail, type AccountDoc } from './account.model';
import { presentAccount } from './account.presenter';
import { pageOf, readCursor, type PageAsked } from './paging';
import { powerOf, rolesOf } from './role.model';

/** Accounts by id; ids of no account of the company are missing from the map. */
export async function accountsById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Account>> {
  if (ids.length === 0) return new Map();
  const found = await AccountModel.find({ companyId: ctx.companyId, _id: { $in: [...new Set(ids)] } }).lean<AccountDoc[]>();
  return new Map(found.map((account) => [account._id, presentAccount(account)]));
}

/** Name of an account, empty when there is none. */
export const accountName = async (ctx: Ctx, id: string): Promise<string> => (await accountsById(ctx, [id])).get(id)?.name ?? '';

/** The account that logs in with a mail address, null when there is none. */
export async function accountByEmail(ctx: Ctx, email: string): Promise<Account | null> {
  const found = await findByEmail(ctx, email);
  return found && presentAccount(found);
}

/** Every account that may do something and is not disabled, by name. */
export async function accountsWith(ctx: Ctx, ability: Ability): Promise<Account[]> {
  const roles = await rolesOf(ctx.companyId);
  const names = [...roles.keys()].filter((name) => powerOf(roles, [name]).abilities.has(ability));
  const found = await AccountModel.find({ companyId: ctx.companyId, disabled: false, roles: { $in: names } }).lean<AccountDoc[]>();
  return found.map(presentAccount).sort((one, other) => one.name.localeCompare(other.name));
}

/** A page of the company's accounts by mail address. */
export async function listAccounts(ctx: Ctx, { after, limit }: PageAsked): Promise<{ rows: Account[]; next: string | null }> {
  const [email] = readCursor(after, 1) ?? [];
  const later = email === undefined ? {} : { email: { $gt: String(email) } };
  const found = await AccountModel.find({ companyId: ctx.companyId, ...later }).sort({ email: 1 }).limit(limit + 1).lean<AccountDoc[]>();
  return pageOf(found, limit, { row: presentAccount, keys: (account) => [account.email] });
}
