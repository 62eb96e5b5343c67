// What a process used, from /proc: processor time of all its threads, and memory that is its own (a mapped database file is not).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let ticks = 0;

function ticksPerSecond(): number {
  ticks ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).trim());
  return ticks;
}

/** User and system time of a process so far, in ms (10 ms steps); throws when it is gone. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond();
}

/** Processor time of some processes while `work` ran, in ms; our own process may be among them. */
export async function cpuMsDuring(pids: readonly number[], work: () => Promise<unknown>): Promise<number> {
  const sum = () => pids.reduce((total, pid) => total + cpuMs(pid), 0);
  const before = sum();
  await work();
  return sum() - before;
}

/** Anonymous resident memory of a process in MiB. */
export function rssAnonMb(pid: number): number {
  const line = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (line === undefined) throw new Error(`process ${pid} has no RssAnon: is it still running?`);
  return Number(line) / 1024;
}

/** Looks at a figure again and again while `work` runs; answers the highest. */
export async function highest(figure: () => number, work: () => Promise<unknown>): Promise<number> {
  let most = figure();
  const timer = setInterval(() => (most = Math.max(most, figure())), 100);
  try {
    await work();
    return Math.max(most, figure());
  } finally {
    clearInterval(timer);
  }
}
