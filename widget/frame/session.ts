import { Refusal } from './api';
import type { Api } from './api';
import type { Keep } from './keep';

export interface Visitor {
  name: string;
  verified: boolean;
}

export interface About {
  name?: string;
  email?: string;
}

interface Opened {
  token: string;
  visitorId: string;
  name: string;
  verified: boolean;
}

/** The visitor's session: opened on first need, remembered in this browser (a token, nothing else), and renewed when the server no longer knows it. */
export function createSession(api: Api, keep: Keep, about: () => { locale: string; page: string; brand?: string }) {
  let identity: string | null = null;
  let visitor: Visitor | undefined;
  let opening: Promise<string> | undefined;
  let told: About = {};

  const post = async (token: string | null) => {
    const body = { ...about(), ...told, ...(identity ? { identity } : {}), ...(token ? { token } : {}) };
    const opened = await api.call<Opened>('/widget/sessions', { method: 'POST', body });
    keep.set('token', opened.token);
    visitor = { name: opened.name, verified: opened.verified };
    return opened.token;
  };
  const open = async () => {
    const token = keep.get('token');
    try {
      return await post(token);
    } catch (error) {
      if (!token || !(error instanceof Refusal) || error.code !== 'not-logged-in') throw error;
      keep.set('token', null);
      return post(null);
    }
  };
  const begin = () => (opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  }));

  return {
    /** Answers the token, opening or resuming the session when that was not done on this page yet. */
    token: begin,
    /** Whether an earlier visit left something to resume. */
    resumable: () => keep.get('token') !== null,
    visitor: () => visitor,
    /** The address the visitor gave on this page; empty when they gave none. */
    email: () => told.email ?? '',
    /** Opens again, because the server refused the token or because something about the visitor changed. */
    renew(more: About = {}): Promise<string> {
      told = { ...told, ...more };
      opening = undefined;
      return begin();
    },
    /** Another visitor (or none) is logged in to the host page: what the former one had here is let go. */
    identify(jwt: string | null) {
      if (jwt === null && identity !== null) keep.set('token', null);
      identity = jwt;
      opening = undefined;
      visitor = undefined;
    },
  };
}

export type Session = ReturnType<typeof createSession>;
