import { startDocstore } from '../../embedded/docstore';
import { startRedis } from '../../embedded/redis';
import type { Config, Log, Shutdown } from '../kernel';

/** Where the stores of this process are. */
export interface Stores {
  redisUrl: string;
  mongoUrl: string;
}

/** The stores that are configured, or our own on this machine, started first and ended last. */
export async function openStores(config: Config, log: Log, shutdown: Shutdown): Promise<Stores> {
  const [redisUrl, mongoUrl] = await Promise.all([config.redisUrl ?? ownRedis(config, log, shutdown), config.mongoUrl ?? ownDocstore(config, log, shutdown)]);
  return { redisUrl, mongoUrl };
}

async function ownRedis(config: Config, log: Log, shutdown: Shutdown): Promise<string> {
  const redis = await startRedis({ dataDir: config.dataDir, onRestart: (event) => log.error(event, 'the private Redis died and was started again') });
  shutdown.add('redis', () => redis.stop());
  return redis.url;
}

async function ownDocstore(config: Config, log: Log, shutdown: Shutdown): Promise<string> {
  const store = await startDocstore({ dataDir: config.dataDir, log: (line: string) => log.debug({ line }, 'document store') });
  shutdown.add('document store', () => store.stop());
  return store.url;
}
