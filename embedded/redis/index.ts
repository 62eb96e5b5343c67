/**
 * A private redis-server for machines without one: found, started, watched and stopped by us, never one that happens to listen on 6379.
 * Setting REDIS_URL replaces it. Imports nothing of Trunkline.
 */
import { startPrivateRedis } from './private-redis';
import type { PrivateRedis, PrivateRedisSettings } from './private-redis';

/** What `startRedis` needs: the data folder, and who is told what happens. */
export type { PrivateRedisSettings } from './private-redis';

/** A running private Redis: how to reach it and how to stop it. */
export type { PrivateRedis } from './private-redis';

/**
 * Starts the private Redis of a data folder and answers when it takes commands. A Redis left over by a server that was killed is ended first,
 * with everything it had accepted written to its append-only file. Errors are one sentence for people: no program, the folder belongs to a
 * running server, or what Redis said when it refused to start.
 */
export function startRedis(settings: PrivateRedisSettings): Promise<PrivateRedis> {
  return startPrivateRedis(settings);
}
