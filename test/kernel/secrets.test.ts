// Two processes that start together on one folder, such as a server and a command: played by two threads that go at the same moment, again and again.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ensureBuilt, projectFolder } from '../support/build';
import { tempFolder } from '../support/temp';

const rounds = 1000;
const starter = `
const { workerData: { gate, folder, lib, rounds }, parentPort } = require('node:worker_threads');
const { loadSecrets } = require(lib);
const here = new Int32Array(gate);
void (async () => {
  const read = [];
  for (let n = 1; n <= rounds; n += 1) {
    Atomics.add(here, 0, 1);
    while (Atomics.load(here, 0) < 2 * n);
    read.push(await loadSecrets(folder + '/' + n).then(({ signing }) => signing, (error) => error.message + n + Math.random()));
  }
  parentPort.postMessage(read);
})();`;

test('whoever starts at the same moment reads one and the same secret, whole, and nothing else is left', async () => {
  await ensureBuilt();
  const folder = tempFolder('secrets');
  const workerData = { gate: new SharedArrayBuffer(4), folder: folder.path, lib: join(projectFolder(), 'dist', 'server', 'kernel', 'secrets.js'), rounds };
  const [one, other] = await Promise.all([1, 2].map(() => new Promise<string[]>((resolve, reject) => new Worker(starter, { eval: true, workerData }).on('message', resolve).on('error', reject))));
  const [first] = readdirSync(folder.path).map((name) => join(folder.path, name));
  expect(one?.length).toBe(rounds);
  expect(other).toEqual(one);
  expect(readdirSync(first ?? '')).toEqual(['secrets.json']);
  expect(statSync(join(first ?? '', 'secrets.json')).mode & 0o777).toBe(0o600);
  folder.remove();
}, 60_000);
