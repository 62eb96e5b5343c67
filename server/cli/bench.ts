import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a benchmark of bench/ in a process of its own. */
export async function bench([name, ...args]: string[]): Promise<number> {
  const file = join(__dirname, '..', '..', 'bench', `${name ?? ''}.js`);
  if (!name || !/^[a-z-]+$/.test(name) || !existsSync(file)) throw new Error('Say: trunkline bench NAME [--quick] [--json FILE], NAME being routing, ingest, chat, docstore or knowledge');
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  return new Promise((resolve) => { child.on('exit', (code) => resolve(code ?? 1)); });
}
