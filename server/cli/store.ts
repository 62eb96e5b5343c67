import type * as docstore from '../../embedded/docstore';

// Loaded only when there is something to do: a usage line must not wait for the whole server.
const storeIn = async () => {
  const [store, { loadConfig }] = await Promise.all([import('../../embedded/docstore'), import('../kernel')]);
  return { store, dataDir: loadConfig(process.env).dataDir };
};

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
  const to = valueOf(args, '--to');
  if (verb !== 'verify' && !(verb === 'move' && to)) throw new Error('Say: trunkline store verify, or trunkline store move --to MONGO_URL');
  const { store: opened, dataDir } = await storeIn();
  if (verb === 'move' && to) return counts(await opened.moveStore({ dataDir, to, progress: bar }));
  const report = await opened.verifyStore({ dataDir });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return report.mismatches === 0 ? 0 : 1;
}

/** Copies the store to a file while it runs. */
export async function backup([file]: string[]): Promise<number> {
  if (!file) throw new Error('Say: trunkline backup FILE');
  const { store: opened, dataDir } = await storeIn();
  await opened.backupStore({ dataDir, file, progress: (text) => say(String(text)) });
  return 0;
}

/** Replaces everything by a backup. */
export async function restore([file]: string[]): Promise<number> {
  if (!file) throw new Error('Say: trunkline restore FILE');
  const { store: opened, dataDir } = await storeIn();
  return counts(await opened.restoreStore({ dataDir, file, progress: bar }));
}
