const audiences = ['internal', 'partners', 'customers', 'public'] as const;
const confidences = ['draft', 'not-validated', 'validated'] as const;
const usage = `Say: trunkline knowledge search DOCS
     trunkline knowledge classify --train FILE
     trunkline knowledge import FOLDER [--audience ${audiences.join('|')}] [--confidence ${confidences.join('|')}] [--locale TAG]
     trunkline knowledge export FILE.zip`;
const isOneOf = <T extends string>(all: readonly T[], value: string): value is T => all.some((each) => each === value);
const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

// Loaded only when there is something to do: a usage line must not wait for the whole server.
async function bringIn(folder: string, args: string[]): Promise<number> {
  const [{ theCompany }, { contextOf, system }, { withServices }, { importFolder }] = await Promise.all([import('../access'), import('../kernel'), import('./with-services'), import('../knowledge')]);
  const audience = valueOf(args, '--audience') ?? 'internal';
  const confidence = valueOf(args, '--confidence') ?? 'draft';
  if (!isOneOf(audiences, audience) || !isOneOf(confidences, confidence)) throw new Error(usage);
  const row = await withServices(async (services) => importFolder(contextOf(services, (await theCompany(services))._id), system('command line'), { folder, audience, confidence, locale: valueOf(args, '--locale') ?? 'en', progress: bar }));
  for (const { path, why } of row.faults) say(`${path}: ${why}`);
  process.stdout.write(`${JSON.stringify({ files: row.total, added: row.added, changed: row.changed, same: row.same, faults: row.faults.length, seconds: row.endedAt ? (row.endedAt.getTime() - row.startedAt.getTime()) / 1000 : null })}\n`);
  return row.faults.length === 0 ? 0 : 1;
}

/** A bar that is written over on a terminal; elsewhere a line at every tenth. */
function bar({ done, total }: { done: number; total: number }): void {
  const share = Math.min(1, done / total);
  const text = `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')} ${Math.floor(share * 100)} % ${done} of ${total} files`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}${share === 1 ? '\n' : ''}`);
  else if (Math.floor(share * 10) > told) say(text);
  told = Math.floor(share * 10);
}
let told = -1;

async function takeOut(file: string): Promise<number> {
  const [{ theCompany }, { contextOf }, { withServices }, { exportKnowledge, zip }, { createWriteStream }, { pipeline }] = await Promise.all([import('../access'), import('../kernel'), import('./with-services'), import('../knowledge'), import('node:fs'), import('node:stream/promises')]);
  await withServices(async (services) => pipeline(zip(exportKnowledge(contextOf(services, (await theCompany(services))._id))), createWriteStream(file)));
  return 0;
}

/** Searches a file of documents, classifies requests after training on a file, or moves articles in and out. */
export async function knowledge([verb, ...args]: string[]): Promise<number> {
  if (verb === 'search' && args[0]) {
    const { runSearchCommand } = await import('../knowledge/search/search-command');
    await runSearchCommand({ docsPath: args.at(-1) ?? args[0], stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
    return 0;
  }
  const trainPath = valueOf(args, '--train');
  if (verb === 'classify' && trainPath) {
    const { runClassifyCommand } = await import('../knowledge/classify/classify-command');
    await runClassifyCommand({ trainPath, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
    return 0;
  }
  if (verb === 'import' && args[0]) return bringIn(args[0], args.slice(1));
  if (verb === 'export' && args[0]) return takeOut(args[0]);
  throw new Error(usage);
}
