import type { Problem } from '../../protocol/problems';

/** A refusal by the server; `code` is one of protocol/problems, or "offline" when there was no answer. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What an answer that is not 2xx means. */
const refusalOf = async (response: Response) => new Refusal(((await response.json().catch(() => ({}))) as Partial<Problem>).code ?? 'internal');

export interface Call {
  method?: string;
  query?: Record<string, string | number | undefined>;
  body?: object;
  token?: string;
}

/** Calls the REST API of `origin`. Cookies are never sent, and the token travels in a header only. */
export function createApi(origin: string) {
  const request = async (url: string, { method = 'GET', body, token }: Call) => {
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
    const form = body instanceof FormData;
    if (body && !form) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: 'omit', referrerPolicy: 'no-referrer' };
    if (body) init.body = form ? body : JSON.stringify(body);
    const response = await fetch(url, init).catch(() => {
      throw new Refusal('offline');
    });
    if (!response.ok) throw await refusalOf(response);
    return response;
  };
  return {
    async call<T>(path: string, call: Call = {}): Promise<T> {
      const query = Object.entries(call.query ?? {}).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
      const response = await request(`${origin}/api/v1${path}${query.length ? `?${query.join('&')}` : ''}`, call);
      return (await response.json()) as T;
    },
    /** A file of the conversation; the token goes only to our own server. */
    async file(address: string, token: string): Promise<Blob> {
      const url = new URL(address, origin);
      const response = await request(url.href, url.origin === origin ? { token } : {});
      return response.blob();
    },
  };
}

export type Api = ReturnType<typeof createApi>;
