import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, cpus } from 'node:os';
import { join } from 'node:path';
import { startRedis, type PrivateRedis } from '../../embedded/redis';
import { connect, simulateVectors } from '../../queues';

const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** Compares the real routing script under a virtual clock with a file of exact values, on private Redis servers, one a core. */
export async function simulate(args: string[]): Promise<number> {
  const file = valueOf(args, '--vectors');
  if (!file) throw new Error('Say: trunkline simulate --vectors FILE [--json FILE] [--only C1,S3]');
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-simulate-'));
  const servers = await Promise.all(cpus().slice(0, 4).map((_core, index) => startRedis({ dataDir: join(folder, String(index)) })));
  try {
    await simulateOn(servers, file, args);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function simulateOn(servers: PrivateRedis[], file: string, args: string[]): Promise<void> {
  const redises = servers.map((server) => connect(server.url));
  const jsonFile = valueOf(args, '--json');
  const only = valueOf(args, '--only')?.split(',');
  const rows = await simulateVectors(file, {
    redises, ...(jsonFile ? { jsonFile } : {}), ...(only ? { only } : {}),
    onCase: (done) => done.forEach((row) => process.stderr.write(`${row.case} ${row.measure}: exact ${row.exact}, estimate ${row.estimate} ± ${row.half95}\n`)),
  });
  if (!jsonFile) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
  redises.forEach((redis) => redis.disconnect());
}
