import { parseCookie, stringifySetCookie } from 'cookie';
import type { Services } from '../kernel';
import { idleMs } from './session.model';

const name = 'tl_session';

/** The session token a request carries, null without one. */
export const readSessionCookie = (header: string | undefined): string | null => (header === undefined ? null : (parseCookie(header)[name] ?? null));

/** Set-Cookie for a log-in: no script reads it, no other site's form sends it. */
export const sessionCookie = (services: Services, token: string): string =>
  stringifySetCookie(name, token, { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(services), maxAge: idleMs / 1000 });

/** Set-Cookie that takes it away. */
export const noSessionCookie = (services: Services): string => stringifySetCookie(name, '', { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(services), maxAge: 0 });

const isSecure = (services: Services): boolean => services.publicUrl.startsWith('https:');
