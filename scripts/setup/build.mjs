// The programs: the server by swc, the front ends by Vite, each only when its sources changed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { dist, root } from './paths.mjs';
import { mustRun, step } from './run.mjs';

const FRONT_ENDS = { 'agent-console': ['agent-console', 'protocol'], widget: ['widget', 'protocol'] };
const SHARED = ['package-lock.json', 'scripts/build-web.mjs'];

async function filesOf(path) {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashOf(paths) {
  const files = [...(await Promise.all(paths.map(filesOf))).flat(), ...SHARED.map((file) => join(root, file))].sort();
  const texts = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha1');
  files.forEach((file, i) => hash.update(relative(root, file)).update('\0').update(texts[i]).update('\0'));
  return hash.digest('base64');
}

async function buildFrontEnd([name, paths]) {
  if (!existsSync(join(root, name, 'vite.config.mjs'))) return;
  const stampFile = join(dist, `.${name}.stamp`);
  const stamp = await hashOf(paths);
  const built = existsSync(join(dist, name)) && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;
  if (built) return;
  await step(`building the front end ${name}`, () => mustRun(process.execPath, [join(root, 'scripts', 'build-web.mjs'), name]));
  await writeFile(stampFile, stamp);
}

async function buildProgram() {
  const { buildServer } = await import('../build.mjs');
  const { count, faults } = await buildServer();
  if (faults.length > 0) throw new Error(`${faults.length} files could not be compiled:\n${faults.join('\n')}`);
  if (count > 0) process.stdout.write(`setup: compiled ${count} changed files of the server\n`);
}

/** Builds what changed since it was built last. */
export async function build() {
  await mkdir(dist, { recursive: true });
  await Promise.all([buildProgram(), ...Object.entries(FRONT_ENDS).map(buildFrontEnd)]);
}
