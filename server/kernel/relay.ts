import type { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { Producer } from '../../queues';
import type { Ctx } from './context';
import { Events, lastEventNumber, type DomainEvent } from './event.model';
import type { Log } from './logger';
import { isDuplicate } from './mongo';
import { Lane } from './together';
import type { PendingEvent } from './outbox';
import type { Relay, Source } from './relay.types';
import type { Subscriber } from './subscriber';

interface Entry {
  source: Source;
  event: PendingEvent;
  live: unknown;
  done(): void;
}

/** The relay as the composition root sees it. */
export interface OpenRelay extends Relay {
  /** Tells who is interested and how to make a context; called once by app.ts. */
  open(wiring: { subscribers: Subscriber[]; contextOf(companyId: string): Ctx }): void;
}

/** Redis channel on which every node hears of events. */
export const eventChannel = 'trunkline:events';

const numberKey = (companyId: string): string => `{t:${companyId}}:events:n`;
const countUp = "if redis.call('EXISTS',KEYS[1])==1 then return redis.call('INCRBY',KEYS[1],ARGV[1]) else return false end";

// The driver tells of a refused insert among many by its text only.
const takenNumber = /companyId_1_n_1\b/;
// The sweep looks at what has been pending for longer than 3 s.
const clearMs = 1000;

/** A relay over one Redis connection. */
export function createRelay({ redis, jobs, log }: { redis: Redis; jobs: Producer; log: Log }): OpenRelay {
  return new BatchingRelay(redis, jobs, log);
}

class BatchingRelay implements OpenRelay {
  private subscribers: Subscriber[] = [];
  private contextOf: ((companyId: string) => Ctx) | undefined;
  private waiting = new Map<string, Entry[]>();
  private cleared = new Map<string, Map<string, string[]>>();
  private clearTimer: NodeJS.Timeout | undefined;
  private readonly appending = new Map<string, Lane<PendingEvent, DomainEvent>>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly redis: Redis, private readonly jobs: Producer, private readonly log: Log) {}

  open(wiring: { subscribers: Subscriber[]; contextOf(companyId: string): Ctx }): void {
    this.subscribers = wiring.subscribers;
    this.contextOf = wiring.contextOf;
  }

  async publish(source: Source, events: readonly PendingEvent[] | undefined, live?: unknown): Promise<void> {
    await Promise.all((events ?? []).map((event) => new Promise<void>((done) => this.enqueue({ source, event, live, done }))));
  }

  async settle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
    await this.clear();
  }

  // Everything that comes within one turn of the event loop goes out in one batch per company.
  private enqueue(entry: Entry): void {
    const { companyId } = entry.source;
    const batch = this.waiting.get(companyId);
    if (batch) {
      batch.push(entry);
      return;
    }
    this.waiting.set(companyId, [entry]);
    setImmediate(() => {
      const entries = this.waiting.get(companyId) ?? [];
      this.waiting.delete(companyId);
      const run = this.send(companyId, entries)
        .catch((error: unknown) => this.log.error({ err: error, events: entries.length }, 'events stay pending until the sweep'))
        .finally(() => { this.running.delete(run); entries.forEach((each) => each.done()); });
      this.running.add(run);
    });
  }

  private async send(companyId: string, entries: Entry[]): Promise<void> {
    const numbered = (await Promise.all(entries.map((entry) => this.laneOf(companyId).add(entry.event)))).sort((one, other) => one.n - other.n);
    const lives = new Map(entries.map((entry) => [entry.event._id, entry.live]));
    await this.runQuick(companyId, numbered, lives);
    await this.addJobs(companyId, numbered);
    await this.redis.publish(eventChannel, JSON.stringify(numbered.map((event) => ({ event, live: lives.get(event._id) ?? null }))));
    for (const entry of entries) this.noteCleared(entry);
  }

  private laneOf(companyId: string): Lane<PendingEvent, DomainEvent> {
    const found = this.appending.get(companyId) ?? new Lane((events: PendingEvent[]) => this.numbered(companyId, events));
    this.appending.set(companyId, found);
    return found;
  }

  // The same event twice, by its publisher and by the sweep: one of them is enough.
  private async numbered(companyId: string, events: PendingEvent[]): Promise<DomainEvent[]> {
    const different = [...new Map(events.map((event) => [event._id, event])).values()];
    const byId = new Map((await this.append(companyId, different)).map((event) => [event._id, event]));
    return events.map((event) => byId.get(event._id) as DomainEvent);
  }

  private async append(companyId: string, events: PendingEvent[]): Promise<DomainEvent[]> {
    const last = await this.countUp(companyId, events.length);
    const rows = events.map((event, index): DomainEvent => ({ ...event, companyId, n: last - events.length + 1 + index }));
    try {
      await Events.collection.insertMany(rows as unknown as mongoose.mongo.OptionalId<mongoose.mongo.Document>[], { ordered: false });
      return rows;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.settleDuplicates(companyId, { events, numbersTaken: takenNumber.test(error instanceof Error ? error.message : '') });
    }
  }

  // Published before a crash: keep the number it has. Numbers taken (Redis lost some seconds): start again above the highest.
  private async settleDuplicates(companyId: string, { events, numbersTaken }: { events: PendingEvent[]; numbersTaken: boolean }): Promise<DomainEvent[]> {
    const known = await Events.find({ companyId, _id: { $in: events.map((event) => event._id) } }).lean<DomainEvent[]>();
    const knownIds = new Set(known.map((event) => event._id));
    const rest = events.filter((event) => !knownIds.has(event._id));
    if (numbersTaken) await this.redis.del(numberKey(companyId));
    return rest.length === 0 ? known : [...known, ...(await this.append(companyId, rest))];
  }

  private async countUp(companyId: string, by: number): Promise<number> {
    const key = numberKey(companyId);
    const next = await this.redis.eval(countUp, 1, key, by);
    if (typeof next === 'number') return next;
    await this.redis.set(key, await lastEventNumber(companyId), 'NX');
    return this.countUp(companyId, by);
  }

  private async runQuick(companyId: string, events: DomainEvent[], lives: Map<string, unknown>): Promise<void> {
    const ctx = this.contextOf?.(companyId);
    if (!ctx) return;
    const matters = new Map<string, DomainEvent[]>();
    for (const event of events) matters.set(matterOf(event), [...(matters.get(matterOf(event)) ?? []), event]);
    await Promise.all([...matters.values()].map(async (inOrder) => {
      for (const event of inOrder) await this.runQuickOnes(ctx, event, lives.get(event._id));
    }));
  }

  private async runQuickOnes(ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> {
    for (const each of this.subscribersOf('quick', event)) {
      await Promise.resolve().then(() => each.run(ctx, event, live)).catch(async (error: unknown) => {
        this.log.warn({ err: error, subscriber: each.name, event: event.name }, 'runs again as a job');
        await this.jobs.add('subscriber.run', jobPayload(each, event));
      });
    }
  }

  private async addJobs(companyId: string, events: DomainEvent[]): Promise<void> {
    const payloads = events.flatMap((event) => this.subscribersOf('once', event).map((each) => jobPayload(each, event)));
    if (payloads.length > 0) await this.jobs.addAll('subscriber.run', payloads.map((payload) => ({ ...payload, companyId })));
  }

  private subscribersOf(kind: Subscriber['kind'], event: DomainEvent): Subscriber[] {
    return this.subscribers.filter((each) => each.kind === kind && each.on.includes(event.name));
  }

  private noteCleared({ source, event }: Entry): void {
    const ids = this.cleared.get(source.collection) ?? new Map<string, string[]>();
    this.cleared.set(source.collection, ids);
    ids.set(source.id, [...(ids.get(source.id) ?? []), event._id]);
    this.clearTimer ??= setTimeout(() => void this.clear().catch((error: unknown) => this.log.warn({ err: error }, 'pending flags stay until the sweep')), clearMs);
  }

  private async clear(): Promise<void> {
    clearTimeout(this.clearTimer);
    this.clearTimer = undefined;
    const all = this.cleared;
    this.cleared = new Map();
    for (const [collection, ids] of all) {
      const writes = [...ids].map(([id, events]) => ({ updateOne: { filter: { _id: id as unknown as mongoose.mongo.ObjectId }, update: { $pull: { pending: { _id: { $in: events } } } } } }));
      await mongoose.connection.collection(collection).bulkWrite(writes as unknown as mongoose.mongo.AnyBulkWriteOperation[], { ordered: false });
    }
  }
}

// What happens to one ticket is told in order; tickets do not wait for each other.
const matterOf = (event: DomainEvent): string => (typeof event.data['ticketId'] === 'string' ? event.data['ticketId'] : event.subject);

const jobPayload = (each: Subscriber, event: DomainEvent) => ({ companyId: event.companyId, subscriber: each.name, event: { id: event._id, companyId: event.companyId, n: event.n, name: event.name, at: new Date(event.at).toISOString(), by: event.by, subject: event.subject, data: event.data } });
