import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDocstore } from '../../../embedded/docstore';
import { build, temporaryFolder } from './support';

const door = join(__dirname, '../../../dist/embedded/docstore');

/** A program that ends in good order when asked: one more write, then its store. It prints what it sees, line by line. */
const program = `
  const { startDocstore } = require(${JSON.stringify(door)});
  const { mongo } = require('mongoose');
  startDocstore({ dataDir: process.argv[1], onRestart: () => console.log('restarted') }).then(async (store) => {
    const client = await mongo.MongoClient.connect(store.url);
    let ending = false;
    process.on('SIGTERM', async () => {
      if (ending) return;
      ending = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await client.db('d').collection('c').insertOne({ last: true });
      console.log('written');
      await client.close();
      await store.stop();
      process.exit(0);
    });
    console.log('pid ' + store.pid);
  });`;

function gone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

describe('the process of the store', () => {
  beforeAll(build);

  it('is not reached by a signal to the group of whoever started it, and ends with it', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ['-e', program, folder.path], { detached: true, cwd: join(__dirname, '../../..'), stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (data: Buffer) => { text += data.toString(); });
    while (!text.includes('pid ')) await pause(20);
    const pid = Number(/pid (\d+)/.exec(text)![1]);
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    process.kill(-child.pid!, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(text.split('\n').slice(1)).toEqual(['written', '']);
    expect(gone(pid)).toBe(true);
    folder.remove();
  });

  it('is stopped for good, however a stop and a restart meet', async () => {
    const folder = temporaryFolder();
    for (const wait of [0, 5, 30, 80, 150, 250]) {
      const pids: number[] = [];
      const store = await startDocstore({ dataDir: folder.path, onRestart: () => pids.push(store.pid) });
      pids.push(store.pid);
      process.kill(store.pid, 'SIGKILL');
      await pause(wait);
      pids.push(store.pid);
      await store.stop();
      pids.push(store.pid);
      await pause(50);
      expect([...pids, store.pid].filter((pid) => !gone(pid))).toEqual([]);
    }
    folder.remove();
  });
});
