// What remains when the server that started Redis is killed without a word: real processes, real signals.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedis } from '../../../embedded/redis';
import { goneWithin, identityOf, isAlive } from '../../../embedded/redis/identity';
import { ensureBuilt, projectFolder } from '../../support/build';
import { tempFolder } from '../../support/temp';

const folder = tempFolder('killed');
afterAll(() => folder.remove());
beforeAll(() => ensureBuilt(['embedded/redis']));

interface Parent {
  child: ChildProcess;
  redisPid: number;
}

/** A process of its own that starts the private Redis of a folder and prints its number. */
async function startParent(dataDir: string): Promise<Parent> {
  const door = join(projectFolder(), 'dist', 'embedded', 'redis');
  const code = `require(${JSON.stringify(door)}).startRedis({ dataDir: ${JSON.stringify(dataDir)} }).then((r) => console.log(r.pid), (e) => { console.log(e.message); process.exit(1); })`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, redisPid: Number(line.toString()) };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('kill -9 of the server, five times in a row: every write is there at the next start, and one Redis is left', async () => {
  const dataDir = join(folder.path, 'rounds');
  for (let round = 0; round < 5; round++) {
    const { child, redisPid } = await startParent(dataDir);
    const identity = identityOf(redisPid);
    const client = new Redis(join(dataDir, 'redis', 'redis.sock'));
    expect(await client.incr('rounds')).toBe(round + 1);
    await kill(child);
    client.disconnect();
    if (round % 2 === 0) expect(await goneWithin(identity, 5000)).toBe(true);
  }
  const redis = await startRedis({ dataDir });
  const client = new Redis(redis.options);
  expect(await client.get('rounds')).toBe('5');
  client.disconnect();
  await redis.stop();
});

test('a left-over Redis that nobody ended is ended before the next one opens the append-only file', async () => {
  const dataDir = join(folder.path, 'left');
  const { child, redisPid } = await startParent(dataDir);
  const identity = identityOf(redisPid);
  process.kill(redisPid, 'SIGSTOP');
  await kill(child);
  expect(isAlive(identity)).toBe(true);
  setTimeout(() => process.kill(redisPid, 'SIGCONT'), 300);
  const redis = await startRedis({ dataDir });
  expect(isAlive(identity)).toBe(false);
  await redis.stop();
});

test('the record of a process that is gone harms nobody, whoever has its number now', async () => {
  const dataDir = join(folder.path, 'number');
  const first = await startRedis({ dataDir });
  await first.stop();
  writeFileSync(join(dataDir, 'redis', 'redis.process'), `${process.pid} 1`);
  await (await startRedis({ dataDir })).stop();
  expect(isAlive(identityOf(process.pid))).toBe(true);
});

test('a second server process is refused while the first one runs', async () => {
  const dataDir = join(folder.path, 'second');
  const first = await startRedis({ dataDir });
  const { child, redisPid } = await startParent(dataDir);
  expect(redisPid).toBeNaN();
  const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
  expect(code).toBe(1);
  await first.stop();
});
