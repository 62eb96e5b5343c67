import { startDocstore } from '../../embedded/docstore';
import { startRedis } from '../../embedded/redis';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../queues';
import type { Config, Log, Shutdown } from '../kernel';

// As long as Redis may need to come up beside us.
const REACH_MS = 8000;

/** Where the stores of this process are. */
export interface Stores {
  redisUrl: string;
  mongoUrl: string;
}

/** The stores that are configured, or our own on this machine, started first and ended last. */
export async function openStores(config: Config, log: Log, shutdown: Shutdown): Promise<Stores> {
  const [redisUrl, mongoUrl] = await Promise.all([config.redisUrl === undefined ? ownRedis(config, log, shutdown) : reached(config.redisUrl), config.mongoUrl ?? ownDocstore(config, log, shutdown)]);
  return { redisUrl, mongoUrl };
}

/** The address of somebody else's Redis once it answers; one sentence when it does not. */
async function reached(url: string): Promise<string> {
  const redis = connect(url);
  let reason = 'no answer';
  redis.on('error', (error: Error & { code?: string }) => { reason = error.code ?? error.message; });
  const answer = await Promise.race([redis.ping().catch(() => null), sleep(REACH_MS, null, { ref: false })]);
  redis.disconnect();
  if (answer === null) throw new Error(`Redis of REDIS_URL cannot be reached (${reason}): start it, correct REDIS_URL, or leave it out to have a private one`);
  return url;
}

async function ownRedis(config: Config, log: Log, shutdown: Shutdown): Promise<string> {
  const redis = await startRedis({ dataDir: config.dataDir, onRestart: (event) => log.error(event, 'the private Redis died and was started again') });
  shutdown.add('redis', () => redis.stop());
  return redis.url;
}

async function ownDocstore(config: Config, log: Log, shutdown: Shutdown): Promise<string> {
  const store = await startDocstore({
    dataDir: config.dataDir, log: (line: string) => log.warn({ line }, 'the document store complains'), onRestart: (reason) => log.error({ reason }, 'the document store died and was started again'),
  });
  shutdown.add('document store', () => store.stop());
  return store.url;
}
