// The private Redis of one data folder: claimed, started, started again when it dies, stopped.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claim } from './claim';
import { findServer } from './find-server';
import { endLeftOver, launchServer } from './server-process';
import type { Launch, ServerProcess } from './server-process';
import { placeSocket } from './socket-place';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;
const STEADY_MS = 30_000;

export interface PrivateRedisSettings {
  /** The server's data folder; Redis keeps its append-only file in `redis` below it. Made when missing. */
  dataDir: string;
  /** Gets every line Redis prints and every line about starting it again. */
  log?: (line: string) => void;
  /** Called after an unexpected death, when Redis takes commands again; `restarts` counts from 1. */
  onRestart?: (event: { restarts: number; code: number | null; signal: NodeJS.Signals | null }) => void;
}

export interface PrivateRedis {
  /** The socket's path, a form ioredis takes as its URL and other processes as their REDIS_URL. */
  readonly url: string;
  /** Absolute path of the unix socket (mode 0600). */
  readonly socketPath: string;
  /** Connection options for ioredis, to be spread into one's own. */
  readonly options: { path: string };
  /** Process number of the running redis-server; changes when it had to be started again. */
  readonly pid: number;
  /** Stops it, its append-only file complete, and gives the folder up. May be called twice. */
  stop(): Promise<void>;
}

/** A folder only its owner may read, made when missing; one sentence when that is not possible. */
function makeFolder(dataDir: string): string {
  const folder = join(resolve(dataDir), 'redis');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(`The data folder ${resolve(dataDir)} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): give this user the right to, or set DATA_DIR to another folder.`);
  }
  return folder;
}

/** Keeps one process running until `stop`, with a growing pause between attempts. */
class Keeper {
  private stopping = false;
  private restarts = 0;
  private pause = FIRST_PAUSE_MS;
  private readonly wake = new AbortController();
  private watching: Promise<void>;

  constructor(private current: ServerProcess, private readonly launch: Launch, private readonly settings: PrivateRedisSettings) {
    this.watching = this.watch();
  }

  get pid(): number {
    return this.current.pid;
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      const since = Date.now();
      const end = await this.current.exited;
      if (this.stopping) return;
      if (Date.now() - since > STEADY_MS) this.pause = FIRST_PAUSE_MS;
      this.launch.log(`redis-server ended unexpectedly (${end.signal ?? `code ${end.code}`}), starting it again`);
      if (!(await this.startAgain())) return;
      this.restarts += 1;
      this.settings.onRestart?.({ restarts: this.restarts, ...end });
    }
  }

  private async startAgain(): Promise<boolean> {
    while (!this.stopping) {
      await sleep(this.pause, undefined, { signal: this.wake.signal }).catch(() => undefined);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
      if (this.stopping) return false;
      try {
        this.current = await launchServer(this.launch);
        return true;
      } catch (error) {
        this.launch.log((error as Error).message);
      }
    }
    return false;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.abort();
    await this.current.stop();
    await this.watching;
    await this.current.stop();
  }
}

export async function startPrivateRedis(settings: PrivateRedisSettings): Promise<PrivateRedis> {
  const program = findServer();
  const folder = makeFolder(settings.dataDir);
  const release = claim(join(folder, 'owner.lock'), resolve(settings.dataDir));
  const place = placeSocket(folder);
  const launch: Launch = { program, folder, socketPath: place.path, log: settings.log ?? (() => undefined) };
  const giveUp = () => {
    place.remove();
    release();
  };
  try {
    await endLeftOver(folder);
    const keeper = new Keeper(await launchServer(launch), launch, settings);
    let stopped: Promise<void> | null = null;
    const stop = () => (stopped ??= keeper.stop().finally(giveUp));
    return { url: place.path, socketPath: place.path, options: { path: place.path }, get pid() { return keeper.pid; }, stop };
  } catch (error) {
    giveUp();
    throw error;
  }
}
