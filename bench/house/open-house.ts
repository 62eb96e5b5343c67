import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { startDemo, type DemoServer } from '../../test/support/session';
import { cpuMs, rssAnonMb, type Bench } from '../harness';

/** The demo company on a server process of its own. */
export interface House {
  server: DemoServer;
  db: mongo.Db;
  redis: Redis;
  pids: { server: number; store: number; redis: number };
  companyId: string;
  /** Processor time of all three so far, in ms. */
  cpu(): number;
  /** Processor time of each so far, in ms. */
  cpuOf(): Record<'server' | 'store' | 'redis', number>;
  /** Anonymous memory of our own processes, in MiB; Redis holds data in its memory and is told apart. */
  memory(): { ours: number; redis: number };
  /** Anonymous memory the server holds after its garbage was collected, in MiB. */
  heldByServer(): Promise<number>;
}

/** Starts it and ends it with the benchmark. */
export async function openHouse(b: Bench): Promise<House> {
  const server = await startDemo({ env: { LOG_LEVEL: 'warn', NODE_OPTIONS: `--require ${join(__dirname, 'collect-garbage.js')}` } });
  b.atEnd(() => server.stop());
  const at = JSON.parse(readFileSync(join(server.dataDir, 'running.json'), 'utf8')) as { mongoUrl: string; redisUrl: string };
  const client = await mongo.MongoClient.connect(at.mongoUrl);
  b.atEnd(() => client.close());
  const redis = new Redis(at.redisUrl);
  b.atEnd(() => redis.disconnect());
  const db = client.db();
  const { pid } = await db.command({ serverStatus: 1 }) as { pid: mongo.Long | number };
  const pids = { server: server.node.pid, store: Number(pid), redis: Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]) };
  const company = await db.collection<{ _id: string }>('companies').findOne();
  const cpuOf = () => ({ server: cpuMs(pids.server), store: cpuMs(pids.store), redis: cpuMs(pids.redis) });
  return {
    server, db, redis, pids, companyId: company?._id ?? '', cpuOf,
    cpu: () => Object.values(cpuOf()).reduce((sum, each) => sum + each, 0),
    memory: () => ({ ours: rssAnonMb(pids.server) + rssAnonMb(pids.store), redis: rssAnonMb(pids.redis) }),
    heldByServer: async () => {
      process.kill(pids.server, 'SIGUSR2');
      await pause(2000);
      return rssAnonMb(pids.server);
    },
  };
}
