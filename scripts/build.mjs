// Compiles the TypeScript that runs on the server (protocol, queues, server, embedded, bench, test/support) to dist/ as CommonJS, file by
// file, and only what changed: a stamp of every source is kept in dist/.stamps.json. The two front ends are built by Vite (see build-web).
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { dist, root } from './setup/paths.mjs';

const folders = ['protocol', 'queues', 'server', 'embedded', 'bench', 'test/support'];
const stampFile = join(dist, '.stamps.json');
const options = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  swcrc: false,
};

async function sources(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name)).filter((f) => !f.endsWith('.d.ts') && !f.endsWith('.md'));
}

const targetOf = (name) => join(dist, name.replace(/\.ts$/, '.js'));

/** Writes beside and renames, so that a process that starts meanwhile never reads half a file. */
async function writeWhole(target, content) {
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.new`, content);
  await rename(`${target}.new`, target);
}

async function emit({ name, text }) {
  if (!name.endsWith('.ts')) return writeWhole(targetOf(name), text);
  const { transform } = await import('@swc/core');
  const { code } = await transform(text.toString(), { ...options, filename: join(root, name) });
  await writeWhole(targetOf(name), code);
}

async function readSources() {
  const files = (await Promise.all(folders.map(sources))).flat();
  return Promise.all(files.map(async (file) => {
    const text = await readFile(file);
    return { name: relative(root, file), text, stamp: createHash('sha1').update(text).digest('base64') };
  }));
}

async function buildLocked() {
  const old = JSON.parse(await readFile(stampFile, 'utf8').catch(() => '{}'));
  const all = await readSources();
  const stamps = Object.fromEntries(all.map(({ name, stamp }) => [name, stamp]));
  const changed = all.filter(({ name, stamp }) => old[name] !== stamp);
  const gone = Object.keys(old).filter((name) => !stamps[name]);
  if (changed.length === 0 && gone.length === 0) return { count: 0, faults: [] };
  await Promise.all(gone.map((name) => rm(targetOf(name), { force: true })));
  await writeFile(join(dist, 'package.json'), '{"type":"commonjs"}');
  const faults = [];
  await Promise.all(changed.map((source) => emit(source).catch((error) => {
    delete stamps[source.name];
    faults.push(`${source.name}: ${error.message.split(/\n\s*Caused by:/)[0].trim()}`);
  })));
  await writeWhole(stampFile, JSON.stringify(stamps));
  return { count: changed.length - faults.length, faults };
}

/** Builds what changed since the last build; answers how many files were written and what could not be compiled. */
export async function buildServer() {
  await mkdir(dist, { recursive: true });
  return withLock(join(dist, '.build.lock'), buildLocked);
}

// Folders named on the command line narrow only what counts as a failure: somebody else's half-written file is not yours.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const mine = process.argv.slice(2);
  const { count, faults } = await buildServer();
  const counted = faults.filter((fault) => mine.length === 0 || mine.some((folder) => fault.startsWith(folder)));
  process.stdout.write(`built ${count} changed files\n`);
  if (faults.length > 0) process.stderr.write(`could not compile:\n${faults.join('\n')}\n`);
  process.exitCode = counted.length > 0 ? 1 : 0;
}
