import { badInput, contextOf, problem, system, type Actor, type Ctx } from '../kernel';
import { findAccount, writeAccount, type AccountDoc } from './account.model';
import { countAdministrators } from './account.policy';
import { audit } from './audit.model';
import { administratorRole } from './built-in-roles';
import { createAccount } from './create-account';
import { endSessions } from './end-sessions';
import { LinkModel, type LinkDoc } from './link.model';
import { endLinks } from './make-link';
import { openSession, type From, type Opened } from './open-session';
import { passwords } from './password-hash';
import { demandStrongPassword } from './password-rules';
import { throttle } from './throttle';
import { companyOfToken, hashOf } from './tokens';

interface Use {
  token: string;
  password: string;
  name?: string;
  /** Only for the first administrator. */
  email?: string;
  from: From;
}

/** What a link is for. Throws link-expired for any that does not work, too-many-requests. */
export async function readLink(ctx: Ctx, _actor: Actor, { token, address }: { token: string; address: string }): Promise<{ kind: LinkDoc['kind']; name: string; email: string }> {
  await throttle(ctx, 'link-from', address);
  const { link, account } = await findLink(ctx, token);
  return { kind: link.kind, name: account?.name ?? '', email: account?.email ?? '' };
}

/** Chooses a password by a link and logs in. Throws link-expired, password-weak; second-factor-needed when the password is set but the app must still be asked. */
export async function useLink(ctx: Ctx, _actor: Actor, { from, ...input }: Use): Promise<Opened> {
  await throttle(ctx, 'link-from', from.address);
  const { link, account, inside } = await findLink(ctx, input.token);
  const owner = account ? await choosePassword(inside, { link, account, input }) : await makeFirst(inside, link, input);
  if (owner.secondFactor) throw problem('second-factor-needed');
  return openSession(inside, owner, from);
}

// A link names its company itself, as a session does.
async function findLink(ctx: Ctx, token: string): Promise<{ link: LinkDoc; account: AccountDoc | null; inside: Ctx }> {
  const companyId = companyOfToken(token);
  if (companyId === null) throw problem('link-expired');
  const inside = contextOf(ctx, companyId, ctx.requestId);
  const link = await LinkModel.findOne({ companyId, tokenHash: hashOf(token), expiresAt: { $gt: new Date(ctx.clock.now()) } }).lean<LinkDoc>();
  if (!link) throw problem('link-expired');
  if (link.accountId === null) {
    if ((await countAdministrators(companyId)) > 0) throw problem('link-expired');
    return { link, account: null, inside };
  }
  const account = await findAccount(inside, link.accountId);
  if (!account || account.disabled) throw problem('link-expired');
  return { link, account, inside };
}

async function claim({ companyId, _id }: LinkDoc): Promise<void> {
  if (!(await LinkModel.findOneAndDelete({ companyId, _id }).lean())) throw problem('link-expired');
}

async function choosePassword(ctx: Ctx, { link, account, input }: { link: LinkDoc; account: AccountDoc; input: Omit<Use, 'from'> }): Promise<AccountDoc> {
  demandStrongPassword(input.password, account.email);
  const passwordHash = await passwords.hash(input.password);
  await claim(link);
  const named = link.kind === 'invitation' && input.name !== undefined ? { name: input.name } : {};
  const freed = link.endsSecondFactor ? { secondFactor: null, secondFactorDraft: null } : {};
  const actor = system('link');
  const written = await writeAccount(ctx, actor, { id: account._id, set: { passwordHash, ...named, ...freed }, where: { disabled: false } });
  if (!written) throw problem('link-expired');
  await Promise.all([endSessions(ctx, { accountId: account._id }), endLinks(ctx.companyId, account._id)]);
  await audit(ctx, actor, { action: link.kind === 'invitation' ? 'invitation.used' : 'password.reset', subject: { kind: 'account', id: account._id, name: written.name } });
  return written;
}

async function makeFirst(ctx: Ctx, link: LinkDoc, { email, name, password }: Omit<Use, 'from'>): Promise<AccountDoc> {
  if (email === undefined || name === undefined) throw badInput(Object.fromEntries(Object.entries({ email, name }).filter(([, value]) => value === undefined).map(([field]) => [field, 'is needed for the first administrator'])));
  demandStrongPassword(password, email);
  await claim(link);
  return createAccount(ctx, system('link'), { email, name, password, roles: [administratorRole] });
}
