// Who a process is: its number together with its start time, because numbers are given out again.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // no /proc on this system
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
  } catch {
    return false;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function identityOf(pid: number): string {
  return `${pid} ${startTime(pid)}`;
}

export function pidOf(identity: string): number {
  return Number(identity.split(' ')[0]);
}

/** True while the very process that had this identity still runs. */
export function isAlive(identity: string): boolean {
  const pid = pidOf(identity);
  return Number.isInteger(pid) && pid > 0 && exists(pid) && identityOf(pid) === identity;
}

/** Waits until the process is gone; false when it is still there after `ms`. */
export async function goneWithin(identity: string, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (isAlive(identity)) {
    if (Date.now() > end) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Sends a signal if that very process still runs. */
export function signal(identity: string, name: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(pidOf(identity), name);
  } catch {
    // it ended in between, which is what was wanted
  }
}
