// `npm run bench -- routing`: what a match costs, next to BullMQ's own manual getNextJob + moveToCompleted in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type PrivateRedis, startRedis } from '../embedded/redis';
import { type Bench, bench, cpuMsDuring, interleaved, median } from './harness';
import { RawBullmq } from './routing/bullmq';
import { Company } from './routing/company';
import { offerP99 } from './routing/offer-latency';

interface Place { server: PrivateRedis; redis: Redis }

async function place(b: Bench, name: string): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), `tl-bench-${name}-`));
  const server = await startRedis({ dataDir });
  const redis = new Redis({ ...server.options, maxRetriesPerRequest: null });
  b.atEnd(async () => {
    redis.disconnect();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { server, redis };
}

/** Redis CPU in µs per script call while a company plays. */
async function callCost(at: Place, company: Company, turns: number): Promise<number> {
  const before = company.calls;
  const ms = await cpuMsDuring([at.server.pid], () => company.play({ turns, inFlight: 16, arrivals: true }));
  return (ms * 1000) / (company.calls - before);
}

/** Redis CPU in µs per job for BullMQ's get and complete. */
async function jobCost(at: Place, raw: RawBullmq, turns: number): Promise<number> {
  const ms = await cpuMsDuring([at.server.pid], () => raw.play({ turns, inFlight: 16 }));
  return (ms * 1000) / turns;
}

async function companyAt(at: Place, given: { name: string; waiting: number; cover: number }): Promise<Company> {
  const company = new Company(at.redis, given.name);
  await company.load(given);
  await company.play({ turns: 1000, inFlight: 16, arrivals: false });
  return company;
}

void bench('routing', async (b) => {
  const turns = b.quick ? 1500 : 8000;
  const rounds = b.quick ? 3 : 5;
  const ours = await place(b, 'ours');
  const limit = await place(b, 'bullmq');
  b.progress('loading 100,000 waiting items and a BullMQ backlog');
  const deep = await companyAt(ours, { name: 'deep', waiting: 100_000, cover: 10 });
  const [plain, quick] = [new Company(ours.redis, 'plain'), new Company(ours.redis, 'quick')];
  for (const [company, cover] of [[plain, 0], [quick, 10]] as const) await company.load({ waiting: turns * (rounds + 1), cover, autoAccept: true });
  const raw = new RawBullmq(limit.server.options);
  b.atEnd(() => raw.stop());
  await raw.load(turns * (rounds + 1) * 3 + 10_000);

  // BullMQ's queue is a plain one: so is the one beside it. What skills, rings and orders cost is told apart.
  for (const [company, metric, bar] of [[plain, 'matches_per_s', { bar: '≥ 1.5' }], [quick, 'matches_per_s_all_features', {}]] as const) {
    const rate = await interleaved({
      rounds, progress: (text) => b.progress(`${metric}: ${text}`),
      ours: () => company.play({ turns, inFlight: 64, arrivals: false, handOver: true }), limit: () => raw.play({ turns, inFlight: 64 }),
    });
    b.compare({ metric, unit: '1/s', limit: 'bullmq get+complete', ...bar }, rate);
  }
  b.row({ metric: 'matches_with_offer_per_s', value: await deep.play({ turns, inFlight: 64, arrivals: false }), unit: '1/s' });
  const cost = await interleaved({
    rounds, progress: (text) => b.progress(`Redis CPU per call: ${text}`),
    ours: () => callCost(ours, deep, turns), limit: () => jobCost(limit, raw, turns),
  });
  b.compare({ metric: 'redis_us_per_call_100k', unit: 'µs', limit: 'bullmq get+complete, Redis CPU', bar: '≤ 1.2' }, cost);

  const shallow = await companyAt(ours, { name: 'shallow', waiting: 10_000, cover: 10 });
  const depth = await interleaved({
    rounds, progress: (text) => b.progress(`depth: ${text}`),
    ours: () => callCost(ours, deep, turns), limit: () => callCost(ours, shallow, turns),
  });
  b.row({ metric: 'redis_us_per_call_10k', value: depth.limit, unit: 'µs' });
  b.compare({ metric: 'redis_us_per_call_100k_again', unit: 'µs', limit: 'the same at 10,000 waiting', bar: '≤ 1.3' }, depth);
  const wide = await companyAt(ours, { name: 'wide', waiting: 100_000, cover: 50 });
  const width = await interleaved({
    rounds, progress: (text) => b.progress(`covering all 50 sets: ${text}`),
    ours: () => callCost(ours, wide, turns), limit: () => callCost(ours, deep, turns),
  });
  b.compare({ metric: 'redis_us_per_call_cover50', unit: 'µs', limit: 'the same with 10 sets covered', bar: '≤ 2' }, width);
  b.row({ metric: 'rebuild_100k_s', value: median([deep.rebuildSeconds, wide.rebuildSeconds]), unit: 's', bar: '≤ 10' });

  b.progress('500 connected agents, 100 arrivals a second');
  b.row({ metric: 'offer_p99_ms', value: await offerP99(ours.redis, { agents: 500, seconds: b.quick ? 5 : 20, perSecond: 100 }), unit: 'ms', bar: '≤ 50' });
  const companies = [plain, quick, deep, shallow, wide];
  const lost = (await Promise.all(companies.map((c) => c.lost()))).reduce((x, y) => x + Math.abs(y), 0);
  const doubled = companies.reduce((sum, c) => sum + c.doubled, 0);
  b.row({ metric: 'lost', value: lost, unit: '', bar: '= 0' });
  b.row({ metric: 'doubled', value: doubled, unit: '', bar: '= 0' });
  if (lost > 0) b.fault(`${lost} items lost`);
  if (doubled > 0) b.fault(`${doubled} items assigned twice`);
});
