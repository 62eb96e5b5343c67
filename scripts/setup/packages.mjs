// Node packages: exactly what package-lock.json names. `npm ci` is not used, because a lock made on one platform lacks the optional binaries
// of others. Starting needs no development packages; testing does. No package's install script is run: what we use comes compiled, and a
// script that wants a compiler would make the whole installation fail on a bare machine.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { onPath, root } from './paths.mjs';
import { mustRun, step } from './run.mjs';

const stampFile = join(root, 'node_modules', '.trunkline-stamp');

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
}

/** What the stamp must say: the lock file, and whatever makes compiled packages differ. */
function stampOf(lockText) {
  const lock = createHash('sha256').update(lockText).digest('hex');
  return `${lock} ${process.platform}-${process.arch} abi${process.versions.modules}`;
}

/** True when npm's own list of what it installed has every package the lock asks for. */
async function installedMatches(lockText, mode) {
  const installed = (await readJson(join(root, 'node_modules', '.package-lock.json')))?.packages;
  if (!installed) return false;
  return Object.entries(JSON.parse(lockText).packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional || wanted.peer || (wanted.dev && mode === 'start')) return true;
    return installed[path]?.version === wanted.version;
  });
}

/** npm as it was called, or npm on PATH when this script was started by hand or by another package manager. */
function npm() {
  const called = process.env.npm_execpath;
  if (called && basename(called).startsWith('npm')) return [process.execPath, [called]];
  const found = onPath('npm');
  if (!found) throw new Error('npm is needed to install the packages of package.json, but it is not on PATH: it comes with Node.');
  return [found, []];
}

/** Installs the packages of the lock file when they are missing or older than it. mode: start | test. */
export async function packages(mode) {
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8');
  const wanted = stampOf(lockText);
  const [stamp, stampMode] = (await readFile(stampFile, 'utf8').catch(() => '\n')).split('\n');
  if (stamp === wanted && (stampMode === 'test' || stampMode === mode)) return;
  if (stamp !== '' || !(await installedMatches(lockText, mode))) {
    const [program, args] = npm();
    const kinds = mode === 'test' ? '--include=dev' : '--omit=dev';
    await step('installing the Node packages of package-lock.json (npm install), the first time this downloads some 100 MB', () =>
      mustRun(program, [...args, 'install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', kinds]));
  }
  await writeFile(stampFile, `${wanted}\n${mode}\n`);
}
