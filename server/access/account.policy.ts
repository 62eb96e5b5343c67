import type { Ability, Scope } from '../../protocol';
import { can, problem, scopeOf, type Actor } from '../kernel';
import { AccountModel, type AccountDoc } from './account.model';
import type { RolePower } from './built-in-roles';
import { administratorRoles, powerOf, reaches, rolesOf } from './role.model';

/** Nobody hands out, or takes hold of, more than they have themselves; throws not-allowed. */
export function demandPower(actor: Actor, power: { abilities: Iterable<Ability>; scope: Scope }): void {
  for (const ability of power.abilities) if (!can(actor, ability)) throw problem('not-allowed', { ability });
  if (!reaches(scopeOf(actor), power.scope)) throw problem('not-allowed', { scope: power.scope });
}

/** The account behind the actor; throws not-logged-in, or not-allowed for a machine. */
export function demandAccount(actor: Actor): Extract<Actor, { kind: 'account' }> {
  if (actor.kind === 'nobody') throw problem('not-logged-in');
  if (actor.kind !== 'account') throw problem('not-allowed');
  return actor;
}

/** Whether somebody with these roles may do everything. */
export const isAdministrator = (roles: Map<string, RolePower>, names: readonly string[]): boolean => administratorRoles(roles).some((name) => names.includes(name));

/** How many accounts could log in now and do everything. */
export async function countAdministrators(companyId: string, besides: { id?: string; roles?: Map<string, RolePower> } = {}): Promise<number> {
  const roles = besides.roles ?? (await rolesOf(companyId));
  const other = besides.id === undefined ? {} : { _id: { $ne: besides.id } };
  return AccountModel.countDocuments({ companyId, disabled: false, passwordHash: { $ne: null }, roles: { $in: administratorRoles(roles) }, ...other });
}

/** The target must not be able to do more than whoever manages it. */
export function demandPowerOver(actor: Actor, roles: Map<string, RolePower>, target: AccountDoc): void {
  demandPower(actor, powerOf(roles, target.roles));
}
