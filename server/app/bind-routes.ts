import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { authenticate, type Authenticated } from '../access';
import { badInput, contextOf, demand, once, problem, type Actor, type Ctx, type Route, type Services } from '../kernel';
import { isList, listAsCsv, type ListPage } from './list-as-csv';
import type { Metrics } from './metrics';

const bodyLimit = '2mb';
const publicAllowance = { points: 300, seconds: 60 };
const keyPattern = /^[\w-]{1,100}$/;

/** Binds every endpoint below /api/v1: who asks, parsed input, ability, command, answer. */
export function bindRoutes(routes: Route[], { services, metrics }: { services: Services; metrics: Metrics }): Router {
  const router = express.Router();
  router.use(express.json({ limit: bodyLimit, type: 'application/json' }));
  // Hundreds of endpoints are asked one after the other, so each request is shown those only that begin as it does.
  const beginnings = new Map<string, Router>();
  for (const each of routes) {
    const begin = beginningOf(each.endpoint.path);
    const those = beginnings.get(begin) ?? express.Router();
    beginnings.set(begin, those);
    const handler: RequestHandler = async (request, response) => {
      const begun = performance.now();
      response.on('finish', () => metrics.httpDone(each.endpoint.name, response.statusCode, (performance.now() - begun) / 1000));
      await serve(each, services, { request, response });
    };
    those[each.endpoint.method.toLowerCase() as 'get'](each.endpoint.path, handler);
  }
  router.use((request, response, next) => {
    const those = beginnings.get(beginningOf(request.path));
    if (those) those(request, response, next);
    else next();
  });
  router.use(() => { throw problem('not-found'); });
  return router;
}

const beginningOf = (path: string): string => path.split('/', 2)[1]?.toLowerCase() ?? '';

async function serve(each: Route, services: Services, { request, response }: { request: Request; response: Response }): Promise<void> {
  const { endpoint } = each;
  const who: Authenticated = await authenticate(services, request, endpoint.audience);
  const ctx = contextOf(services, who.companyId, String(response.locals['requestId']));
  if (endpoint.audience === 'account') admit(who.actor, each);
  if (endpoint.audience === 'public') await services.limits.take('public', request.ip ?? 'unknown', publicAllowance);
  const { format, ...asked } = request.query;
  if (format === 'csv' && isList(each)) return sendCsv(each, { ctx, actor: who.actor, request, response }, asked);
  const call = { ...parse(each, request), request, response };
  const run = () => each.handle(ctx, who.actor, call as never);
  const result = endpoint.method === 'POST' ? await keyed({ ctx, actor: who.actor, each, request }, run) : await run();
  if (response.headersSent) return;
  if (endpoint.produces) response.type(endpoint.produces).send(result);
  else response.json(result);
}

async function sendCsv(each: Route, { ctx, actor, request, response }: { ctx: Ctx; actor: Actor; request: Request; response: Response }, asked: Record<string, unknown>): Promise<void> {
  const page = (query: Record<string, unknown>): Promise<unknown> => each.handle(ctx, actor, { params: read(each.endpoint.params ?? empty, request.params), query: read(each.endpoint.query ?? empty, query), body: {}, request, response } as never);
  const text = await listAsCsv(each, asked, async (query) => (await page(query)) as ListPage);
  response.type('text/csv').setHeader('Content-Disposition', `attachment; filename="${each.endpoint.name.replace('.', '-')}.csv"`);
  response.send(text);
}

function admit(actor: Actor, each: Route): void {
  if (actor.kind === 'nobody') throw problem('not-logged-in');
  if (each.ability) demand(actor, each.ability);
}

function keyed({ ctx, actor, each, request }: { ctx: Ctx; actor: Actor; each: Route; request: Request }, run: () => Promise<unknown>): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (key === undefined || each.endpoint.secret || (each.endpoint.byClientId && request.body?.clientId === key)) return run();
  if (typeof key !== 'string' || !keyPattern.test(key)) throw badInput({ 'Idempotency-Key': 'must be 1 to 100 letters, digits, _ or -' });
  const who = actor.id ?? `${actor.kind}-${request.ip ?? ''}`;
  return once({ companyId: ctx.companyId, key: `${who}:${key}`, endpoint: `${each.endpoint.name} ${request.originalUrl}`, body: request.body }, run);
}

const empty = z.strictObject({});

function parse(each: Route, request: Request): { params: unknown; query: unknown; body: unknown } {
  const { params = empty, query = empty, body } = each.endpoint;
  const multipart = request.is('multipart/form-data') !== false && request.is('multipart/form-data') !== null;
  return { params: read(params, request.params), query: read(query, request.query), body: body ? read(body, request.body ?? {}) : multipart ? {} : read(empty, request.body ?? {}) };
}

function read(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badInput(Object.fromEntries(parsed.error.issues.flatMap(sentences)));
}

function sentences(issue: z.core.$ZodIssue): [string, string][] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key): [string, string] => [path ? `${path}.${key}` : key, 'is not a known field']);
  return [[path || 'body', issue.message]];
}
