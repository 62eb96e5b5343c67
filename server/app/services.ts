import { connect, createProducer } from '../../queues';
import { connectStore, createLimits, createRelay, loadSecrets, storeBlobs, systemClock, type Config, type Log, type OpenRelay, type Services, type Shutdown } from '../kernel';
import type { Stores } from './stores';

/** Prefix of everything BullMQ keeps in Redis. */
export const jobPrefix = '{trunkline}';

/** Opens the connections and makes what every command gets. */
export async function openServices({ config, log, shutdown }: { config: Config; log: Log; shutdown: Shutdown }, stores: Stores, publicUrl: string): Promise<Services & { relay: OpenRelay }> {
  const secrets = await loadSecrets(config.dataDir);
  await connectStore(stores.mongoUrl);
  shutdown.add('store connection', async () => (await import('mongoose')).default.disconnect());
  const redis = connect(stores.redisUrl);
  redis.on('error', (error) => log.warn({ err: error.message }, 'Redis is away'));
  shutdown.add('redis connection', () => redis.quit().catch(() => redis.disconnect()));
  const jobs = createProducer(redis, jobPrefix);
  shutdown.add('job queues', () => jobs.close());
  const relay = createRelay({ redis, jobs, log });
  shutdown.add('relay', () => relay.settle());
  return { config, log, clock: systemClock, redis, jobs, relay, blobs: storeBlobs, limits: createLimits(redis), secrets, publicUrl };
}
