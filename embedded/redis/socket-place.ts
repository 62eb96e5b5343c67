// Where the socket goes: into the data folder, or, when its path would be too long for the system, into a private temporary folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LONGEST = 100;

export interface SocketPlace {
  path: string;
  remove(): void;
}

/** A path ioredis takes as a URL: short enough, and without a question mark, which would begin options. */
function usable(path: string): boolean {
  return Buffer.byteLength(path) <= LONGEST && !path.includes('?');
}

export function placeSocket(folder: string): SocketPlace {
  const inFolder = join(folder, 'redis.sock');
  if (usable(inFolder)) return { path: inFolder, remove: () => rmSync(inFolder, { force: true }) };
  const parent = [tmpdir(), '/tmp'].find((place) => usable(join(place, 'trunkline-XXXXXX', 'redis.sock'))) ?? '/tmp';
  const own = mkdtempSync(join(parent, 'trunkline-'));
  return { path: join(own, 'redis.sock'), remove: () => rmSync(own, { recursive: true, force: true }) };
}
