import { readFile, writeFile } from 'node:fs/promises';
import { simulateVectors } from '../../queues/simulate/vectors';

const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** Compares the real routing script under a virtual clock with a file of exact values. */
export async function simulate(args: string[]): Promise<number> {
  const file = valueOf(args, '--vectors');
  if (!file) throw new Error('Say: trunkline simulate --vectors FILE [--json FILE]');
  const rows = await simulateVectors(JSON.parse(await readFile(file, 'utf8')), { progress: (text: string) => process.stderr.write(`${text}\n`) });
  const json = valueOf(args, '--json');
  if (json) await writeFile(json, JSON.stringify(rows, null, 1));
  else process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
  return 0;
}
