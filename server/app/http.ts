import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { authenticate } from '../access';
import { contextOf, demand, newId, problem, problemDocument, type ContextFor, type DomainMount, type Services } from '../kernel';
import { bindRoutes } from './bind-routes';
import { mountHealth, type Health } from './health';
import type { Metrics } from './metrics';
import { openApiDocument, referencePage } from './openapi';

const dist = join(__dirname, '..', '..');

/** What the web server is made of. */
export interface WebParts {
  services: Services;
  mounts: DomainMount[];
  metrics: Metrics;
  health: Health;
}

/** The web server: API, files, front ends. */
export function createWeb(parts: WebParts): { app: Express; server: Server } {
  const { services, mounts, metrics, health } = parts;
  const app = express();
  app.set('trust proxy', services.config.trustProxy);
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.locals['requestId'] = newId();
    response.setHeader('X-Request-Id', String(response.locals['requestId']));
    next();
  });
  app.use(securityHeaders());
  mountHealth(app, health);
  metrics.mount(app);
  const routes = mounts.flatMap((mount) => mount.routes ?? []);
  app.get('/api/v1/openapi.json', (_request, response) => void response.json(openApiDocument(routes, services.publicUrl)));
  app.get('/api', (_request, response) => void response.type('html').send(referencePage(routes)));
  const contextFor: ContextFor = async (request, ability) => {
    const who = await authenticate(services, request, ability ? 'account' : 'public');
    if (ability) demand(who.actor, ability);
    return contextOf(services, who.companyId, String(request.res?.locals['requestId'] ?? ''));
  };
  for (const raw of mounts.flatMap((mount) => mount.raw ?? [])) raw.mount(app, contextFor);
  // Telephone systems are set up once and stay: the address without a version is for them.
  app.post('/api/calls/records', (request, _response, next) => { request.url = '/api/v1/calls/records'; next(); });
  app.use('/api/v1', bindRoutes(routes, { services, metrics }));
  app.use('/api', () => { throw problem('not-found'); });
  mountFrontEnds(app);
  app.use(onError(services));
  return { app, server: createServer(app) };
}

// Pictures may come from anywhere, since a mail's frame inherits this policy; the frame forbids them itself until its reader asks.
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:', 'http:', 'https:'], connectSrc: ["'self'", 'ws:', 'wss:'], frameSrc: ["'self'", 'blob:', 'data:'], objectSrc: ["'none'"], baseUri: ["'self'"], frameAncestors: ["'self'"], upgradeInsecureRequests: null } },
    crossOriginResourcePolicy: { policy: 'same-origin' }, crossOriginEmbedderPolicy: false, strictTransportSecurity: false, referrerPolicy: { policy: 'same-origin' },
  });
}

const yearly = { immutable: true, maxAge: '365d', fallthrough: true };

function mountFrontEnds(app: Express): void {
  app.use('/widget', (_request, response, next) => {
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.setHeader('Access-Control-Allow-Origin', '*');
    next();
  });
  app.use('/widget/assets', express.static(join(dist, 'widget', 'assets'), yearly));
  app.use('/widget', express.static(join(dist, 'widget'), { maxAge: '5m', index: false }));
  app.use('/assets', express.static(join(dist, 'agent-console', 'assets'), yearly));
  app.use(express.static(join(dist, 'agent-console'), { index: false, maxAge: '5m' }));
  const page = join(dist, 'agent-console', 'index.html');
  app.get('/*splat', (request, response, next) => {
    if (!request.accepts('html') || !existsSync(page)) return next(problem('not-found'));
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
  app.get('/', (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
  app.use(() => { throw problem('not-found'); });
}

// Express takes a handler for one that gets errors by its four parameters.
function onError(services: Services): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const document = problemDocument(error, String(response.locals['requestId']));
    if (document.code === 'internal') services.log.error({ err: error, method: request.method, path: request.path, requestId: document.requestId }, 'a request failed');
    if (response.headersSent) return next(error);
    if (document.code === 'too-many-requests' && document.params) response.setHeader('Retry-After', String(document.params['seconds'] ?? 1));
    response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
  };
}
