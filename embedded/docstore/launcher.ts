import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { holderOf, isOrphan } from './lock';

/** How to start the store. */
export interface DocstoreOptions {
  /** The folder of the data; made when it is not there. */
  dataDir: string;
  /** Takes one line at a time of what the store has to say. */
  log?: (line: string) => void;
  /** Also listen on this port of 127.0.0.1; 0 takes a free one. Default: only the unix socket. */
  tcpPort?: number;
  /** Called when the store died and was started again. */
  onRestart?: (reason: string) => void;
  /** How often expired documents are removed, in milliseconds; default 60,000. */
  ttlMs?: number;
}

/** A running store. */
export interface Docstore {
  /** A connection string for mongoose and the driver; the database is `trunkline` unless another is chosen. */
  url: string;
  /** The unix socket, in the data folder or, when that path is too long, in a private temporary folder. */
  socket: string;
  /** The TCP port, when one was asked for. */
  port: number | undefined;
  /** The process number of the store; another after a restart. */
  readonly pid: number;
  /** Ends the store in good order: everything acknowledged is on the disk. */
  stop: () => Promise<void>;
}

interface Ready {
  ready: boolean;
  port?: number;
  error?: string;
}

const LONGEST_PATH = 100;
const PATIENCE_MS = 10_000;

function program(): string {
  const beside = join(__dirname, 'main.js');
  const built = existsSync(beside) ? beside : resolve(__dirname, '../../dist/embedded/docstore/main.js');
  if (!existsSync(built)) throw new Error(`${built} is missing: run node scripts/build.mjs first`);
  return built;
}

function connectionString(socket: string): string {
  return `mongodb://${encodeURIComponent(socket)}/trunkline?directConnection=true`;
}

/** Whoever was killed may have left a store behind that is just ending: wait for it, but not for one that somebody uses. */
async function waitForOrphan(dataDir: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let holder = holderOf(dataDir); holder && Date.now() < end; holder = holderOf(dataDir)) {
    if (!isOrphan(holder)) return;
    await pause(25);
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

class Launcher {
  child: ChildProcess | undefined;
  port: number | undefined;
  stopping = false;
  private readonly privateFolder: string | undefined;
  readonly socket: string;

  constructor(private readonly options: DocstoreOptions) {
    const usual = resolve(options.dataDir, 'docstore.sock');
    this.privateFolder = Buffer.byteLength(usual) > LONGEST_PATH ? mkdtempSync(join(tmpdir(), 'docstore-')) : undefined;
    this.socket = this.privateFolder ? join(this.privateFolder, 'store.sock') : usual;
  }

  async start(): Promise<void> {
    const { options } = this;
    await waitForOrphan(options.dataDir);
    const port = options.tcpPort === undefined ? [] : [String(this.port ?? options.tcpPort)];
    if (this.stopping) return;
    // A group of its own: a signal to ours must reach us first, so that we can finish our work with the store still there.
    const child = this.child = spawn(process.execPath, [program(), resolve(options.dataDir), this.socket, ...port], {
      detached: true, stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '8', NODE_OPTIONS: '', ...(options.ttlMs ? { DOCSTORE_TTL_MS: String(options.ttlMs) } : {}) },
    });
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (data: Buffer) => data.toString().split('\n').filter(Boolean).forEach((line) => options.log?.(line)));
    const ready = await this.readyLine(child);
    if (!ready.ready) throw new Error(ready.error ?? 'the document store did not start');
    this.port = ready.port;
    if (ended(child)) this.died('exit');
    else child.once('exit', (code, signal) => this.died(`exit ${code ?? signal ?? ''}`));
  }

  private readyLine(child: ChildProcess): Promise<Ready> {
    return new Promise((resolveLine) => {
      let text = '';
      child.stdout!.on('data', (data: Buffer) => {
        text += data.toString();
        const end = text.indexOf('\n');
        if (end >= 0) resolveLine(JSON.parse(text.slice(0, end)) as Ready);
      });
      child.once('error', (error) => resolveLine({ ready: false, error: error.message }));
      child.once('exit', (code, signal) => resolveLine({ ready: false, error: `the document store ended at once (${code ?? signal ?? ''})` }));
    });
  }

  private died(reason: string): void {
    if (!this.stopping) void this.again(reason, 0);
  }

  private async again(reason: string, attempt: number): Promise<void> {
    try {
      await this.start();
      if (!this.stopping) this.options.onRestart?.(reason);
    } catch (error) {
      this.options.log?.(`the document store did not come back: ${error instanceof Error ? error.message : String(error)}`);
      if (this.stopping) return;
      await pause(Math.min(200 * 2 ** attempt, 5000));
      if (!this.stopping) await this.again(reason, attempt + 1);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child && !ended(child)) {
      const gone = new Promise((done) => child.once('exit', done));
      child.stdin?.end();
      await gone;
    }
    if (this.privateFolder) rmSync(this.privateFolder, { recursive: true, force: true });
  }
}

/** Starts the store as a child process and waits until it answers. Throws a sentence when another store uses the folder. */
export async function startDocstore(options: DocstoreOptions): Promise<Docstore> {
  const launcher = new Launcher(options);
  try {
    await launcher.start();
  } catch (error) {
    await launcher.stop();
    throw error;
  }
  return {
    url: connectionString(launcher.socket), socket: launcher.socket, port: launcher.port,
    get pid() {
      return launcher.child?.pid ?? 0;
    },
    stop: () => launcher.stop(),
  };
}
