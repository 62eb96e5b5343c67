import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { decodeOutcome } from './decode';
import type { Outcome } from './decisions';
import { agentArgs, itemArgs, queueArgs } from './encode';
import { roomKey, roomPrefix } from './keys';
import type { RoomLoader, StoredItem } from './room.types';
import { roomScript } from './script';

const nothing: RoomLoader = { queues: async () => [], agents: async () => [], items: async function* () { /* none */ } };
const tokenOf = (): string => randomBytes(6).toString('hex');
// Epochs sort by time, by the clock of Redis: an offer of a rebuilt room is larger than any of the room before.
async function epochOf(redis: Redis): Promise<string> {
  const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
  return `${Math.floor(seconds * 1000 + micros / 1000).toString(36).padStart(9, '0')}${randomBytes(2).toString('hex')}`;
}

function batchArgs(batch: readonly StoredItem[]): (string | number)[] {
  return batch.flatMap(({ item, heldBy, asleep }) => {
    const args = itemArgs(item);
    return [args.length + 2, heldBy ?? '', asleep ? 1 : 0, ...args];
  });
}

/** One attempt to (re)build a room. */
export interface Rebuild { redis: Redis; companyId: string; loader?: RoomLoader; now: number; /** Leave a room alone that is open. */ onlyIfShut: boolean }

async function load(work: Rebuild, call: (op: string, ...args: (string | number)[]) => Promise<Outcome>): Promise<void> {
  const loader = work.loader ?? nothing;
  const must = async (op: string, ...args: (string | number)[]): Promise<void> => {
    const outcome = await call(op, ...args);
    if (!outcome.ok) throw new Error(`The rebuild was taken over by another process: ${outcome.detail}`);
  };
  for (const rule of await loader.queues()) await must('loadQueue', ...queueArgs(rule));
  const agents = await loader.agents();
  await Promise.all(agents.map((a) => must('loadAgent', a.state, a.reason ?? '', a.idleSince, ...agentArgs(a.profile))));
  let pending: Promise<void> = Promise.resolve();
  for await (const page of loader.items()) {
    for (let i = 0; i < page.length; i += 200) {
      await pending;
      pending = must('loadItems', ...batchArgs(page.slice(i, i + 200)));
      pending.catch(() => undefined);
    }
  }
  await pending;
}

async function sweepOld(work: Rebuild): Promise<void> {
  const generation = await work.redis.hget(roomKey(work.companyId), 'gen');
  const kept = roomPrefix(work.companyId, generation ?? '0');
  for await (const keys of work.redis.scanStream({ match: `${roomKey(work.companyId)}:*`, count: 1000 })) {
    const old = (keys as string[]).filter((key) => !key.startsWith(kept));
    if (old.length > 0) await work.redis.unlink(...old);
  }
}

/** Builds the room, or waits until the process that is building it has finished. Answers the decisions made on opening. */
export async function rebuildRoom(work: Rebuild): Promise<Outcome> {
  const script = roomScript(work.redis);
  const token = tokenOf();
  const call = async (op: string, now: number, ...args: (string | number)[]): Promise<Outcome> =>
    decodeOutcome(await script(roomKey(work.companyId), [op, now, token, ...args]));
  for (let tries = 0; ; tries += 1) {
    const begun = await call('begin', work.now, work.onlyIfShut || tries > 0 ? 1 : 0);
    if (begun.ok) break;
    if (begun.code === 'duplicate') return { ok: true, decisions: [] };
    if (tries > 1200) return begun;
    await wait(50);
  }
  await load(work, (op, ...args) => call(op, work.now, ...args));
  const opened = await call('finish', work.now, await epochOf(work.redis));
  await sweepOld(work);
  return opened;
}
