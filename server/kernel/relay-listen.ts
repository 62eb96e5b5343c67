import type { Redis } from 'ioredis';
import type { Ctx } from './context';
import { eventsAfter, lastEventNumber, type DomainEvent } from './event.model';
import type { Log } from './logger';
import { eventChannel } from './relay';
import type { Subscriber } from './subscriber';

interface Heard {
  event: DomainEvent & { at: string | Date };
  live: unknown;
}

export interface Listening {
  redis: Redis;
  subscribers: Subscriber[];
  log: Log;
  contextOf(companyId: string): Ctx;
}

const checkMs = 5000;
const remembered = 5000;

/** Runs the `everywhere` subscribers of this node: at once by pub/sub, and every 5 s by comparing event numbers, since pub/sub forgets. */
export async function listen({ redis, subscribers, log, contextOf }: Listening): Promise<{ close(): Promise<void> }> {
  const everywhere = subscribers.filter((each) => each.kind === 'everywhere');
  const lastSeen = new Map<string, number>();
  const done = new Set<string>();
  const take = async ({ event, live }: Heard): Promise<void> => {
    if (done.has(event._id)) return;
    done.add(event._id);
    if (done.size > remembered) for (const id of [...done].slice(0, remembered / 2)) done.delete(id);
    const whole = { ...event, at: new Date(event.at) };
    for (const each of everywhere) {
      if (!each.on.includes(whole.name)) continue;
      await Promise.resolve().then(() => each.run(contextOf(whole.companyId), whole, live ?? undefined)).catch((error: unknown) => log.error({ err: error, subscriber: each.name, event: whole.name }, 'a node-wide subscriber failed'));
    }
  };
  const hear = (text: string): void => {
    for (const heard of JSON.parse(text) as Heard[]) {
      lastSeen.set(heard.event.companyId, Math.max(lastSeen.get(heard.event.companyId) ?? heard.event.n, heard.event.n));
      void take(heard);
    }
  };
  redis.on('message', (_channel, text) => hear(text));
  await redis.subscribe(eventChannel);
  const timer = setInterval(() => void catchUp().catch((error: unknown) => log.warn({ err: error }, 'could not compare event numbers')), checkMs);
  const checked = new Map<string, number>();
  async function catchUp(): Promise<void> {
    for (const companyId of lastSeen.keys()) {
      const from = checked.get(companyId) ?? Math.max(0, (await lastEventNumber(companyId)) - 200);
      const missed = await eventsAfter(companyId, from, { limit: 1000, now: Date.now() });
      for (const event of missed) await take({ event, live: null });
      checked.set(companyId, missed.at(-1)?.n ?? from);
    }
  }
  return { close: async () => { clearInterval(timer); await redis.unsubscribe(eventChannel).catch(() => undefined); } };
}
