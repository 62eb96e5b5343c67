import { problem, type Actor, type Ctx } from '../kernel';
import { findAccount } from './account.model';
import { demandPowerOver } from './account.policy';
import { audit } from './audit.model';
import { makeLink } from './make-link';
import { rolesOf } from './role.model';

/** Makes a link for somebody who lost password or phone; using it ends the second factor. */
export async function resetAccount(ctx: Ctx, actor: Actor, { id }: { id: string }): Promise<string> {
  const account = await findAccount(ctx, id);
  if (!account || account.disabled) throw problem('not-found');
  demandPowerOver(actor, await rolesOf(ctx.companyId), account);
  const link = await makeLink(ctx, { kind: account.passwordHash === null ? 'invitation' : 'reset', accountId: id, endsSecondFactor: true });
  await audit(ctx, actor, { action: 'account.reset', subject: { kind: 'account', id, name: account.name } });
  return link;
}
