// A redis-server program: we only ever start one of our own, so a program is enough and no service is installed. Debian keeps the program in
// redis-tools (redis-server is a link to redis-check-rdb, which looks at the name it was called by); the package redis-server would add a
// service on port 6379, therefore it is not installed.
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptInstall, aptUnpack, hasApt, installCommand, isRoot } from './apt.mjs';
import { cache, onPath } from './paths.mjs';
import { run, step } from './run.mjs';

const home = join(cache, 'redis');
const program = join(home, 'bin', 'redis-server');

async function works(file) {
  const { code, output } = await run(file, ['--version']);
  return code === 0 && output.startsWith('Redis server');
}

/** Gives the program its proper name where the tools are installed already. */
async function asInstalled(folder) {
  await symlink(onPath('redis-check-rdb') ?? '/usr/bin/redis-check-rdb', join(folder, 'bin', 'redis-server'));
}

/** Installs the tools first. */
async function asRoot(folder) {
  await aptInstall('redis-tools');
  await asInstalled(folder);
}

async function libraryFolders(folder) {
  const parents = ['lib', 'usr/lib'];
  const nested = await Promise.all(parents.map(async (parent) => {
    const entries = await readdir(join(folder, parent), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory() && entry.name.includes('linux')).map((entry) => `${parent}/${entry.name}`);
  }));
  return nested.flat();
}

/** Unpacks the program with its libraries; a launcher finds them wherever the folder is moved to. */
async function asUser(folder) {
  await aptUnpack('redis-tools', folder);
  const server = join(folder, 'usr', 'bin', 'redis-server');
  if (!existsSync(server)) await symlink('redis-check-rdb', server);
  const paths = (await libraryFolders(folder)).map((path) => `$home/${path}`).join(':');
  const launcher = `#!/bin/sh\nbin=\${0%/*}\nhome=\${bin%/*}\nLD_LIBRARY_PATH="${paths}" exec "$home/usr/bin/redis-server" "$@"\n`;
  await writeFile(join(folder, 'bin', 'redis-server'), launcher);
  await chmod(join(folder, 'bin', 'redis-server'), 0o755);
}

/** Prepares the folder beside its place and moves it there only when the program runs. */
async function place(prepare) {
  const fresh = `${home}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(join(fresh, 'bin'), { recursive: true });
  await prepare(fresh);
  if (!(await works(join(fresh, 'bin', 'redis-server')))) throw new Error('the redis-server that was fetched does not run here');
  await rm(home, { recursive: true, force: true });
  await rename(fresh, home);
}

async function fetchProgram() {
  if (!isRoot()) return place(asUser);
  return place(asRoot).catch(() => place(asUser));
}

/** Makes sure there is a redis-server program, unless REDIS_URL names a Redis that is run by somebody else. */
export async function redis() {
  if (process.env.REDIS_URL || onPath('redis-server') || existsSync(program)) return;
  if (onPath('redis-check-rdb') && (await place(asInstalled).then(() => true, () => false))) return;
  const command = await installCommand('redis');
  const advice = `Redis is needed and not installed here; please type "${command.replace(/(apt-get.*) redis$/, '$1 redis-server')}" and try again, or set REDIS_URL.`;
  if (!hasApt()) throw new Error(advice);
  const how = isRoot() ? 'with apt-get, without any service' : 'into .cache/redis, without touching the system';
  await step(`installing the redis-server program from Debian ${how}`, fetchProgram).catch((error) => {
    throw new Error(`${advice}\n(${error.message})`);
  });
}
