import { createHash, timingSafeEqual } from 'node:crypto';
import { isSigned, newSecret, problem, sign, type Ctx } from '../../kernel';
import { Sessions, type WidgetSession } from './session.model';

const purpose = 'widget-session';

/** The parts of a token whose signature is ours. */
export interface TokenParts {
  companyId: string;
  sessionId: string;
  secret: string;
}

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A token for a session, and the hash under which its secret is kept. */
export function makeToken(ctx: Ctx, sessionId: string): { token: string; secretHash: string } {
  const secret = newSecret();
  const text = `${ctx.companyId}.${sessionId}.${secret}`;
  return { token: `${text}.${sign(ctx.secrets, purpose, text)}`, secretHash: hashOf(secret) };
}

/** Null unless this installation signed it; costs no query, so that guessing is cheap to refuse. */
export function readToken(secrets: Ctx['secrets'], token: unknown): TokenParts | null {
  if (typeof token !== 'string' || token.length > 400) return null;
  const [companyId, sessionId, secret, signature, ...more] = token.split('.');
  if (!companyId || !sessionId || !secret || !signature || more.length > 0) return null;
  return isSigned(secrets, purpose, { text: `${companyId}.${sessionId}.${secret}`, signature }) ? { companyId, sessionId, secret } : null;
}

/** The session of a token, within the company of the context; null when it is not known or has run out. */
export async function sessionOf(ctx: Ctx, token: unknown): Promise<WidgetSession | null> {
  const parts = readToken(ctx.secrets, token);
  if (!parts || parts.companyId !== ctx.companyId) return null;
  const session = await Sessions.findOne({ companyId: ctx.companyId, _id: parts.sessionId }).lean<WidgetSession>();
  if (!session || session.expiresAt.getTime() < ctx.clock.now()) return null;
  const [right, given] = [Buffer.from(session.secretHash), Buffer.from(hashOf(parts.secret))];
  return right.length === given.length && timingSafeEqual(right, given) ? session : null;
}

/** As sessionOf, throwing not-logged-in. */
export async function demandSession(ctx: Ctx, token: unknown): Promise<WidgetSession> {
  const session = await sessionOf(ctx, token);
  if (!session) throw problem('not-logged-in');
  return session;
}
