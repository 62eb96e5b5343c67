import type { Actor, Ctx } from '../kernel';
import type { AccountDoc } from './account.model';
import { createAccount } from './create-account';
import { makeLink } from './make-link';

interface Invitation {
  email: string;
  name: string;
  roles: string[];
  teamId?: string | null;
}

/** Makes an account without a password and the link by which its owner chooses one. */
export async function inviteAccount(ctx: Ctx, actor: Actor, { email, name, roles, teamId = null }: Invitation): Promise<{ account: AccountDoc; link: string }> {
  const account = await createAccount(ctx, actor, { email, name, roles, teamId });
  return { account, link: await makeLink(ctx, { kind: 'invitation', accountId: account._id }) };
}
