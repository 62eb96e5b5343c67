import type { Redis } from 'ioredis';
import type { Ctx } from './context';
import { eventsAfter, lastEventNumber, type DomainEvent } from './event.model';
import type { Log } from './logger';
import { readBatch, type Heard } from './batches';
import { eventChannel } from './event-log';
import type { Subscriber } from './subscriber';
import { forgetAbout, setHearing } from './warm';

export interface Listening {
  redis: Redis;
  subscribers: Subscriber[];
  log: Log;
  contextOf(companyId: string): Ctx;
  /** Every company, asked again at each comparison. */
  companies(): Promise<string[]>;
  /** How often event numbers are compared; 5 s by default. */
  checkMs?: number;
}

const remembered = 5000;
const atOnce = 1000;

/** Runs the `everywhere` subscribers of this node: at once by pub/sub, and every 5 s by comparing event numbers, since pub/sub forgets. */
export async function listen(listening: Listening): Promise<{ close(): Promise<void> }> {
  const { redis, log, companies, checkMs = 5000 } = listening;
  const take = taker(listening);
  const numbers = new Map<string, HeardNumbers>();
  const numbersOf = (companyId: string): HeardNumbers => {
    const known = numbers.get(companyId) ?? new HeardNumbers(0);
    numbers.set(companyId, known);
    return known;
  };
  // What happened before this node listened is in what it reads when it starts.
  for (const companyId of await companies()) numbers.set(companyId, new HeardNumbers(await lastEventNumber(companyId)));
  redis.on('message', (channel, text) => {
    if (channel !== eventChannel) return;
    for (const heard of readBatch(text)) {
      numbersOf(heard.event.companyId).note(heard.event.n);
      void take(heard);
    }
  });
  redis.on('close', () => numbers.forEach((each) => each.doubt()));
  await redis.subscribe(eventChannel);
  setHearing(true);
  const catchUp = async (): Promise<void> => {
    for (const companyId of await companies()) {
      const known = numbersOf(companyId);
      for (let missed = await known.missed(companyId); missed.length > 0; missed = missed.length < atOnce ? [] : await known.missed(companyId)) {
        for (const event of missed) await take({ event, live: null });
        known.read(missed.at(-1)?.n ?? 0);
      }
      if (redis.status === 'ready') known.trust();
    }
  };
  const timer = setInterval(() => void catchUp().catch((error: unknown) => log.warn({ err: error }, 'could not compare event numbers')), checkMs);
  return { close: async () => { clearInterval(timer); setHearing(false); await redis.unsubscribe(eventChannel).catch(() => undefined); } };
}

// Which numbers of a company this node knows the events of: all up to one, and some beyond. Only what is missing in between is read.
class HeardNumbers {
  private readonly beyond = new Set<number>();
  private doubtful = false;

  constructor(private upTo: number) {}

  note(n: number): void {
    if (this.doubtful || n <= this.upTo) return;
    this.beyond.add(n);
    this.close();
  }

  missed(companyId: string): Promise<DomainEvent[]> {
    return eventsAfter(companyId, this.upTo, { limit: atOnce, now: Date.now() });
  }

  read(n: number): void {
    this.upTo = Math.max(this.upTo, n);
    for (const each of this.beyond) if (each <= this.upTo) this.beyond.delete(each);
    this.close();
  }

  // Redis may have been away, and may give numbers again that it forgot: until the next comparison only the store is believed.
  doubt(): void {
    this.doubtful = true;
    this.beyond.clear();
  }

  trust(): void {
    this.doubtful = false;
  }

  private close(): void {
    while (this.beyond.delete(this.upTo + 1)) this.upTo += 1;
  }
}

// Each event is taken once, whichever way it came first.
function taker({ subscribers, log, contextOf }: Listening): (heard: Heard) => Promise<void> {
  const everywhere = subscribers.filter((each) => each.kind === 'everywhere');
  const done = new Set<string>();
  return async ({ event, live }) => {
    if (done.has(event._id)) return;
    done.add(event._id);
    if (done.size > remembered) for (const id of [...done].slice(0, remembered / 2)) done.delete(id);
    forgetAbout(event);
    lately.add(event);
    await Promise.all(everywhere.filter((each) => each.on.includes(event.name)).map((each) =>
      Promise.resolve().then(() => each.run(contextOf(event.companyId), event, live ?? undefined)).catch((error: unknown) => log.error({ err: error, subscriber: each.name, event: event.name }, 'a node-wide subscriber failed'))));
  };
}

// Everybody is told of an event a moment before it stands in `events`.
class Lately {
  private readonly events: { event: DomainEvent; at: number }[] = [];

  add(event: DomainEvent): void {
    const now = performance.now();
    this.events.push({ event, at: now });
    while ((this.events[0]?.at ?? now) < now - latelyMs) this.events.shift();
  }

  after(companyId: string, n: number): DomainEvent[] {
    return this.events.filter(({ event }) => event.companyId === companyId && event.n > n).map(({ event }) => event);
  }
}

const latelyMs = 3000;
const lately = new Lately();

/** Events of a company after a number that this node was told of in the last seconds, whether they stand in `events` yet or not. */
export const heardLately = (companyId: string, after: number): DomainEvent[] => lately.after(companyId, after);
