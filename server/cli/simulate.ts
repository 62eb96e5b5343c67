import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, cpus } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../../embedded/redis';
import { simulatedChanges, simulatedLoad, type SimulatedChanges, type SimulatedFigures, type SimulationResult } from '../../protocol';
import { comparePlans, connect, planOf, simulateVectors, type Plan } from '../../queues';
import { companyIds } from '../access';
import { contextOf } from '../kernel';
import { planOfDay } from '../supervision';
import { onEnding } from './endings';
import { withServices } from './with-services';

type Redises = ReturnType<typeof connect>[];
const usage = `Say one of:
  trunkline simulate --vectors FILE [--json FILE] [--only C1,S3]
  trunkline simulate --load FILE [--changes FILE] [--runs 10] [--seed 1] [--json FILE]
  trunkline simulate --day YYYY-MM-DD [--changes FILE] [--runs 10] [--seed 1] [--json FILE]`;

const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** Drives the real routing script under a virtual clock, on private Redis servers: against exact values, a described load, or a day's arrivals. */
export async function simulate(args: string[]): Promise<number> {
  const [vectors, load, day] = ['--vectors', '--load', '--day'].map((name) => valueOf(args, name));
  if (vectors) return onPrivateRedis(cpus().length, (redises) => compareVectors(redises, vectors, args));
  if (load) {
    const described = simulatedLoad.parse(await jsonOf(load));
    return onPrivateRedis(1, async (redises) => show(await compare(redises, { plan: planOf(described), changes: described.changes, args }), args));
  }
  if (!day) throw new Error(usage);
  const plan = await withServices(async (services) => planOfDay(contextOf(services, (await companyIds())[0] ?? ''), day));
  if (!plan) throw new Error(`Nothing arrived on ${day}`);
  return onPrivateRedis(1, async (redises) => show(await compare(redises, { plan, changes: undefined, args }), args));
}

async function onPrivateRedis(count: number, work: (redises: Redises) => Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-simulate-'));
  const starting = Array.from({ length: Math.min(count, 4) }, (_, index) => startRedis({ dataDir: join(folder, String(index)) }));
  const redises: Redises = [];
  const end = async (): Promise<void> => {
    redises.forEach((redis) => redis.disconnect());
    for (const server of await Promise.allSettled(starting)) if (server.status === 'fulfilled') await server.value.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const forget = onEnding((code) => void end().then(() => process.exit(code)));
  try {
    for (const server of await Promise.all(starting)) redises.push(connect(server.url));
    // Nothing here is worth keeping, and writing it down costs as much as the simulation.
    await Promise.all(redises.map((redis) => redis.config('SET', 'appendonly', 'no')));
    await work(redises);
  } finally {
    await end();
    forget();
  }
  return 0;
}

async function compareVectors(redises: Redises, file: string, args: string[]): Promise<void> {
  const jsonFile = valueOf(args, '--json');
  const only = valueOf(args, '--only')?.split(',');
  const rows = await simulateVectors(file, {
    redises, ...(jsonFile ? { jsonFile } : {}), ...(only ? { only } : {}),
    onCase: (done) => done.forEach((row) => process.stderr.write(`${row.case} ${row.measure}: exact ${row.exact}, estimate ${row.estimate} ± ${row.half95}\n`)),
  });
  if (!jsonFile) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
}

async function compare([redis]: Redises, { plan, changes, args }: { plan: Plan; changes: SimulatedChanges | undefined; args: string[] }): Promise<SimulationResult> {
  const file = valueOf(args, '--changes');
  const wanted = file ? simulatedChanges.parse(await jsonOf(file)) : changes ?? simulatedChanges.parse({});
  if (!redis) throw new Error('no Redis');
  return comparePlans(redis, plan, {
    changes: wanted, runs: Number(valueOf(args, '--runs') ?? 10), seed: Number(valueOf(args, '--seed') ?? 1),
    onProgress: (share) => { if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %${share === 1 ? '\n' : ''}`); },
  });
}

async function show(result: SimulationResult, args: string[]): Promise<void> {
  const jsonFile = valueOf(args, '--json');
  if (jsonFile) await writeFile(jsonFile, `${JSON.stringify(result, null, 2)}\n`);
  const rows = result.before.flatMap((before, i) => [lineOf(before, 'before'), ...(result.after[i] ? [lineOf(result.after[i], 'after')] : [])]);
  process.stdout.write(`${[`${'queue'.padEnd(20)} ${''.padEnd(6)} arrived  service level  ASA        abandoned  occupancy  longest`, ...rows].join('\n')}\n`);
}

function lineOf(row: SimulatedFigures, when: string): string {
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const cells = [row.arrived.toFixed(0).padEnd(7), `${percent(row.serviceLevel)} ± ${(row.serviceLevelHalf95 * 100).toFixed(1)}`.padEnd(13), `${row.asaSeconds.toFixed(1)} s`.padEnd(9), percent(row.abandonment).padEnd(9), percent(row.occupancy).padEnd(9), `${row.longestSeconds.toFixed(0)} s`];
  return `${(row.name || 'all queues').padEnd(20)} ${when.padEnd(6)} ${cells.join('  ')}`;
}

async function jsonOf(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
