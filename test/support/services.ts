// What commands need to run: a real Redis, a real store and a clock that stands still. No workers run, so that a test calls timers and sweeps itself.
import mongoose from 'mongoose';
import { connect, createProducer } from '../../queues';
import { ensureCompany } from '../../server/access';
import { connectStore, contextOf, createLimits, createLogger, createRelay, loadConfig, newSecret, storeBlobs, type Ctx, type Services, type Subscriber } from '../../server/kernel';
import { startTestRedis } from './redis';
import { startTestStore } from './store';

export interface TestServices {
  services: Services;
  /** The default company. */
  ctx: Ctx;
  /** Where the stores are, for a server process on the same company. */
  urls: { redisUrl: string; mongoUrl: string };
  /** Moves the clock, by milliseconds or to a moment. */
  pass(milliseconds: number): void;
  setClock(moment: string): void;
  stop(): Promise<void>;
}

/** Starts everything with one company; once per test file. */
export async function openServices({ env = {}, start = '2026-03-02T09:00:00Z', subscribersOf = () => [] }: { env?: Record<string, string>; start?: string; subscribersOf?: (services: Services) => Subscriber[] } = {}): Promise<TestServices> {
  const [store, redisServer] = await Promise.all([startTestStore(), startTestRedis()]);
  await connectStore(store.url);
  const redis = connect(redisServer.url);
  const jobs = createProducer(redis, 'test');
  const log = createLogger('silent');
  const relay = createRelay({ redis, jobs, log });
  let now = Date.parse(start);
  const config = loadConfig({ PUBLIC_URL: 'https://help.example.com', ...env });
  const services: Services = { config, log, clock: { now: () => now }, redis, jobs, relay, blobs: storeBlobs, limits: createLimits(redis), secrets: { signing: newSecret() }, publicUrl: config.publicUrl ?? 'http://localhost' };
  relay.open({ subscribers: subscribersOf(services), contextOf: (companyId) => contextOf(services, companyId) });
  const { company } = await ensureCompany(services, { name: 'Acme', locale: 'en', timeZone: 'Europe/Lisbon' });
  return {
    services,
    ctx: contextOf(services, company._id),
    urls: { redisUrl: redisServer.url, mongoUrl: store.url },
    pass: (milliseconds) => { now += milliseconds; },
    setClock: (moment) => { now = Date.parse(moment); },
    async stop() {
      await relay.settle();
      await jobs.close();
      await mongoose.disconnect();
      redis.disconnect();
      await Promise.all([store.stop(), redisServer.stop()]);
    },
  };
}
