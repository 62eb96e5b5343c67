// Several server processes on one store and one Redis, all of them killed at random moments.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PrivateRedis } from '../../queues/room/private-redis';
import { projectFolder } from '../build';
import type { Dice } from '../dice';
import { startTestStore, type TestStore } from '../store';
import { tempFolder } from '../temp';
import type { Phase, ToldAt } from './told';

const program = join(projectFolder(), 'dist', 'test', 'support', 'chaos', 'chaos-node.js');
const loopsPerNode = 8;

export class Storm {
  /** Operations the loops have carried out. */
  operations = 0;
  kills = { nodes: 0, redis: 0, emptied: 0 };
  readonly redis = new PrivateRedis(['--appendonly', 'yes', '--appendfsync', 'everysec']);
  private readonly folder = tempFolder('chaos');
  private readonly nodes: (ChildProcess | null)[] = [];
  private phase: Phase = 'wait';
  private starts = 0;
  private strikes = 0;

  private constructor(readonly store: TestStore, private readonly d: Dice) {}

  static async start(count: number, d: Dice): Promise<Storm> {
    const storm = new Storm(await startTestStore(), d);
    await storm.redis.start();
    for (let place = 0; place < count; place += 1) await storm.launch(place);
    return storm;
  }

  private async launch(place: number): Promise<void> {
    this.starts += 1;
    const env = {
      ...process.env, PORT: '0', SMTP_PORT: '0', HOST: '127.0.0.1', DATA_DIR: this.folder.path, ROLES: 'worker,scheduler', REDIS_URL: this.redis.socket, MONGO_URL: this.store.url, TRUNKLINE_DEMO: '0', NODE_ENV: 'production',
    };
    const child = fork(program, [join(this.folder.path, `told-${this.starts}.jsonl`), String(this.d.int(1e9)), String(loopsPerNode), this.starts === 1 ? 'first' : ''], { env, execArgv: [] });
    this.nodes[place] = child;
    child.on('exit', () => { if (this.nodes[place] === child) this.nodes[place] = null; });
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: { ready?: true; done?: number }) => {
        if (message.ready) { child.send(this.phase); resolve(); }
        this.operations += message.done ?? 0;
      });
      child.once('exit', (code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`a node ended with ${code ?? signal ?? ''}`))));
    });
  }

  say(phase: Phase): void {
    this.phase = phase;
    for (const node of this.nodes) node?.send(phase);
  }

  /** Lets everybody play until so many operations are done; answers whether there was time for them. */
  async play(operations: number, limit: number): Promise<boolean> {
    while (this.operations < operations && Date.now() < limit) await wait(20);
    return this.operations >= operations;
  }

  /** Kills something: a node, or Redis, which comes back with its log or with nothing. */
  async strike(): Promise<void> {
    this.strikes += 1;
    // Every third strike is at Redis, and every second of those takes what it had on the disk.
    if (this.strikes % 3 !== 0) {
      const place = this.d.int(this.nodes.length);
      this.kills.nodes += 1;
      await this.end(place);
      return this.launch(place);
    }
    this.kills.redis += 1;
    await this.redis.kill();
    if (this.strikes % 6 === 0) {
      this.kills.emptied += 1;
      for (const name of readdirSync(this.redis.folder)) if (name !== 'redis.sock') rmSync(join(this.redis.folder, name), { recursive: true, force: true });
    }
    await wait(this.d.int(400));
    await this.redis.start();
  }

  private async end(place: number): Promise<void> {
    const child = this.nodes[place];
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Everything people were told, in order of time. A line cut off by a kill was told to nobody. */
  told(): ToldAt[] {
    const files = Array.from({ length: this.starts }, (_, i) => join(this.folder.path, `told-${i + 1}.jsonl`)).filter(existsSync);
    const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
    return lines.map((line) => JSON.parse(line) as ToldAt).sort((a, b) => a.at - b.at);
  }

  async stop(): Promise<void> {
    for (let place = 0; place < this.nodes.length; place += 1) await this.end(place);
    await this.redis.stop();
    await this.store.stop();
    this.folder.remove();
  }
}
