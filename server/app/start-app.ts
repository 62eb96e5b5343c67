import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { connect, keepLibraries } from '../../queues';
import { findChannels } from '../channels/registry';
import { contextOf, listen, Shutdown, type Config, type Log, type Services } from '../kernel';
import { agentLife, createIo, hearTyping, keepSeen, serveAgents, powerRenewer, teller, logInEnder } from '../realtime';
import { companyIds, mountAll, type Mounted } from './domains';
import { createWatch } from './health';
import { createWeb } from './http';
import { startSweeps, startWorkers } from './jobs';
import { createMetrics } from './metrics';
import { forgetRunning, noteRunning } from './running';
import { seedWhenEmpty } from './seed';
import { openServices, jobPrefix } from './services';
import { openStores } from './stores';
import { serveCustomers } from './customer-sockets';
import { hostOf } from './channel-host';

/** A running process: its services, where it listens, what to say. */
export interface App {
  services: Services;
  /** Where the web server listens; null without the role web or realtime. */
  url: string | null;
  smtpPort: number | null;
  /** What to say to whoever started it: addresses and, the first time, log-ins. */
  greeting: string[];
  stop(): Promise<void>;
}

/** Starts the roles of the configuration. Throws one clear sentence when something is in the way. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const shutdown = new Shutdown(log);
  try {
    return await start(config, log, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(config: Config, log: Log, shutdown: Shutdown): Promise<App> {
  const stores = await openStores(config, log, shutdown);
  await noteRunning(config.dataDir, stores);
  shutdown.add('running note', () => forgetRunning(config.dataDir));
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const services = await openServices({ config, log, shutdown }, stores, publicUrl);
  const mounted = mountAll(services, findChannels());
  services.relay.open({ subscribers: mounted.subscribers, contextOf: (companyId) => contextOf(services, companyId) });
  shutdown.add('libraries', keepLibraries(services.redis, (error) => log.warn({ err: error }, 'libraries in Redis wait for the next time')));
  const greeting = await seedWhenEmpty(services);
  const health = { redis: services.redis, ready: false };
  const metrics = createMetrics();
  const served = config.roles.some((role) => role === 'web' || role === 'realtime');
  const url = served ? await startWeb({ services, mounted, shutdown, redisUrl: stores.redisUrl }, createWeb({ services, mounts: mounted.mounts, metrics, health }).server) : null;
  if (!served) await startWatch(services, shutdown, createWatch(health, metrics));
  if (config.roles.includes('worker')) {
    const workers = startWorkers({ services, mounts: mounted.mounts, channels: mounted.channels, metrics, redis: stores.redisUrl, prefix: jobPrefix });
    shutdown.add('workers', () => workers.close());
    await startChannels(services, mounted, shutdown);
  }
  if (config.roles.includes('scheduler')) {
    const sweeps = await startSweeps(services, mounted.mounts);
    shutdown.add('sweeps', () => sweeps.close());
  }
  health.ready = true;
  shutdown.add('readiness', () => { health.ready = false; });
  return { services, url, smtpPort: config.roles.includes('worker') ? config.smtpPort : null, greeting, stop: () => shutdown.run() };
}

interface WebStart {
  services: Services;
  mounted: Mounted;
  shutdown: Shutdown;
  redisUrl: string;
}

async function startWeb({ services, mounted, shutdown, redisUrl }: WebStart, server: Server): Promise<string> {
  const { config, log } = services;
  const [pub, sub, heard] = [connect(redisUrl), connect(redisUrl), connect(redisUrl)];
  for (const connection of [pub, sub, heard]) connection.on('error', () => undefined);
  shutdown.add('pub/sub', () => { pub.disconnect(); sub.disconnect(); heard.disconnect(); });
  const io = createIo(server, { pub, sub, log });
  const customers = serveCustomers(io, services, mounted.channels);
  serveAgents(io, services, agentLife(io, mounted.sockets));
  shutdown.add('consoles here', keepSeen(io, services));
  const listening = await listen({ redis: heard, subscribers: [...mounted.subscribers, teller(io), logInEnder(io, services), powerRenewer(io, services), customers.teller], log, companies: companyIds, contextOf: (companyId) => contextOf(services, companyId) });
  await hearTyping(heard, io, { contextOf: (companyId) => contextOf(services, companyId), toCustomer: customers.agentTypes });
  shutdown.add('listener', () => listening.close());
  await opened(server, config.port, config.host);
  shutdown.add('web server', () => new Promise<void>((resolve) => { void io.close(() => resolve()); server.closeAllConnections(); }));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function startWatch({ config }: Services, shutdown: Shutdown, server: Server): Promise<void> {
  await opened(server, config.port, config.host);
  shutdown.add('health', () => { server.close(); server.closeAllConnections(); });
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code === 'EADDRINUSE' ? `Port ${port} is taken: stop what uses it or set PORT to another one` : `Port ${port} cannot be opened: ${error.message}`)));
    server.listen(port, host, resolve);
  });
}

async function startChannels(services: Services, { channels }: Mounted, shutdown: Shutdown): Promise<void> {
  for (const channel of channels) {
    const running = await channel.start?.((companyId) => hostOf(services, channel, companyId), async () => (await companyIds())[0] ?? '');
    if (running) shutdown.add(`channel ${channel.manifest.id}`, () => running.stop());
  }
}
