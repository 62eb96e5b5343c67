import type { IncomingHttpHeaders } from 'node:http';
import type { Audience } from '../../protocol';
import { nobody, problem, type Actor, type Services } from '../kernel';
import { findAccount, type AccountDoc } from './account.model';
import { ApiKeyModel, type ApiKeyDoc } from './api-key.model';
import { theCompany } from './create-company';
import { powerOf, rolesOf } from './role.model';
import { readSessionCookie } from './session-cookie';
import { idleMs, logInOf, SessionModel, type SessionDoc } from './session.model';
import { companyOfToken, hashOf, sameText } from './tokens';

/** The part of a request that says who asks. */
export interface Asking {
  method: string;
  headers: IncomingHttpHeaders;
}

/** Who asks, and for which company. */
export interface Authenticated {
  companyId: string;
  actor: Actor;
}

const seenEveryMs = 60_000;
const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who sent a request: a session by its cookie, a machine by its key, else nobody. Throws not-logged-in for a key that does not work and csrf-missing when a change comes by cookie without the right
 * X-CSRF-Token. Endpoints for customers and the public do not act for the account, so there such a request is nobody's.
 */
export async function authenticate(services: Services, request: Asking, audience: Audience = 'account'): Promise<Authenticated> {
  const key = bearer(request.headers);
  if (key !== null) return machine(services, key);
  const found = await bySession(services, readSessionCookie(request.headers.cookie));
  if (!found) return anybody(services);
  const given = request.headers['x-csrf-token'];
  const safe = harmless.has(request.method) || (typeof given === 'string' && sameText(given, found.session.csrf));
  if (safe) return found;
  if (audience === 'account') throw problem('csrf-missing');
  return anybody(services);
}

/** Who opens a socket: by cookie, only from our own pages, or by a machine's key. Throws csrf-missing for another site's page. */
export async function authenticateSocket(services: Services, headers: IncomingHttpHeaders): Promise<Authenticated> {
  const key = bearer(headers);
  if (key !== null) return machine(services, key);
  const found = await bySession(services, readSessionCookie(headers.cookie));
  if (!found) return anybody(services);
  if (!isOwnPage(services, headers)) throw problem('csrf-missing');
  return { companyId: found.companyId, actor: found.actor };
}

/** Whether a log-in is still good, for connections that outlive requests. */
export async function sessionLives(services: Services, { companyId, sessionId }: { companyId: string; sessionId: string }): Promise<boolean> {
  return (await SessionModel.exists({ companyId, _id: sessionId, expiresAt: { $gt: new Date(services.clock.now()) } })) !== null;
}

/** An account as it acts outside of a log-in, such as for a job it asked for; null when it is gone or disabled. */
export async function actorOf(_services: Services, { companyId, accountId }: { companyId: string; accountId: string }): Promise<Actor | null> {
  const account = await findAccount({ companyId }, accountId);
  return account && !account.disabled ? actorFor(account, '') : null;
}

async function actorFor(account: AccountDoc, sessionId: string): Promise<Actor> {
  const { abilities, scope } = powerOf(await rolesOf(account.companyId), account.roles);
  return { kind: 'account', id: account._id, name: account.name, abilities, scope, teamId: account.teamId, sessionId };
}

async function anybody(services: Services): Promise<Authenticated> {
  return { companyId: (await theCompany(services))._id, actor: nobody };
}

const bearer = ({ authorization }: IncomingHttpHeaders): string | null => /^Bearer\s+(tlk_\S+)$/i.exec(authorization ?? '')?.[1] ?? null;

async function machine(services: Services, token: string): Promise<Authenticated> {
  const companyId = companyOfToken(token);
  const now = services.clock.now();
  const key = companyId === null ? null : await ApiKeyModel.findOne({ companyId, tokenHash: hashOf(token), endedAt: null }).lean<ApiKeyDoc>();
  if (!key) throw problem('not-logged-in');
  if (now - (key.lastUsedAt?.getTime() ?? 0) > seenEveryMs) await ApiKeyModel.updateOne({ companyId: key.companyId, _id: key._id }, { $set: { lastUsedAt: new Date(now) } });
  return { companyId: key.companyId, actor: { kind: 'machine', id: key._id, name: key.name, abilities: new Set(key.abilities), scope: 'all' } };
}

async function bySession(services: Services, token: string | null): Promise<(Authenticated & { session: SessionDoc }) | null> {
  const companyId = token === null ? null : companyOfToken(token);
  if (token === null || companyId === null) return null;
  const now = services.clock.now();
  const found = await logInOf(companyId, hashOf(token));
  if (!found || found.session.expiresAt.getTime() <= now || found.account.disabled) return null;
  const { session, account } = found;
  if (now - session.lastSeenAt.getTime() > seenEveryMs) await SessionModel.updateOne({ companyId, _id: session._id }, { $set: { lastSeenAt: new Date(now), expiresAt: new Date(now + idleMs) } });
  return { companyId, actor: await actorFor(account, session._id), session };
}

// Browsers name the page that opens a socket; programs do not.
function isOwnPage(services: Services, { origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin).host;
  return from === host || from === new URL(services.publicUrl).host;
}
