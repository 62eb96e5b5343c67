import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { problem } from './problem';

/** Named limits shared by all nodes. */
export interface Limits {
  /** Counts one use of `key`; throws too-many-requests beyond `points` per `seconds`. */
  take(name: string, key: string, allowance: Allowance): Promise<void>;
  /** Forgets what was counted, after a success. */
  forget(name: string, key: string, allowance: Allowance): Promise<void>;
}

/** So many uses in so many seconds. */
export interface Allowance {
  points: number;
  seconds: number;
}

/** Limits counted in Redis. */
export function createLimits(redis: Redis): Limits {
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = (name: string, { points, seconds }: Allowance) => {
    const found = limiters.get(name) ?? new RateLimiterRedis({ storeClient: redis, keyPrefix: `limit:${name}`, points, duration: seconds });
    limiters.set(name, found);
    return found;
  };
  return {
    async take(name, key, allowance) {
      await limiterOf(name, allowance).consume(key).catch((refused: unknown) => {
        if (refused instanceof Error) throw refused;
        const wait = typeof refused === 'object' && refused !== null && 'msBeforeNext' in refused ? Number(refused.msBeforeNext) : 1000;
        throw problem('too-many-requests', { seconds: Math.ceil(wait / 1000) });
      });
    },
    async forget(name, key, allowance) {
      await limiterOf(name, allowance).delete(key);
    },
  };
}
