import * as docstore from '../../embedded/docstore';
import { loadConfig } from '../kernel';

const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

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
    const report = await docstore.moveStore({ dataDir, to, progress: (done) => say(`${done.collection}: ${done.copied} of ${done.total}`) });
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return 0;
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

/** Puts a backup back; the server must not be running. */
export async function restore([file]: string[]): Promise<number> {
  if (!file) throw new Error('Say: trunkline restore FILE');
  const { dataDir } = loadConfig(process.env);
  await docstore.restoreStore({ dataDir, file });
  return 0;
}

