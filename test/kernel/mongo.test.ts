// Starting beside a store whose connections break: its indexes are made all the same, and what will never work is told at once.
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import mongoose, { model } from 'mongoose';
import { startDocstore, type Docstore } from '../../embedded/docstore';
import { connectStore, houseSchema } from '../../server/kernel';
import { ensureBuilt } from '../support/build';
import { tempFolder } from '../support/temp';

const Shelves = model<{ _id: string; companyId: string; label: string }>('Shelf', houseSchema<{ _id: string; companyId: string; label: string }>({ label: String }, { collection: 'shelves' }).index({ companyId: 1, label: 1 }, { unique: true }));

let store: Docstore;
let line: Server;
const folder = tempFolder('line');
beforeAll(async () => {
  await ensureBuilt(['embedded/docstore']);
  store = await startDocstore({ dataDir: folder.path });
});
afterEach(async () => {
  await mongoose.disconnect();
  await new Promise((closed) => line.close(closed));
});
afterAll(async () => {
  await store.stop();
  folder.remove();
});

/** A way to the store that breaks so many times when something with these bytes goes through. */
async function brittle(bytes: string, times: number): Promise<{ url: string; broken: () => number }> {
  const path = join(folder.path, 'line.sock');
  let broken = 0;
  line = createServer((near) => {
    const far = connect(store.socket);
    for (const [one, other] of [[near, far], [far, near]] as const) one.on('error', () => other.destroy()).on('close', () => other.destroy());
    far.pipe(near);
    near.on('data', (data) => {
      if (broken < times && data.includes(bytes)) {
        broken += 1;
        near.destroy();
        far.destroy();
      } else far.write(data);
    });
  });
  await new Promise<void>((listening) => line.listen(path, listening));
  return { url: store.url.replace(encodeURIComponent(store.socket), encodeURIComponent(path)), broken: () => broken };
}

test('a connection that breaks while indexes are made costs no start', async () => {
  const { url, broken } = await brittle('shelves', 3);
  await connectStore(url);
  expect(broken()).toBe(3);
  expect((await Shelves.collection.indexes()).map((index) => index.key)).toContainEqual({ companyId: 1, label: 1 });
});

test('one that breaks every time is told within the patience of a start', async () => {
  const { url } = await brittle('shelves', Infinity);
  await expect(connectStore(url, { patienceMs: 1000 })).rejects.toThrow(/store.*again/i);
});
