// A real server process for journeys and kill tests: dist/server/main.js with an environment of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder } from './build';
import { freePorts } from './ports';

const POLL_MS = 40;
const STOP_MS = 20_000;
const DEFAULT_WAIT_MS = 30_000;

export interface NodeSettings {
  /** Parts of the server this process plays; all of them by default. */
  roles?: string;
  dataDir: string;
  redisUrl?: string;
  mongoUrl?: string;
  /** Anything else, stronger than what is set here. */
  env?: Record<string, string>;
  /** The program to run; dist/server/main.js by default. */
  program?: string;
  /** How long it may take until /health/ready says 200; 30 s by default. */
  waitMs?: number;
}

export interface ServerNode {
  /** Such as http://127.0.0.1:41234, no slash at the end. */
  baseUrl: string;
  port: number;
  smtpPort: number;
  pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Sends the signal and waits until the process is gone; answers its exit code, null after SIGKILL. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** SIGTERM, and an error with its output when it does not end well within 20 s. */
  stop(): Promise<void>;
}

function environment(settings: NodeSettings, [port, smtpPort]: number[]): NodeJS.ProcessEnv {
  const own: Record<string, string | undefined> = {
    PORT: String(port), SMTP_PORT: String(smtpPort), HOST: '127.0.0.1', DATA_DIR: settings.dataDir, ROLES: settings.roles,
    REDIS_URL: settings.redisUrl, MONGO_URL: settings.mongoUrl, NODE_ENV: 'production', ...settings.env,
  };
  const kept = Object.entries(process.env).filter(([name]) => !(name in own) && !name.startsWith('JEST_') && name !== 'PUBLIC_URL');
  const set = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries([...kept, ...set]);
}

class RunningNode implements ServerNode {
  readonly pid: number;
  readonly baseUrl: string;
  private text = '';
  private readonly gone: Promise<number | null>;
  private over = false;

  constructor(private readonly child: ChildProcess, readonly port: number, readonly smtpPort: number) {
    this.pid = child.pid ?? 0;
    this.baseUrl = `http://127.0.0.1:${port}`;
    const keep = (chunk: Buffer) => (this.text += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.gone = new Promise((resolve) => {
      child.on('error', (error) => (this.text += error.message, resolve(127)));
      child.on('exit', resolve);
    });
    // A test run that breaks off must not leave servers behind.
    const withUs = () => void child.kill('SIGKILL');
    process.on('exit', withUs);
    void this.gone.then(() => {
      this.over = true;
      process.off('exit', withUs);
    });
  }

  output(): string {
    return this.text;
  }

  async ready(waitMs: number): Promise<void> {
    const end = Date.now() + waitMs;
    while (Date.now() < end) {
      if (this.over) throw new Error(`the server ended before it was ready:\n${this.text}`);
      const answer = await fetch(`${this.baseUrl}/health/ready`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return;
      await sleep(POLL_MS);
    }
    await this.kill('SIGKILL');
    throw new Error(`the server was not ready after ${waitMs} ms:\n${this.text}`);
  }

  async kill(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.over) this.child.kill(signal);
    return this.gone;
  }

  async stop(): Promise<void> {
    if (this.over) return;
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    const code = await this.kill('SIGTERM');
    clearTimeout(late);
    if (code !== 0) throw new Error(`the server ended with ${code ?? 'SIGKILL'} instead of 0:\n${this.text}`);
  }
}

/** Starts a server process and answers when /health/ready says 200. The caller has built dist/ (ensureBuilt). */
export async function startNode(settings: NodeSettings): Promise<ServerNode> {
  const ports = settings.env?.['PORT'] ? [Number(settings.env['PORT']), Number(settings.env['SMTP_PORT'])] : await freePorts(2);
  const child = spawn(process.execPath, [settings.program ?? join(projectFolder(), 'dist', 'server', 'main.js')], { cwd: projectFolder(), env: environment(settings, ports), stdio: ['ignore', 'pipe', 'pipe'] });
  const node = new RunningNode(child, ports[0] ?? 0, ports[1] ?? 0);
  await node.ready(settings.waitMs ?? DEFAULT_WAIT_MS);
  return node;
}
