import type { Ability, Role, Scope } from '../../protocol';
import { newId, problem, type Actor, type Ctx } from '../kernel';
import { countAdministrators, demandPower } from './account.policy';
import { settingsChanged } from './announce';
import { audit, changedFields } from './audit.model';
import { administratorRole } from './built-in-roles';
import { presentRole, RoleModel, rolesOf, type RoleDoc } from './role.model';

/** Makes or changes a role. Throws not-allowed for the administrator's or for more than the actor may, last-administrator. */
export async function putRole(ctx: Ctx, actor: Actor, { name, abilities, scope }: { name: string; abilities: Ability[]; scope: Scope }): Promise<Role> {
  if (name === administratorRole) throw problem('not-allowed', { role: name });
  const { companyId } = ctx;
  const roles = await rolesOf(companyId);
  const before = roles.get(name);
  if (before) demandPower(actor, before);
  const next = { abilities: [...new Set(abilities)].sort(), scope };
  demandPower(actor, next);
  if ((await countAdministrators(companyId)) > 0 && (await countAdministrators(companyId, { roles: new Map(roles).set(name, next) })) === 0) throw problem('last-administrator');
  const event = settingsChanged(ctx, actor, { kind: 'roles', subject: companyId });
  const role = await RoleModel.findOneAndUpdate({ companyId, name }, { $set: next, $setOnInsert: { _id: newId() }, $push: { pending: event } }, { upsert: true, returnDocument: 'after' }).lean<RoleDoc>();
  if (!role) throw new Error('an upsert answered nothing');
  await ctx.relay.publish({ collection: 'roles', companyId, id: role._id }, [event]);
  await audit(ctx, actor, { action: before ? 'role.changed' : 'role.added', subject: { kind: 'role', id: role._id, name }, ...changedFields(before ?? {}, next) });
  return presentRole(name, role);
}
