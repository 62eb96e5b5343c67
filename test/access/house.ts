// Commands of access and customers over a real Redis and a real store, people to call them, and their routes over HTTP.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Audience, Endpoint } from '../../protocol';
import { authenticate, createAccount } from '../../server/access';
import { contextOf, demand, problemDocument, ProblemError, system, type Actor, type Ctx, type DomainMount, type Services, type Subscriber } from '../../server/kernel';
import { openServices, type TestServices } from '../support/services';

export const password = 'correct horse battery';

export interface House extends TestServices {
  system: Actor;
}

/** Starts everything; called once per test file. */
export async function openHouse(env: Record<string, string> = {}, subscribers: Subscriber[] = []): Promise<House> {
  return { ...(await openServices({ env, subscribersOf: () => subscribers })), system: system('test') };
}

let made = 0;

/** An account with the roles, logged in by nobody. */
export async function hire(house: House, roles: string[], ctx: Ctx = house.ctx): Promise<{ id: string; email: string }> {
  made += 1;
  const email = `person${made}@example.com`;
  const account = await createAccount(ctx, house.system, { email, name: `Person ${made}`, roles, password });
  return { id: account._id, email };
}

/** The code of what a promise is refused with; fails when it is not refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(() => { throw new Error('was not refused'); }, (error: unknown) => {
    if (error instanceof ProblemError) return error.code;
    throw error;
  });
}

/** Serves the routes of domains over HTTP as the web server does, and nothing else. */
export async function serve(services: Services, mounts: DomainMount[]): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  app.use(express.json());
  for (const { endpoint, ability, handle } of mounts.flatMap((each) => each.routes ?? [])) {
    const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
    app[method](`/api/v1${endpoint.path}`, async (request: Request, response: Response, next: NextFunction) => {
      try {
        const { companyId, actor } = await authenticate(services, request, endpoint.audience as Audience);
        if (endpoint.audience === 'account' && actor.kind === 'nobody') throw new ProblemError('not-logged-in');
        if (ability) demand(actor, ability);
        response.json(await handle(contextOf(services, companyId), actor, { ...parse(endpoint, request), request, response }));
      } catch (error) {
        next(error);
      }
    });
  }
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const document = problemDocument(error);
    response.status(document.status).json(document);
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const parse = (endpoint: Endpoint, request: Request) => ({
  params: endpoint.params?.parse(request.params),
  query: endpoint.query?.parse(request.query),
  body: endpoint.body?.parse(request.body),
});
