import type { Answer, CallInput, Endpoint } from '../../protocol/endpoint';
import { learnTime } from '../lib/clock';
import { uuid } from '../lib/ids';
import { ProblemError, problemFrom } from './problem';

const base = '/api/v1';
let csrf = '';
let onLoggedOut: () => void = () => {};

/** Keeps the token that every change must carry. */
export function keepCsrf(token: string): void {
  csrf = token;
}

/** The token that a request made by other means must carry. */
export const csrfToken = (): string => csrf;

/** Says what to do when the server no longer knows who we are. */
export function whenLoggedOut(handler: () => void): void {
  onLoggedOut = handler;
}

function addressOf(endpoint: Endpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const search = query.toString();
  return base + path + (search ? `?${search}` : '');
}

/** The address of a list as a file, for a download link. */
export const listFile = <E extends Endpoint>(endpoint: E, query: CallInput<E>['query'] = undefined): string => addressOf(endpoint, { query: { ...(query as object | undefined), format: 'csv' } });

/** The address of an endpoint that answers a file, for a download link. */
export const fileAddress = <E extends Endpoint>(endpoint: E, query: CallInput<E>['query']): string => addressOf(endpoint, { query });

async function request(address: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch(() => {
    throw new ProblemError({ code: 'network' });
  });
  learnTime(response.headers.get('date'));
  // A line that breaks amid the answer leaves it unknown: an empty success would be taken for the thing asked for.
  const text = await response.text().catch(() => {
    throw new ProblemError({ code: 'network' });
  });
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body: unknown = isJson && text ? JSON.parse(text) : text;
  if (response.ok) return body;
  const problem = problemFrom(response.status, body);
  if (problem.code === 'not-logged-in') onLoggedOut();
  throw problem;
}

/** Calls an endpoint of the protocol. `key` makes a repeated POST recognisable; a fresh one is made when left out. Throws ProblemError. */
export async function call<E extends Endpoint>(endpoint: E, input: CallInput<E> & { key?: string; signal?: AbortSignal } = {}): Promise<Answer<E>> {
  const headers: Record<string, string> = { accept: endpoint.produces ?? 'application/json' };
  if (endpoint.method !== 'GET') headers['x-csrf-token'] = csrf;
  if (endpoint.method === 'POST') headers['idempotency-key'] = input.key ?? uuid();
  if (endpoint.body) headers['content-type'] = 'application/json';
  return (await request(addressOf(endpoint, input), {
    method: endpoint.method, headers, ...(endpoint.body ? { body: JSON.stringify(input.body ?? {}) } : {}), ...(input.signal ? { signal: input.signal } : {}),
  })) as Answer<E>;
}
