// One redis-server process: started with our settings, recorded so that a later server finds it, and never outliving us.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask';
import { goneWithin, identityOf, signal } from './identity';

const POLL_MS = 10;
const LOADING_LIMIT_MS = 120_000;
const STOP_MS = 10_000;
const GUARD = 'while read -r line; do :; done; kill -TERM "$1"';

export interface ServerProcess {
  pid: number;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(): Promise<void>;
}

export interface Launch {
  program: string;
  folder: string;
  socketPath: string;
  log(line: string): void;
}

const recordFile = (folder: string) => join(folder, 'redis.process');

function settings({ folder, socketPath }: Launch): string[] {
  const table: Record<string, string> = {
    port: '0', unixsocket: socketPath, unixsocketperm: '600', dir: folder, daemonize: 'no',
    appendonly: 'yes', appendfsync: 'everysec', save: '', 'maxmemory-policy': 'noeviction', 'stop-writes-on-bgsave-error': 'no',
  };
  return Object.entries(table).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Ends the Redis by its own way out (the append-only file is written) when our process dies without a word. */
function guard(pid: number): ChildProcess {
  const child = spawn('/bin/sh', ['-c', GUARD, 'redis-guard', String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  return child;
}

function followOutput(child: ChildProcess, log: (line: string) => void): string[] {
  const last: string[] = [];
  const follow = (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n').map((text) => text.trim()).filter(Boolean)) {
      last.push(line.replace(/^\d+:\w \d+ \w+ \d+ [\d:.]+ . /, ''));
      if (last.length > 20) last.shift();
      log(line);
    }
  };
  child.stdout?.on('data', follow);
  child.stderr?.on('data', follow);
  return last;
}

/** Ends a Redis that a killed server of this folder left behind; two of them on one append-only file would spoil it. */
export async function endLeftOver(folder: string): Promise<void> {
  let identity: string;
  try {
    identity = readFileSync(recordFile(folder), 'utf8');
  } catch {
    return;
  }
  signal(identity, 'SIGTERM');
  if (!(await goneWithin(identity, STOP_MS))) {
    signal(identity, 'SIGKILL');
    await goneWithin(identity, STOP_MS);
  }
  rmSync(recordFile(folder), { force: true });
}

async function ready(launch: Launch, hasExited: () => boolean): Promise<boolean> {
  const end = Date.now() + LOADING_LIMIT_MS;
  while (!hasExited() && Date.now() < end) {
    if ((await ask(launch.socketPath, 'PING')) === '+PONG') return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Starts one process and answers when it takes commands; throws a sentence with what Redis said when it does not come up. */
export async function launchServer(launch: Launch): Promise<ServerProcess> {
  rmSync(launch.socketPath, { force: true });
  // A group of its own: Ctrl-C must reach us first, so that we can finish our work with Redis still there.
  const child = spawn(launch.program, settings(launch), { detached: true, stdio: ['ignore', 'pipe', 'pipe'], cwd: launch.folder });
  const last = followOutput(child, launch.log);
  let over = false;
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('error', (error) => (last.push(error.message), resolve({ code: 127, signal: null })));
    child.on('exit', (code, signalName) => resolve({ code, signal: signalName }));
  });
  const pid = child.pid ?? 0;
  const identity = identityOf(pid);
  const watch = pid > 0 ? guard(pid) : null;
  if (pid > 0) writeFileSync(recordFile(launch.folder), identity, { mode: 0o600 });
  void exited.then(() => {
    over = true;
    watch?.kill('SIGKILL');
    rmSync(recordFile(launch.folder), { force: true });
  });
  const stop = async () => {
    signal(identity, 'SIGTERM');
    if (!over && !(await goneWithin(identity, STOP_MS))) signal(identity, 'SIGKILL');
    if (pid > 0) await exited;
  };
  if (await ready(launch, () => over)) return { pid, exited, stop };
  await stop();
  throw new Error(`The private Redis did not start in ${launch.folder}; it said: ${last.slice(-3).join(' | ') || 'nothing'}`);
}
