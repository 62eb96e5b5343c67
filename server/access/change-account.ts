import { problem, type Actor, type Ctx } from '../kernel';
import { findAccount, writeAccount, type AccountDoc } from './account.model';
import { countAdministrators, demandPower, demandPowerOver, isAdministrator } from './account.policy';
import { audit, changedFields } from './audit.model';
import { endSessions } from './end-sessions';
import { endLinks } from './make-link';
import { demandRoles, powerOf, rolesOf } from './role.model';
import { demandTeam } from './team.model';

interface Change {
  id: string;
  name?: string;
  roles?: string[];
  teamId?: string | null;
  disabled?: boolean;
}

/** Changes name, roles, team, or switches logging in off, which ends all log-ins. Throws last-administrator. */
export async function changeAccount(ctx: Ctx, actor: Actor, { id, ...change }: Change): Promise<AccountDoc> {
  const before = await findAccount(ctx, id);
  if (!before) throw problem('not-found');
  const roles = await rolesOf(ctx.companyId);
  demandPowerOver(actor, roles, before);
  if (change.roles) {
    demandRoles(roles, change.roles);
    demandPower(actor, powerOf(roles, change.roles));
  }
  await demandTeam(ctx.companyId, change.teamId);
  const stops = isAdministrator(roles, before.roles) && !before.disabled && (change.disabled === true || !isAdministrator(roles, change.roles ?? before.roles));
  if (stops && (await countAdministrators(ctx.companyId, { id })) === 0) throw problem('last-administrator');
  const after = await writeAccount(ctx, actor, { id, set: change });
  if (!after) throw problem('not-found');
  if (stops) await keepAdministrator(ctx, actor, before);
  if (after.disabled) await Promise.all([endSessions(ctx, { accountId: id }), endLinks(ctx.companyId, id)]);
  await audit(ctx, actor, { action: 'account.changed', subject: { kind: 'account', id, name: after.name }, ...changedFields(before, change) });
  return after;
}

// Two administrators may have demoted each other at the same moment: then both take it back.
async function keepAdministrator(ctx: Ctx, actor: Actor, { _id, roles, disabled }: AccountDoc): Promise<void> {
  if ((await countAdministrators(ctx.companyId)) > 0) return;
  await writeAccount(ctx, actor, { id: _id, set: { roles, disabled } });
  throw problem('last-administrator');
}
