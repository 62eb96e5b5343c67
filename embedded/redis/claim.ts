// A data folder has one owner at a time. The claim is a file that names the owning server; that of a dead owner is taken over.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { identityOf, isAlive, pidOf } from './identity';

const UNFINISHED_MS = 3000;

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isHeld(file: string, owner: string): boolean {
  if (owner !== '') return isAlive(owner);
  return Date.now() - statSync(file).mtimeMs < UNFINISHED_MS;
}

function write(file: string): boolean {
  try {
    writeFileSync(file, identityOf(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Claims a folder for this process by its lock file; throws one sentence when a running server has it. Answers how to give it up. */
export function claim(file: string, folder: string): () => void {
  while (!write(file)) {
    const owner = read(file);
    if (owner === null) continue;
    if (isHeld(file, owner)) {
      const who = owner === '' ? '' : ` (process ${pidOf(owner)})`;
      throw new Error(`The data folder ${folder} is in use by another running server${who}: stop that one first, or set DATA_DIR to another folder.`);
    }
    renameSync(file, `${file}.stale`);
    if (read(`${file}.stale`) !== owner) renameSync(`${file}.stale`, file);
  }
  rmSync(`${file}.stale`, { force: true });
  return () => {
    if (read(file) === identityOf(process.pid)) rmSync(file, { force: true });
  };
}
