// `npm run bench -- NAME [--quick] [--json FILE]`: builds what changed and runs dist/bench/NAME.js. Without a name it lists the names.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildServer } from './build.mjs';
import { live } from './run/jest.mjs';
import { dist, root } from './setup/paths.mjs';

const [name, ...args] = process.argv.slice(2);
const names = (await readdir(join(root, 'bench')).catch(() => [])).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));

if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [--quick] [--json FILE], where NAME is one of ${names.join(', ') || '(there is none yet)'}\n`);
  process.exitCode = 1;
} else {
  const { faults } = await buildServer();
  const program = join(dist, 'bench', `${name}.js`);
  if (faults.length > 0) process.stderr.write(`could not compile:\n${faults.join('\n')}\n`);
  process.exitCode = existsSync(program) ? await live(process.execPath, ['--expose-gc', program, ...args], { env: { NODE_ENV: 'production' } }) : 1;
}
