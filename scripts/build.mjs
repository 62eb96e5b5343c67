// Compiles the TypeScript that runs on the server (protocol, queues, server, embedded, bench, test/support) to dist/ as CommonJS, file by
// file, and only what changed: a stamp of every source is kept in dist/.stamps.json. The two front ends are built by Vite (see build-web).
import { transform } from '@swc/core';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const folders = ['protocol', 'queues', 'server', 'embedded', 'bench', 'test/support'];
const options = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

async function sources(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name)).filter((f) => !f.endsWith('.d.ts') && !f.endsWith('.md'));
}

async function emit(file) {
  const target = join(dist, relative(root, file));
  await mkdir(dirname(target), { recursive: true });
  const text = await readFile(file);
  if (!file.endsWith('.ts')) return writeFile(target, text);
  const { code } = await transform(text.toString(), { ...options, filename: file });
  await writeFile(target.replace(/\.ts$/, '.js'), code);
}

/** Builds what changed since the last build; answers how many files were written. */
export async function buildServer() {
  await mkdir(dist, { recursive: true });
  const stampFile = join(dist, '.stamps.json');
  const old = JSON.parse(await readFile(stampFile, 'utf8').catch(() => '{}'));
  const stamps = {};
  const changed = [];
  for (const file of (await Promise.all(folders.map(sources))).flat()) {
    const name = relative(root, file);
    stamps[name] = createHash('sha1').update(await readFile(file)).digest('base64');
    if (stamps[name] !== old[name]) changed.push(file);
  }
  for (const name of Object.keys(old)) if (!stamps[name]) await rm(join(dist, name.replace(/\.ts$/, '.js')), { force: true });
  await writeFile(join(dist, 'package.json'), '{"type":"commonjs"}');
  await Promise.all(changed.map(emit));
  await writeFile(stampFile, JSON.stringify(stamps));
  return changed.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const count = await buildServer();
  process.stdout.write(`built ${count} changed files\n`);
}
