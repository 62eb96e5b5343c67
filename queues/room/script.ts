import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { withLocals } from './locals';
import { recordLua, withPlaces } from './record';

const folder = join(__dirname, 'lua');

/** Puts the parts together in the order of their numbers; `main` replaces the usual last part. */
export function assemble(main?: string): string {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.lua') && !(main && name.startsWith('90-'))).sort().map((name) => join(folder, name));
  const texts = [...parts, ...(main ? [main] : [])].map((file) => readFileSync(file, 'utf8'));
  return withLocals(withPlaces([...texts.slice(0, 1), recordLua, ...texts.slice(1)].join('\n')));
}

/** Calls a script on a room: key of the room, then arguments. */
export type CallScript = (key: string, args: readonly (string | number)[]) => Promise<unknown>;

// Libraries are named after their text, so that servers of two releases can share a Redis.
const nameOf = (prefix: string, text: string): string => prefix + createHash('sha1').update(text).digest('hex').slice(0, 16);
const roomPrefix = 'trunkline_room_';

/** Binds a script to a Redis server as a library of functions, which is loaded where it is missing. */
export function bindScript(redis: Redis, { prefix, body }: { prefix: string; body: string }): CallScript {
  const name = nameOf(prefix, body);
  const text = `#!lua name=${name}\nlocal NAME = '${name}'\n${body}`;
  const saying = (error: unknown, words: string): boolean => error instanceof Error && error.message.includes(words);
  return async (key, args) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await redis.fcall(name, 1, key, ...args);
      } catch (error) {
        if (attempt > 1 || !saying(error, 'Function not found')) throw error;
        await redis.function('LOAD', text).catch((failed: unknown) => { if (!saying(failed, 'already exists')) throw failed; });
      }
    }
  };
}

let body: string | undefined;
const bound = new WeakMap<Redis, CallScript>();
/** The name of the waiting room's library. */
export const roomLibrary = (): string => nameOf(roomPrefix, (body ??= assemble()));

/** The waiting room's script on this connection; read and loaded once. */
export function roomScript(redis: Redis): CallScript {
  body ??= assemble();
  const known = bound.get(redis) ?? bindScript(redis, { prefix: roomPrefix, body });
  bound.set(redis, known);
  return known;
}
