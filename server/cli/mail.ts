import { runParseCommand } from '../channels/email/understand/parse-command';

/** Reads raw mail: one on standard input, or many with --batch. */
export async function mail([verb, ...args]: string[]): Promise<number> {
  if (verb !== 'parse') throw new Error('Say: trunkline mail parse [--batch]');
  await runParseCommand({ batch: args.includes('--batch'), stdin: process.stdin, stdout: process.stdout });
  return 0;
}
