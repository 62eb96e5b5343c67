import type { Redis } from 'ioredis';
import { roomLibrary } from './script';

const kinds = 'trunkline_*';
const usedKey = 'trunkline:libraries';
const unusedSeconds = 3600;
const everyMs = 600_000;

/**
 * Notes that this process uses its library of functions, and deletes those nobody has noted for an hour: what an upgrade left. Should somebody
 * need one after all (a process that slept, or is too old to note anything), its next call finds it missing and loads it again; nothing is
 * lost with it, since a library keeps nothing but what it can read again. Answers the names of those deleted.
 */
export async function tendLibraries(redis: Redis): Promise<string[]> {
  const now = Number((await redis.time())[0]);
  await redis.zadd(usedKey, now, roomLibrary());
  const names = ((await redis.function('LIST', 'LIBRARYNAME', kinds)) as string[][]).map((fields) => fields[fields.indexOf('library_name') + 1] ?? '');
  if (names.length > 0) await redis.zadd(usedKey, 'NX', ...names.flatMap((name) => [now, name]));
  const unused = await redis.zrangebyscore(usedKey, '-inf', now - unusedSeconds);
  for (const name of unused) {
    if (names.includes(name)) await redis.function('DELETE', name).catch((error: unknown) => { if (!String(error).includes('Library not found')) throw error; });
    await redis.zrem(usedKey, name);
  }
  return unused.filter((name) => names.includes(name));
}

/** Does so now and every ten minutes, until stopped. */
export function keepLibraries(redis: Redis, onFault: (error: unknown) => void): () => void {
  const tend = (): void => void tendLibraries(redis).catch(onFault);
  tend();
  const timer = setInterval(tend, everyMs);
  return () => clearInterval(timer);
}
