// What commands of access and customers need to run: a real Redis, a real store, a clock that stands still, one company and its administrator.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import mongoose from 'mongoose';
import type { Audience, Endpoint } from '../../protocol';
import { connect, createProducer } from '../../queues';
import { authenticate, createAccount, ensureCompany } from '../../server/access';
import { connectStore, contextOf, createLimits, createLogger, createRelay, demand, loadConfig, newSecret, problemDocument, ProblemError, storeBlobs, system, type Actor, type Ctx, type DomainMount, type Services, type Subscriber } from '../../server/kernel';
import { startTestRedis } from '../support/redis';
import { startTestStore } from '../support/store';

export const password = 'correct horse battery';

export interface House {
  services: Services;
  /** The default company. */
  ctx: Ctx;
  system: Actor;
  /** Where the stores are, for a server process on the same company. */
  urls: { redisUrl: string; mongoUrl: string };
  /** Moves the clock. */
  pass(milliseconds: number): void;
  stop(): Promise<void>;
}

/** Starts everything; called once per test file. */
export async function openHouse(env: Record<string, string> = {}, subscribers: Subscriber[] = []): Promise<House> {
  const [store, redisServer] = await Promise.all([startTestStore(), startTestRedis()]);
  await connectStore(store.url);
  const redis = connect(redisServer.url);
  const jobs = createProducer(redis, 'test');
  const log = createLogger('silent');
  const relay = createRelay({ redis, jobs, log });
  let now = Date.parse('2026-03-02T09:00:00Z');
  const config = loadConfig({ PUBLIC_URL: 'https://help.example.com', ...env });
  const services: Services = { config, log, clock: { now: () => now }, redis, jobs, relay, blobs: storeBlobs, limits: createLimits(redis), secrets: { signing: newSecret() }, publicUrl: config.publicUrl ?? 'http://localhost' };
  relay.open({ subscribers, contextOf: (companyId) => contextOf(services, companyId) });
  const { company } = await ensureCompany(services, { name: 'Acme', locale: 'en', timeZone: 'Europe/Lisbon' });
  return {
    services,
    ctx: contextOf(services, company._id),
    system: system('test'),
    urls: { redisUrl: redisServer.url, mongoUrl: store.url },
    pass: (milliseconds) => { now += milliseconds; },
    async stop() {
      await relay.settle();
      await jobs.close();
      await mongoose.disconnect();
      redis.disconnect();
      await Promise.all([store.stop(), redisServer.stop()]);
    },
  };
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
