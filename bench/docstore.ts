// The embedded document store: what an operation costs its server beside a ping, how that grows with the data, what an aggregation over
// everything does to others, and what waiting together for the disk is worth.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startDocstore, verifyStore } from '../embedded/docstore';
import { bench, cpuMs, interleaved, median, percentile, rssAnonMb } from './harness';
import type { Bench } from './harness';

const AT_ONCE = 20;
const TEAMS = 200;
type Message = { _id: number; key: string; team: number; at: number; n: number; body: string };
type Messages = mongo.Collection<Message>;
interface Size { store: Awaited<ReturnType<typeof startDocstore>>; c: Messages; db: mongo.Db; count: number }

let seed = 7;
const random = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return Math.floor((seed / 2_147_483_647) * below);
};

async function many(total: number, work: (i: number) => Promise<unknown>, atOnce = AT_ONCE): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < total) await work(next++);
  }));
}

async function filled(run: Bench, dataDir: string, count: number): Promise<Size> {
  const store = await startDocstore({ dataDir });
  const client = await mongo.MongoClient.connect(store.url, { maxPoolSize: 110 });
  run.atEnd(async () => {
    await client.close();
    await store.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const db = client.db('bench');
  const c = db.collection<Message>('c');
  await c.createIndexes([{ key: { key: 1 }, unique: true }, { key: { team: 1, at: -1 } }, { key: { n: 1 } }]);
  const body = 'x'.repeat(300);
  const batches = Math.ceil(count / 1000);
  await many(batches, async (i) => {
    await c.insertMany(Array.from({ length: 1000 }, (_, j) => {
      const id = i * 1000 + j;
      return { _id: id, key: `key-${id}`, team: id % TEAMS, at: id, n: id % 1000, body };
    }), { ordered: false });
    if (i % 20 === 0) run.progress(`loading ${count} documents: ${Math.round((i / batches) * 100)} %`);
  }, 3);
  return { store, c, db, count };
}

/** Microseconds of the server's processor time per operation. */
async function cost({ store }: Size, total: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const before = cpuMs(store.pid);
  await many(total, work);
  return ((cpuMs(store.pid) - before) * 1000) / total;
}

function operations({ c, count }: Size): Record<string, { bar: string; work: (i: number) => Promise<unknown> }> {
  const need = (found: unknown): void => {
    if (!found) throw new Error('a document was not found');
  };
  return {
    get: { bar: '≤ 4', work: async () => need(await c.findOne({ _id: random(count) })) },
    unique: { bar: '≤ 5', work: async () => need(await c.findOne({ key: `key-${random(count)}` })) },
    page20: { bar: '≤ 12', work: async () => need((await c.find({ team: random(TEAMS), at: { $lt: random(count) + count / 4 } }).sort({ at: -1 }).limit(20).toArray()).length) },
    update: { bar: '≤ 12', work: async () => need((await c.updateOne({ _id: random(count) }, { $set: { n: random(1000) }, $inc: { edits: 1 } as never })).matchedCount) },
  };
}

async function costs(run: Bench, size: Size, rounds: number): Promise<Record<string, number>> {
  const out: Record<string, number> = {};
  const total = run.quick ? 1000 : 5000;
  for (const [name, { bar, work }] of Object.entries(operations(size))) {
    const verdict = await interleaved({
      rounds, ours: () => cost(size, total, work), limit: () => cost(size, total, () => size.db.command({ ping: 1 })),
      progress: (text) => run.progress(`${name} at ${size.count}: ${text}`),
    });
    out[name] = verdict.ours;
    const suffix = size.count === sizes(run.quick)[0] ? '' : '_large';
    run.compare({ metric: `${name}_ratio${suffix}`, unit: 'µs', limit: 'ping', bar }, verdict);
  }
  return out;
}

async function duringGroup(run: Bench, size: Size): Promise<void> {
  run.progress('reading while a $group runs');
  const times: number[] = [];
  let running = true;
  let memory = 0;
  const group = size.c.aggregate([{ $group: { _id: '$team', n: { $sum: '$n' }, last: { $max: '$at' } } }]).toArray().finally(() => { running = false; });
  const watch = setInterval(() => { memory = Math.max(memory, rssAnonMb(size.store.pid)); }, 50);
  while (running) {
    const begin = performance.now();
    await size.c.findOne({ _id: random(size.count) });
    times.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  clearInterval(watch);
  const groups = await group;
  if (groups.length !== TEAMS || groups.reduce((sum, one) => sum + (one['n'] as number), 0) <= 0) run.fault('the $group is wrong');
  run.row({ metric: 'point_p99_ms_during_group', value: percentile(times, 0.99), unit: 'ms', bar: '≤ 50' });
  run.row({ metric: 'group_mem_mb', value: memory, unit: 'MiB', bar: '≤ 400' });
}

async function groupCommit(run: Bench, size: Size, rounds: number): Promise<void> {
  const c = size.db.collection<{ _id: string }>('durable');
  const rate = async (total: number, atOnce: number, tag: string): Promise<number> => {
    const begin = performance.now();
    await many(total, (i) => c.insertOne({ _id: `${tag}-${i}` }, { writeConcern: { w: 1, j: true } }), atOnce);
    return (total / (performance.now() - begin)) * 1000;
  };
  const verdict = await interleaved({
    rounds, ours: (round) => rate(run.quick ? 2000 : 5000, 100, `many${round}`), limit: (round) => rate(run.quick ? 200 : 500, 1, `one${round}`),
    progress: (text) => run.progress(`j: true inserts: ${text}`),
  });
  run.compare({ metric: 'group_commit_ratio', unit: '1/s', limit: '1 in flight', bar: '≥ 5' }, verdict);
}

function sizes(quick: boolean): [number, number] {
  return quick ? [10_000, 50_000] : [100_000, 1_000_000];
}

void bench('docstore', async (run) => {
  const base = mkdtempSync(join(tmpdir(), 'bench-docstore-'));
  run.atEnd(() => rmSync(base, { recursive: true, force: true }));
  const rounds = run.quick ? 3 : 5;
  const [few, lots] = sizes(run.quick);
  const small = await filled(run, join(base, 'small'), few);
  const before = await costs(run, small, rounds);
  const large = await filled(run, join(base, 'large'), lots);
  const after = await costs(run, large, rounds);
  run.row({ metric: 'growth_1m', value: median(Object.keys(before).map((name) => after[name]! / before[name]!)), unit: '×', bar: '≤ 1.3' });
  await duringGroup(run, large);
  await groupCommit(run, small, 3);
  const report = await verifyStore({ dataDir: join(base, 'small') });
  if (report.mismatches > 0) run.fault(`the index verifier found ${report.mismatches} mismatches`);
});
