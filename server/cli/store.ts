import * as docstore from '../../embedded/docstore';
import { loadConfig } from '../kernel';

const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A bar that is written over on a terminal; elsewhere a line when a collection is done. */
function bar({ collection, copied, total }: docstore.CopyProgress): void {
  const share = total === 0 ? 1 : Math.min(1, copied / total);
  const text = `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')} ${Math.floor(share * 100)} % ${collection}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}${share === 1 ? '\n' : ''}`);
  else if (share === 1) say(text);
}

/** Both counts of every collection; 1 when some differ. */
function counts(report: docstore.Copied[]): number {
  for (const { collection, total, target } of report) say(`${collection}: ${total} here, ${target} there${total === target ? '' : ' — NOT EQUAL'}`);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return report.every(({ total, target }) => total === target) ? 0 : 1;
}

/** Checks the embedded store's indexes against its documents, or copies everything to a real MongoDB. */
export async function store([verb, ...args]: string[]): Promise<number> {
  const { dataDir } = loadConfig(process.env);
  if (verb === 'verify') {
    const report = await docstore.verifyStore({ dataDir });
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.mismatches === 0 ? 0 : 1;
  }
  const to = valueOf(args, '--to');
  if (verb === 'move' && to) {
    return counts(await docstore.moveStore({ dataDir, to, progress: bar }));
  }
  throw new Error('Say: trunkline store verify, or trunkline store move --to MONGO_URL');
}

/** Copies the store to a file while it runs. */
export async function backup([file]: string[]): Promise<number> {
  if (!file) throw new Error('Say: trunkline backup FILE');
  const { dataDir } = loadConfig(process.env);
  await docstore.backupStore({ dataDir, file, progress: (text) => say(String(text)) });
  return 0;
}

/** Replaces everything by a backup. */
export async function restore([file]: string[]): Promise<number> {
  if (!file) throw new Error('Say: trunkline restore FILE');
  const { dataDir } = loadConfig(process.env);
  return counts(await docstore.restoreStore({ dataDir, file, progress: bar }));
}

