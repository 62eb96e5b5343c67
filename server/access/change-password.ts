import { problem, type Actor, type Ctx } from '../kernel';
import { findAccount, writeAccount } from './account.model';
import { demandAccount } from './account.policy';
import { audit } from './audit.model';
import { endSessions } from './end-sessions';
import { endLinks } from './make-link';
import { demandOwnPassword } from './own-password';
import { passwords } from './password-hash';
import { demandStrongPassword } from './password-rules';

/** Changes the own password and ends all other log-ins. Throws wrong-credentials, password-weak. */
export async function changePassword(ctx: Ctx, actor: Actor, { current, next }: { current: string; next: string }): Promise<void> {
  const { id, sessionId } = demandAccount(actor);
  const account = await findAccount(ctx, id);
  if (!account) throw problem('not-logged-in');
  await demandOwnPassword(ctx, account, current);
  demandStrongPassword(next, account.email);
  await endSessions(ctx, { accountId: id, but: sessionId });
  await writeAccount(ctx, actor, { id, set: { passwordHash: await passwords.hash(next) } });
  await endSessions(ctx, { accountId: id, but: sessionId });
  await endLinks(ctx.companyId, id);
  await audit(ctx, actor, { action: 'password.changed', subject: { kind: 'account', id, name: account.name } });
}
