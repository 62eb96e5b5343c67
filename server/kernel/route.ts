import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { Ability, Answer, Endpoint, Parsed } from '../../protocol';
import type { Actor } from './actor';
import type { Ctx } from './context';

/** What a handler gets: parsed input, and the raw request where a header or stream is needed. */
export interface Call<E extends Endpoint> extends Parsed<E> {
  request: Request;
  response: Response;
}

/** An endpoint with what answers it. `ability` null: anybody the audience admits. */
export interface Route<E extends Endpoint = Endpoint> {
  endpoint: E;
  ability: Ability | null;
  handle(ctx: Ctx, actor: Actor, call: Call<E>): Promise<Answer<E>>;
}

/** Binds an endpoint to its handler: parse → authorize → command → present. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>, ability: Ability | null, handle: (ctx: Ctx, actor: Actor, call: Call<Endpoint<P, Q, B, R>>) => Promise<Answer<Endpoint<P, Q, B, R>>>,
): Route {
  return { endpoint, ability, handle } as unknown as Route;
}

/** The context of a request's company; with an ability, whoever asks must hold it (and a change by cookie needs its CSRF token). */
export type ContextFor = (request: Request, ability?: Ability) => Promise<Ctx>;

/** Routes that are no endpoints of the API: pages, downloads, form posts of plain HTML. */
export interface RawRoutes {
  mount(router: Router, contextFor: ContextFor): void;
}
