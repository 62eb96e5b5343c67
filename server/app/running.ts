import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stores } from './stores';

interface Running extends Stores {
  pid: number;
}

const fileIn = (dataDir: string): string => join(dataDir, 'running.json');

/** Notes where the stores of a running server are, for commands on the same machine; readable by its owner only. */
export async function noteRunning(dataDir: string, stores: Stores): Promise<void> {
  await writeFile(fileIn(dataDir), JSON.stringify({ pid: process.pid, ...stores }), { mode: 0o600 });
}

export const forgetRunning = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });

/** The stores of the server that runs on this data folder; null when none does. */
export async function runningStores(dataDir: string): Promise<Stores | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const running = JSON.parse(text) as Running;
  return lives(running.pid) ? { redisUrl: running.redisUrl, mongoUrl: running.mongoUrl } : null;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
