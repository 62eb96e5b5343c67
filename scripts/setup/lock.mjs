// One process at a time: a lock is a file made with "wx" that names its owner; a lock whose owner is dead is taken over.
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const RETRY_MS = 100;
const EMPTY_MS = 3000;

/** A process's number and its start time, so that a number that was given out again is not taken for the old owner. */
function identity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return `${pid}`;
  }
}

function alive(owner) {
  const pid = Number(owner.split(' ')[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return identity(pid) === owner;
}

async function take(file) {
  try {
    await writeFile(file, identity(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

async function stale(file, owner) {
  if (owner !== '') return !alive(owner);
  const age = await stat(file).then((s) => Date.now() - s.mtimeMs, () => 0);
  return age > EMPTY_MS;
}

/** Moves a dead owner's lock aside; only one of several contenders succeeds, and a lock that changed hands meanwhile is put back. */
async function clearIfStale(file) {
  const owner = await readFile(file, 'utf8').catch(() => null);
  if (owner === null || !(await stale(file, owner))) return;
  const aside = `${file}.${process.pid}`;
  if (!(await rename(file, aside).then(() => true, () => false))) return;
  if ((await readFile(aside, 'utf8')) !== owner) await rename(aside, file);
  else await rm(aside, { force: true });
}

/** Runs `work` while holding the lock file; `onWait` is called once when somebody else has it. */
export async function withLock(file, work, onWait = () => {}) {
  await mkdir(dirname(file), { recursive: true });
  let waited = false;
  while (!(await take(file))) {
    await clearIfStale(file);
    if (!waited) onWait();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
