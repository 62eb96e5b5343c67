// Debian packages without surprises. As root they are installed; as an ordinary user they are downloaded with package lists of our own and
// unpacked under .cache, which needs no rights at all.
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, onPath } from './paths.mjs';
import { mustRun, run } from './run.mjs';

const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' } };

export const hasApt = () => onPath('apt-get') !== null && onPath('dpkg') !== null;
export const isRoot = () => process.getuid?.() === 0;

/** Whether the lists say from where to get it: a package that is merely installed has a candidate too, but no source. */
async function hasSource(options, name) {
  const { code } = await run('apt-get', [...options, 'download', '--print-uris', name], quiet);
  return code === 0;
}

async function freshLists(options, name) {
  if (!(await hasSource(options, name))) await mustRun('apt-get', [...options, 'update', '-q'], quiet);
  if (!(await hasSource(options, name))) throw new Error(`apt does not know the package ${name}`);
}

/** Installs a package that brings no service (root only). */
export async function aptInstall(name) {
  await freshLists([], name);
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-y', '-q', '--no-install-recommends'];
  await mustRun('apt-get', [...options, 'install', name], quiet);
}

/** A package and those libraries it needs that this machine does not have yet. */
async function withMissingLibraries(options, name) {
  const kinds = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map((kind) => `--no-${kind}`);
  const tree = await mustRun('apt-cache', [...options, 'depends', '--recurse', ...kinds, name], quiet);
  const libraries = [...new Set(tree.split('\n').filter((line) => /^lib[^:]*$/.test(line)))].filter((library) => library !== 'libc6');
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...libraries], quiet);
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return [name, ...libraries.filter((library) => !installed.has(library))];
}

/** Downloads a package, others it needs besides libraries, and the libraries missing here, and unpacks them into `target`, as anybody. */
export async function aptUnpack(name, target, others = []) {
  const home = join(cache, 'apt');
  const downloads = join(home, 'downloads');
  await rm(home, { recursive: true, force: true });
  for (const folder of [downloads, join(home, 'lists', 'partial'), join(home, 'cache', 'archives', 'partial'), target]) await mkdir(folder, { recursive: true });
  const settings = [`Dir::State::lists=${join(home, 'lists')}`, `Dir::Cache=${join(home, 'cache')}`, 'Debug::NoLocking=1', 'APT::Sandbox::User=root'];
  const options = settings.flatMap((setting) => ['-o', setting]);
  await freshLists(options, name);
  const names = [...(await withMissingLibraries(options, name)), ...others];
  await mustRun('apt-get', [...options, 'download', '-q', ...names], { ...quiet, cwd: downloads });
  for (const file of await readdir(downloads)) await mustRun('dpkg', ['-x', join(downloads, file), target], quiet);
  await rm(home, { recursive: true, force: true });
}

const COMMANDS = [
  [/debian|ubuntu/, 'sudo apt-get install'],
  [/fedora|rhel|centos/, 'sudo dnf install'],
  [/suse/, 'sudo zypper install'],
  [/alpine/, 'sudo apk add'],
  [/arch/, 'sudo pacman -S'],
];

/** The command a person would type here to install a package. */
export async function installCommand(name) {
  if (process.platform === 'darwin') return `brew install ${name}`;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const kind = release.split('\n').filter((line) => /^ID(_LIKE)?=/.test(line)).join(' ');
  const [, command] = COMMANDS.find(([pattern]) => pattern.test(kind)) ?? [null, 'your package manager: install'];
  return `${command} ${name}`;
}
