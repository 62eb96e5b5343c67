// Builds one front end with Vite into dist/NAME, with a manifest, in a process of its own (two of them build side by side on two cores). The
// result replaces the old one only when it is whole.
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dist, root } from './setup/paths.mjs';

const name = process.argv[2] ?? '';
const folder = join(root, name);
const configFile = join(folder, 'vite.config.mjs');
if (!name || !existsSync(configFile)) {
  process.stderr.write('usage: node scripts/build-web.mjs agent-console|widget\n');
  process.exit(1);
}

process.env.NODE_ENV = 'production';
const { build } = await import('vite');
const target = join(dist, name);
const fresh = join(dist, `.new-${name}`);
await rm(fresh, { recursive: true, force: true });
await build({ configFile, root: folder, mode: 'production', logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true, manifest: true } });
await rm(`${target}.old`, { recursive: true, force: true });
if (existsSync(target)) await rename(target, `${target}.old`);
await rename(fresh, target);
await rm(`${target}.old`, { recursive: true, force: true });
