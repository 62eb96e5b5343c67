import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findServer } from '../../../embedded/redis/find-server';

/** A Redis of our own on a unix socket; `kill` is a SIGKILL, `start` brings it back with what its log holds. */
export class PrivateRedis {
  readonly folder = mkdtempSync(join(tmpdir(), 'tl-queues-'));
  readonly socket = join(this.folder, 'redis.sock');
  private child: ChildProcess | null = null;
  private readonly clients: Redis[] = [];
  constructor(private readonly extra: readonly string[] = ['--appendonly', 'no']) {}

  async start(): Promise<this> {
    const command = findServer();
    const env = { ...process.env, LD_LIBRARY_PATH: `${join(dirname(dirname(command)), 'lib')}:${process.env['LD_LIBRARY_PATH'] ?? ''}` };
    rmSync(this.socket, { force: true });
    this.child = spawn(command, ['--port', '0', '--unixsocket', this.socket, '--save', '', '--dir', this.folder, ...this.extra], { stdio: 'ignore', env });
    for (let i = 0; i < 400 && !existsSync(this.socket); i += 1) await wait(10);
    return this;
  }
  client(): Redis {
    const redis = new Redis({ path: this.socket, maxRetriesPerRequest: null, retryStrategy: () => 20 });
    redis.on('error', () => undefined);
    this.clients.push(redis);
    return redis;
  }
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    this.child = null;
  }
  async stop(): Promise<void> {
    for (const client of this.clients) client.disconnect();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Starts one. */
export function startPrivateRedis(extra?: readonly string[]): Promise<PrivateRedis> {
  return new PrivateRedis(extra).start();
}
