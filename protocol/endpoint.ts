import type { z } from 'zod';

/** HTTP methods in use. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Who may call: `account` (a logged-in person or an API key), `customer` (a widget session), `public` (anybody, throttled).
 */
export type Audience = 'account' | 'customer' | 'public';

/** One REST endpoint. The same object binds Express, types the console's `call()` and becomes a path of the OpenAPI document. */
export interface Endpoint<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  /** noun.verb, unique; operationId of the OpenAPI document. */
  name: string;
  method: Method;
  /** Below /api/v1, with :parameters. */
  path: string;
  /** One sentence for people. */
  summary: string;
  audience: Audience;
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** The answer holds a secret or opens a log-in: it is not kept for repeated requests, so an Idempotency-Key has no effect. */
  secret?: true;
  /** The body's clientId recognises a repeated request by what it made: an Idempotency-Key that equals it needs no keeping. */
  byClientId?: true;
  /** Answer media type when it is not JSON, e.g. text/csv; the response schema then describes the text. */
  produces?: string;
}

/** Declares an endpoint; only here for the inference of its four schemas. */
export const endpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  spec: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => spec;

/** What the server gets after parsing. */
export interface Parsed<E extends Endpoint> {
  params: E extends Endpoint<infer P> ? z.output<P> : never;
  query: E extends Endpoint<z.ZodType, infer Q> ? z.output<Q> : never;
  body: E extends Endpoint<z.ZodType, z.ZodType, infer B> ? z.output<B> : never;
}

/** What a caller passes; parts that the endpoint does not declare may be left out. */
export interface CallInput<E extends Endpoint> {
  params?: E extends Endpoint<infer P> ? z.input<P> : never;
  query?: E extends Endpoint<z.ZodType, infer Q> ? z.input<Q> : never;
  body?: E extends Endpoint<z.ZodType, z.ZodType, infer B> ? z.input<B> : never;
}

/** What the caller gets back. */
export type Answer<E extends Endpoint> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
