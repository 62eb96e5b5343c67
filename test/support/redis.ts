// A real Redis for one test file: a private instance in a folder of its own.
import { startRedis } from '../../embedded/redis';
import { tempFolder } from './temp';

export interface TestRedis {
  /** What REDIS_URL would be: the path of its socket. */
  url: string;
  /** For ioredis: `new Redis(redis.options)`. */
  options: { path: string };
  pid: number;
  /** The data folder, for a test that starts another one on it. */
  dataDir: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const folder = tempFolder('redis');
  try {
    const redis = await startRedis({ dataDir: folder.path });
    const stop = async () => {
      await redis.stop();
      folder.remove();
    };
    return { url: redis.url, options: redis.options, get pid() { return redis.pid; }, dataDir: folder.path, stop };
  } catch (error) {
    folder.remove();
    throw error;
  }
}
