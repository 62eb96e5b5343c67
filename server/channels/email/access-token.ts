import type { MailCredentials } from '../../../protocol';
import type { Ctx } from '../../kernel';
import { credentialsOf, keepCredentials } from './change-mailbox';
import type { MailboxDoc } from './mailbox.model';

type OAuth = Extract<MailCredentials, { kind: 'oauth2' }>;

/** What a server is told to let us in. */
export type LogIn = { kind: 'none' } | { kind: 'password'; password: string } | { kind: 'token'; accessToken: string };

const endpoints: Record<OAuth['provider'], string> = {
  microsoft: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', google: 'https://oauth2.googleapis.com/token', other: '',
};
const early = 60_000;
const patience = 15_000;
const known = new Map<string, { token: string; until: number }>();

/** The provider gave no token: the log-in was withdrawn or never right. */
export class TokenRefused extends Error {}

/** How to log in to a mailbox's servers now; a token is fetched anew shortly before it ends. Throws TokenRefused. */
export async function logInFor(ctx: Ctx, box: MailboxDoc): Promise<LogIn> {
  const credentials = credentialsOf(ctx.secrets, box);
  if (!credentials) return { kind: 'none' };
  if (credentials.kind === 'password') return { kind: 'password', password: credentials.password };
  return { kind: 'token', accessToken: await tokenFor(ctx, box._id, credentials) };
}

/** The same for credentials that are not stored, such as those of a test. */
export async function logInWith(ctx: Ctx, mailboxId: string, credentials: MailCredentials): Promise<LogIn> {
  return credentials.kind === 'password' ? { kind: 'password', password: credentials.password } : { kind: 'token', accessToken: await tokenFor(ctx, mailboxId, credentials) };
}

async function tokenFor(ctx: Ctx, mailboxId: string, credentials: OAuth): Promise<string> {
  const key = `${mailboxId} ${credentials.clientId} ${credentials.refreshToken}`;
  const held = known.get(key);
  if (held && held.until > Date.now()) return held.token;
  const fresh = await refresh(credentials);
  if (known.size > 1000) known.clear();
  // Some providers give a new refresh token each time and forget the old one.
  if (fresh.refresh_token && fresh.refresh_token !== credentials.refreshToken) {
    await keepCredentials(ctx, mailboxId, { ...credentials, refreshToken: fresh.refresh_token });
    known.set(`${mailboxId} ${credentials.clientId} ${fresh.refresh_token}`, heldFrom(fresh));
  }
  known.set(key, heldFrom(fresh));
  return fresh.access_token;
}

/** Lets go of a mailbox's token before it ends: its server did not take it. */
export function forgetToken(mailboxId: string): void {
  for (const key of known.keys()) if (key.startsWith(`${mailboxId} `)) known.delete(key);
}

interface Fresh {
  access_token: string;
  expires_in?: number;
  refresh_token?: string;
}

const heldFrom = (fresh: Fresh): { token: string; until: number } => ({ token: fresh.access_token, until: Date.now() + (fresh.expires_in ?? 3600) * 1000 - early });

async function refresh(credentials: OAuth): Promise<Fresh> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: credentials.clientId, refresh_token: credentials.refreshToken, ...(credentials.clientSecret === '' ? {} : { client_secret: credentials.clientSecret }) });
  const answer = await fetch(credentials.tokenUrl ?? endpoints[credentials.provider], { method: 'POST', body, signal: AbortSignal.timeout(patience) });
  const said = await answer.json().catch(() => ({})) as Partial<Fresh> & { error?: string; error_description?: string };
  if (!answer.ok || !said.access_token) throw new TokenRefused(`${answer.status} ${said.error ?? ''} ${said.error_description ?? ''}`.trim().slice(0, 300));
  return said as Fresh;
}
