// Where the redis-server program is: on PATH, or where the set-up script put it.
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder with package.json, seen from the sources and from dist alike. */
function projectFolder(): string {
  let folder = __dirname;
  while (!isFile(join(folder, 'package-lock.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isFile(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}

/** Full path of a redis-server program; throws one sentence when there is none. */
export function findServer(path = process.env['PATH'] ?? ''): string {
  const candidates = [...path.split(delimiter).filter(Boolean), join(projectFolder(), '.cache', 'redis', 'bin')];
  const found = candidates.map((folder) => join(folder, 'redis-server')).find(isProgram);
  if (found) return found;
  throw new Error('No redis-server program was found: run `npm start`, which fetches one, or set REDIS_URL to a Redis that is already running.');
}
