import type { Ability, Account } from '../../protocol';
import { afterPlace, cutPage, readCursor, type Ctx } from '../kernel';
import { AccountModel, findByEmail, type AccountDoc } from './account.model';
import { presentAccount } from './account.presenter';
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

/** A page of the company's accounts, newest first. */
export async function listAccounts(ctx: Ctx, { after, limit }: { after?: string; limit: number }): Promise<{ rows: Account[]; next: string | null }> {
  const older = after === undefined ? {} : afterPlace('createdAt', readCursor(after));
  const found = await AccountModel.find({ companyId: ctx.companyId, ...older }).sort({ createdAt: -1, _id: -1 }).limit(limit + 1).lean<AccountDoc[]>();
  const { rows, next } = cutPage(found, limit, (account) => ({ at: account.createdAt, id: account._id }));
  return { rows: rows.map(presentAccount), next };
}
