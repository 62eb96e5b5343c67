import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { mongo } from 'mongoose';
import { backupStore, restoreStore, startDocstore, verifyStore } from '../../../embedded/docstore';
import { build, codeOf, running, temporaryFolder } from './support';

const main = join(__dirname, '../../../dist/embedded/docstore/main.js');
interface Line { ready: boolean; error?: string }
const started: ChildProcess[] = [];

/** The store's process without the launcher: with a limit on the size of its files in KiB, or as another user. */
async function start(dataDir: string, { limit, uid }: { limit?: number; uid?: number } = {}): Promise<{ child: ChildProcess; line: Line }> {
  const command = `${limit ? `ulimit -f ${limit} && ` : ''}exec "$0" "$1" "$2" "$2/s.sock"`;
  const child = spawn('bash', ['-c', command, process.execPath, main, dataDir], { stdio: ['pipe', 'pipe', 'ignore'], ...(uid === undefined ? {} : { uid }) });
  started.push(child);
  const line = await new Promise<Line>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(JSON.parse(data.toString()) as Line));
    child.once('exit', (code, signal) => resolve({ ready: false, error: `ended with ${code ?? signal}` }));
  });
  return { child, line };
}

const end = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => {
  child.once('exit', resolve);
  child.stdin!.end();
});

/** What the store says about a folder it cannot use. */
async function refusal(dataDir: string, how: { uid?: number } = {}): Promise<string> {
  const { line } = await start(dataDir, how);
  expect(line.ready).toBe(false);
  return line.error!;
}

describe('failures', () => {
  const folder = temporaryFolder();
  beforeAll(build);
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    folder.remove();
  });
  let next = 0;
  const place = (): string => {
    const path = join(folder.path, String(++next));
    mkdirSync(path);
    return path;
  };
  const store = async (path: string): Promise<void> => {
    const at = await startDocstore({ dataDir: path });
    const client = await mongo.MongoClient.connect(at.url);
    await client.db('d').collection('c').insertMany(Array.from({ length: 300 }, (_, n) => ({ n, text: 'x'.repeat(300) })));
    await client.close();
    await at.stop();
  };

  it('a full disk gives an error on the write, reads go on, and nothing acknowledged is lost', async () => {
    const dataDir = place();
    const { child, line } = await start(dataDir, { limit: 2048 });
    expect(line).toMatchObject({ ready: true });
    const client = await mongo.MongoClient.connect(`mongodb://${encodeURIComponent(join(dataDir, 's.sock'))}/?directConnection=true`);
    const c = client.db('d').collection<{ _id: number; k: number; text: string }>('c');
    await c.createIndex({ k: 1 });
    const kept: number[] = [];
    let error: unknown;
    const insert = async (from: number): Promise<void> => {
      for (let i = from; i < 20_000 && error === undefined; i += 10) {
        await c.insertOne({ _id: i, k: i, text: 'x'.repeat(3000) }).then(() => kept.push(i), (refused: unknown) => { error ??= refused; });
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, i) => insert(i)));
    expect(error).toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' });
    expect(await codeOf(c.insertOne({ _id: -1, k: -1, text: 'x'.repeat(100_000) }, { writeConcern: { j: true } }))).toBe(14031);
    expect(await codeOf(c.updateMany({}, { $set: { text: 'y'.repeat(4000) } }))).toBe(14031);
    expect(await c.countDocuments({ text: /^[xy]/ })).toBe(kept.length);
    expect(await c.estimatedDocumentCount()).toBe(kept.length);
    expect((await c.find({ k: { $gte: 0 } }).toArray()).map((one) => one._id).sort((a, b) => a - b)).toEqual(kept.sort((a, b) => a - b));
    await client.close();
    await end(child);
    expect(await verifyStore({ dataDir })).toMatchObject({ documents: kept.length, mismatches: 0 });
    const again = await startDocstore({ dataDir });
    const after = await mongo.MongoClient.connect(again.url);
    await after.db('d').collection('c').insertOne({ k: 1 });
    expect(await after.db('d').collection('c').countDocuments({})).toBe(kept.length + 1);
    await after.close();
    await again.stop();
  });

  it('a folder that cannot be written stops the start with a sentence', async () => {
    const dataDir = place();
    chmodSync(folder.path, 0o755);
    chmodSync(dataDir, 0o555);
    expect(await refusal(dataDir, process.getuid?.() === 0 ? { uid: 65_534 } : {})).toMatch(/^the data folder cannot be written: /);
    writeFileSync(join(folder.path, 'file'), '');
    expect(await refusal(join(folder.path, 'file', 'under'))).toMatch(/^the data folder cannot be written: /);
  });

  it('another disk format, older or newer, is named and not touched', async () => {
    for (const format of ['0', '2']) {
      const dataDir = place();
      await store(dataDir);
      const root = open<Buffer, Buffer>({ path: join(dataDir, 'store.mdb'), noSubdir: true, keyEncoding: 'binary', encoding: 'binary', maxDbs: 4 });
      await root.openDB<Buffer, Buffer>({ name: 'catalog', keyEncoding: 'binary', encoding: 'binary' }).put(Buffer.from('format'), Buffer.from(format));
      await root.close();
      expect(await refusal(dataDir)).toBe(`the store in ${dataDir} has disk format ${format}; this version reads format 1`);
    }
  });

  it('garbage and a file that was cut short are refused with a sentence; an empty file is a new store', async () => {
    const good = place();
    await store(good);
    const bad: [string, (file: string) => void, RegExp][] = [
      ['garbage', (file) => writeFileSync(file, Buffer.alloc(100_000, 'nonsense')), /is not a file of this document store$/],
      ['a few bytes', (file) => writeFileSync(file, 'hello'), /is not a file of this document store$/],
      ['half a store', (file) => {
        copyFileSync(join(good, 'store.mdb'), file);
        truncateSync(file, 40_960);
      }, /has been cut short; put a backup back$/],
    ];
    for (const [, spoil, sentence] of bad) {
      const dataDir = place();
      spoil(join(dataDir, 'store.mdb'));
      writeFileSync(join(dataDir, 'docstore.lock'), 'garbage');
      expect(await refusal(dataDir)).toMatch(sentence);
      await expect(restoreStore({ dataDir: good, file: join(dataDir, 'store.mdb') })).rejects.toThrow(sentence);
    }
    const empty = place();
    writeFileSync(join(empty, 'store.mdb'), '');
    await store(empty);
    expect(await verifyStore({ dataDir: empty })).toMatchObject({ documents: 300, mismatches: 0 });
    await expect(backupStore({ dataDir: empty, file: join(good, 'store.mdb') })).rejects.toThrow(/exists already/);
    await expect(verifyStore({ dataDir: join(folder.path, 'none') })).rejects.toThrow(/there is no store in/);
  });

  it('a folder whose path is too long for a socket is served all the same', async () => {
    const dataDir = join(folder.path, 'long'.repeat(40));
    mkdirSync(dataDir);
    const at = await running({ dataDir });
    await at.db.collection('c').insertOne({ a: 1 });
    expect(await at.db.collection('c').countDocuments({})).toBe(1);
    await at.stop();
    rmSync(dataDir, { recursive: true });
  });
});
