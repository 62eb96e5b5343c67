import type { z } from 'zod';
import { createBreaker, type Breaker } from './breaker';

/** How to reach an endpoint that speaks OpenAI's protocol. */
export interface EndpointOptions {
  /** Base address, for example 'https://models.example/v1'. */
  baseUrl: string;
  /** Sent as a bearer token when given. */
  apiKey?: string;
  breaker?: Breaker;
}

/** One question to the endpoint: path below the base address, what to send, what to expect, how long to wait in milliseconds. */
export interface Asking<T> {
  path: string;
  body: object;
  shape: z.ZodType<T>;
  within: number;
}

/** An endpoint that can be asked. */
export type Endpoint = <T>(asking: Asking<T>) => Promise<T>;

const largest = 16 * 1024 * 1024;

/** Asks with a time limit, a limit of size and a circuit breaker; follows no redirect, so that the key stays where it belongs. Fails with an Error that names the status, never the key. */
export function openEndpoint({ baseUrl, apiKey, breaker = createBreaker() }: EndpointOptions): Endpoint {
  const base = baseUrl.replace(/\/+$/, '');
  return ({ path, body, shape, within }) => breaker.run(async () => {
    const response = await fetch(base + path, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(within), body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`The model endpoint answered ${response.status}`);
    }
    const parsed = shape.safeParse(JSON.parse(await readText(response)));
    if (!parsed.success) throw new Error('The model endpoint answered something else than was asked for');
    return parsed.data;
  });
}

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largest) throw new Error('The model endpoint answered too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
