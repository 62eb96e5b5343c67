import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis } from '../../../embedded/redis';
import type { PrivateRedis } from '../../../embedded/redis';
import { identityOf, isAlive } from '../../../embedded/redis/identity';
import { tempFolder } from '../../support/temp';

const folders: { remove(): void }[] = [];
const running: PrivateRedis[] = [];

function newFolder(purpose: string): string {
  const folder = tempFolder(purpose);
  folders.push(folder);
  return folder.path;
}

async function start(dataDir: string, more: Partial<Parameters<typeof startRedis>[0]> = {}): Promise<PrivateRedis> {
  const redis = await startRedis({ dataDir, ...more });
  running.push(redis);
  return redis;
}

async function withClient<T>(redis: PrivateRedis, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ ...redis.options, retryStrategy: () => 20 });
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((redis) => redis.stop()));
});
afterAll(() => folders.forEach((folder) => folder.remove()));

test('is reached by its socket only, keeps an append-only file and never evicts', async () => {
  const dataDir = newFolder('redis');
  const redis = await start(dataDir);
  await withClient(redis, async (client) => {
    const settings = async (name: string) => ((await client.config('GET', name)) as string[])[1];
    expect(await settings('port')).toBe('0');
    expect(await settings('appendonly')).toBe('yes');
    expect(await settings('appendfsync')).toBe('everysec');
    expect(await settings('save')).toBe('');
    expect(await settings('maxmemory-policy')).toBe('noeviction');
    expect(await settings('dir')).toBe(join(dataDir, 'redis'));
  });
  expect(redis.url).toBe(join(dataDir, 'redis', 'redis.sock'));
  expect(statSync(redis.socketPath).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'redis')).mode & 0o777).toBe(0o700);
  const byUrl = new Redis(redis.url);
  expect(await byUrl.ping()).toBe('PONG');
  byUrl.disconnect();
});

test('keeps what it was told over stop and start', async () => {
  const dataDir = newFolder('keep');
  const first = await start(dataDir);
  await withClient(first, (client) => client.set('a', 'told'));
  await first.stop();
  await first.stop();
  expect(existsSync(first.socketPath)).toBe(false);
  const second = await start(dataDir);
  expect(await withClient(second, (client) => client.get('a'))).toBe('told');
});

test('starts again by itself after kill -9, tells so, and clients go on', async () => {
  const restarts: number[] = [];
  const redis = await start(newFolder('again'), { onRestart: (event) => restarts.push(event.restarts) });
  const firstPid = redis.pid;
  await withClient(redis, async (client) => {
    await client.set('a', '1');
    for (const round of [1, 2]) {
      process.kill(redis.pid, 'SIGKILL');
      while (restarts.length < round) await sleep(10);
    }
    expect(await client.get('a')).toBe('1');
  });
  expect(restarts).toEqual([1, 2]);
  expect(redis.pid).not.toBe(firstPid);
});

test('refuses a second server on one data folder in one sentence, and names the process', async () => {
  const dataDir = newFolder('twice');
  const redis = await start(dataDir);
  await expect(startRedis({ dataDir })).rejects.toThrow(`is in use by another running server (process ${process.pid})`);
  await redis.stop();
  await (await startRedis({ dataDir })).stop();
});

test('takes over the claim of a server that is gone, also when its number was given out again or never written', async () => {
  const dataDir = newFolder('stale');
  mkdirSync(join(dataDir, 'redis'));
  writeFileSync(join(dataDir, 'redis', 'owner.lock'), `${process.pid} 12345`);
  await (await start(dataDir)).stop();
  expect(isAlive(identityOf(process.pid))).toBe(true);
  expect(isAlive(`${process.pid} 12345`)).toBe(false);
  expect(isAlive('')).toBe(false);
});

test('puts the socket elsewhere when the path of the data folder is too long or has a question mark', async () => {
  const long = join(newFolder('long'), 'x'.repeat(90), 'with blank and ? mark');
  const redis = await start(long);
  expect(redis.socketPath.startsWith(long)).toBe(false);
  expect(await withClient(redis, (client) => client.ping())).toBe('PONG');
  await redis.stop();
  expect(existsSync(join(redis.socketPath, '..'))).toBe(false);
});

test('says in one sentence why a folder cannot be used', async () => {
  const dataDir = newFolder('bad');
  writeFileSync(join(dataDir, 'file'), '');
  await expect(startRedis({ dataDir: join(dataDir, 'file') })).rejects.toThrow(/^The data folder .*file cannot be written \(E\w+\)/);
});

test('says what Redis said when it refuses to start, and gives the folder up', async () => {
  const dataDir = newFolder('broken');
  await (await start(dataDir)).stop();
  writeFileSync(join(dataDir, 'redis', 'appendonlydir', 'appendonly.aof.manifest'), 'this is no manifest\n');
  await expect(startRedis({ dataDir })).rejects.toThrow(/^The private Redis did not start in .*; it said: .*manifest/i);
  await expect(startRedis({ dataDir })).rejects.toThrow(/it said/);
});
