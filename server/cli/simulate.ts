import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startRedis } from '../../embedded/redis';
import { simulatedChanges, simulatedLoad, type SimulatedChanges, type SimulatedFigures, type SimulationResult } from '../../protocol';
import { comparePlans, connect, planOf, distanceOf, simulateVectors, type Plan, type VectorRow } from '../../queues';
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
    const described = await checkedJson(load, simulatedLoad);
    return onPrivateRedis(1, async (redises) => show(await compare(redises, { plan: planOf(described), changes: described.changes, args }), args));
  }
  if (!day) throw new Error(usage);
  if (!z.iso.date().safeParse(day).success) throw new Error(`--day is a day like 2026-03-02, not "${day}"`);
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
    onCase: (done) => done.forEach((row) => process.stderr.write(`${row.case} ${row.measure}: exact ${row.exact ?? 'not given'}, estimate ${row.estimate} ± ${row.half95}\n`)),
  });
  process.stderr.write(`${summaryOf(rows)}\n`);
  if (!jsonFile) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
}

/** How the comparisons went, by the rule that one in ten may miss its interval, none by more than one further half width. */
function summaryOf(rows: readonly VectorRow[]): string {
  const off = rows.flatMap((row) => distanceOf(row) ?? []);
  const outside = off.filter((each) => each > 1);
  const wide = rows.filter((row) => row.within === undefined && row.half95 > Math.max(0.01, 0.02 * Math.abs(row.estimate)));
  return [
    `${off.length} comparisons, ${outside.length} outside the interval`,
    ...(outside.length > 0 ? [`the farthest by ${(Math.max(...outside) - 1).toFixed(2)} of a half width`] : []),
    ...(rows.length > off.length ? [`${rows.length - off.length} without a value to compare with`] : []),
    ...(wide.length > 0 ? [`still wider than 2 % or 0.01: ${wide.map((row) => `${row.case} ${row.measure}`).join(', ')}`] : []),
  ].join('; ');
}

async function compare([redis]: Redises, { plan, changes, args }: { plan: Plan; changes: SimulatedChanges | undefined; args: string[] }): Promise<SimulationResult> {
  const file = valueOf(args, '--changes');
  const wanted = file ? await checkedJson(file, simulatedChanges) : changes ?? simulatedChanges.parse({});
  if (!redis) throw new Error('no Redis');
  return comparePlans(redis, plan, {
    changes: wanted, runs: numberOf(args, { name: '--runs', least: 1, otherwise: 10 }), seed: numberOf(args, { name: '--seed', least: 0, otherwise: 1 }),
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

function numberOf(args: string[], { name, least, otherwise }: { name: string; least: number; otherwise: number }): number {
  const given = valueOf(args, name);
  const number = given === undefined ? otherwise : Number(given);
  if (!Number.isInteger(number) || number < least || number > 1_000_000) throw new Error(`${name} is a whole number from ${least} to 1000000, not "${given}"`);
  return number;
}

/** A JSON file of a known shape; what is wrong with it is said line by line. */
async function checkedJson<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => { throw new Error(`${file} cannot be read: ${error.code ?? error.message}`); });
  let json: unknown;
  try { json = JSON.parse(text); } catch (error) { throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`); }
  const found = shape.safeParse(json);
  if (!found.success) throw new Error(`${file} cannot be used:\n${z.prettifyError(found.error)}`);
  return found.data;
}
