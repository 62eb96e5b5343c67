import type { Redis } from 'ioredis';
import type { Log } from '../kernel';

const unawaited = ['publish', 'subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'] as const;

/** A connection for Socket.IO's adapter, which waits for none of its commands: one that fails, because Redis is away for long or the process ends, is noted and ends nothing. */
export function quietly(redis: Redis, log: Log): Redis {
  for (const name of unawaited) {
    const command = redis[name].bind(redis) as (...given: unknown[]) => Promise<unknown>;
    Object.assign(redis, { [name]: (...given: unknown[]) => command(...given).catch((error: unknown) => log.debug({ err: error, command: name }, 'other nodes were not told')) });
  }
  return redis;
}
