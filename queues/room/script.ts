import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';

const folder = join(__dirname, 'lua');

/** Puts the parts together in the order of their numbers; `main` replaces the usual last part. */
export function assemble(main?: string): string {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.lua') && !(main && name.startsWith('90-'))).sort().map((name) => join(folder, name));
  return [...parts, ...(main ? [main] : [])].map((file) => readFileSync(file, 'utf8')).join('\n');
}

async function runIdOf(redis: Redis): Promise<string> {
  return /run_id:(\w+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
}

/** Calls a script on a room: key of the room, then arguments. */
export type CallScript = (key: string, args: readonly (string | number)[]) => Promise<unknown>;

/**
 * Binds a script to a Redis server. The text carries the id of the server's run, so a restarted server, whose memory may be up to a second old,
 * knows neither the script nor, once it is loaded again, accepts a room opened under its earlier run: that room is shut until it is rebuilt.
 */
export function bindScript(redis: Redis, body: string): CallScript {
  let sha = '';
  const loadScript = async (): Promise<void> => {
    const text = `local RUN = '${await runIdOf(redis)}'\n${body}`;
    await redis.script('LOAD', text);
    sha = createHash('sha1').update(text).digest('hex');
  };
  return async (key, args) => {
    for (let attempt = 0; ; attempt += 1) {
      if (sha === '' || attempt > 0) await loadScript();
      try {
        return await redis.evalsha(sha, 1, key, ...args);
      } catch (error) {
        if (attempt > 1 || !(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      }
    }
  };
}

let body: string | undefined;
const bound = new WeakMap<Redis, CallScript>();
/** The waiting room's script on this connection; read and loaded once. */
export function roomScript(redis: Redis): CallScript {
  body ??= assemble();
  const known = bound.get(redis) ?? bindScript(redis, body);
  bound.set(redis, known);
  return known;
}
