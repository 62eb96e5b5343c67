import type { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { Producer } from '../../queues';
import type { Ctx } from './context';
import { writeBatch } from './batches';
import { EventLog, eventChannel } from './event-log';
import type { DomainEvent } from './event.model';
import type { Log } from './logger';
import type { PendingEvent } from './outbox';
import type { Relay, Source } from './relay.types';
import type { Subscriber } from './subscriber';
import { forgetAbout } from './warm';

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

// The sweep looks at what has been pending for longer than 3 s.
const clearMs = 1000;
const mostCleared = 500;

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
  private readonly running = new Set<Promise<void>>();
  private readonly log: EventLog;

  constructor(private readonly redis: Redis, private readonly jobs: Producer, private readonly logger: Log) {
    this.log = new EventLog(redis);
  }

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
        .catch((error: unknown) => this.logger.error({ err: error, events: entries.length }, 'events stay pending until the sweep'))
        .finally(() => { this.running.delete(run); entries.forEach((each) => each.done()); });
      this.running.add(run);
    });
  }

  private async send(companyId: string, entries: Entry[]): Promise<void> {
    for (const { event } of entries) forgetAbout({ ...event, companyId, n: 0 });
    const waiting = await this.mattersThatWait(companyId, entries);
    const [first, after] = [entries.filter(({ event }) => !waiting.has(matterOf(event))), entries.filter(({ event }) => waiting.has(matterOf(event)))];
    await Promise.all([first.length > 0 ? this.tellFirst(companyId, first) : undefined, after.length > 0 ? this.tellAfter(companyId, after) : undefined]);
  }

  // What is told of some must wait for what we do about it; what happens to one matter is told in order.
  private async mattersThatWait(companyId: string, entries: Entry[]): Promise<Set<string>> {
    const ctx = this.contextOf?.(companyId);
    const waiting = new Set<string>();
    if (!ctx) return waiting;
    const busy = new Map<Subscriber, boolean>();
    for (const each of this.subscribers) if (each.kind === 'quick' && each.needed) busy.set(each, await each.needed(ctx));
    for (const { event } of entries) if (this.subscribersOf('quick', event).some((each) => !each.meanwhile && busy.get(each) !== false)) waiting.add(matterOf(event));
    return waiting;
  }

  private async tellFirst(companyId: string, entries: Entry[]): Promise<void> {
    const last = await this.log.tell(companyId, entries.length, writeBatch(entries.map(({ event, live }) => ({ event: { ...event, companyId }, live }))));
    // By then this process has mostly heard it too: who listens comes before what we do about it.
    await new Promise((resolve) => setImmediate(resolve));
    const numbered = entries.map(({ event }, index): DomainEvent => ({ ...event, companyId, n: last - entries.length + 1 + index }));
    await Promise.all([this.runQuick(companyId, numbered, livesOf(entries)), ...numbered.map((event) => this.log.append(companyId, event, { hurry: false }))]);
    await this.addJobs(companyId, numbered);
    for (const entry of entries) this.noteCleared(entry);
  }

  private async tellAfter(companyId: string, entries: Entry[]): Promise<void> {
    const numbered = (await Promise.all(entries.map((entry) => this.log.append(companyId, entry.event, { hurry: true })))).sort((one, other) => one.n - other.n);
    const lives = livesOf(entries);
    await this.runQuick(companyId, numbered, lives);
    await this.addJobs(companyId, numbered);
    await this.redis.publish(eventChannel, `0 ${writeBatch(numbered.map((event) => ({ event, live: lives.get(event._id) })))}`);
    for (const entry of entries) this.noteCleared(entry);
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
        this.logger.warn({ err: error, subscriber: each.name, event: event.name }, 'runs again as a job');
        await this.jobs.add('subscriber.run', jobPayload(each, event));
      });
    }
  }

  private async addJobs(companyId: string, events: DomainEvent[]): Promise<void> {
    const payloads = events.flatMap((event) => this.subscribersOf('once', event).map((each) => jobPayload(each, event)));
    if (payloads.length > 0) await this.jobs.addAll('subscriber.run', payloads.map((payload) => ({ ...payload, companyId })));
  }

  private subscribersOf(kind: Subscriber['kind'], event: PendingEvent): Subscriber[] {
    return this.subscribers.filter((each) => each.kind === kind && each.on.includes(event.name));
  }

  private noteCleared({ source, event }: Entry): void {
    const ids = this.cleared.get(source.collection) ?? new Map<string, string[]>();
    this.cleared.set(source.collection, ids);
    ids.set(source.id, [...(ids.get(source.id) ?? []), event._id]);
    this.clearTimer ??= setTimeout(() => void this.clear().catch((error: unknown) => this.logger.warn({ err: error }, 'pending flags stay until the sweep')), clearMs);
  }

  private async clear(): Promise<void> {
    clearTimeout(this.clearTimer);
    this.clearTimer = undefined;
    const all = this.cleared;
    this.cleared = new Map();
    for (const [collection, ids] of all) {
      const all = [...ids];
      for (let n = 0; n < all.length; n += mostCleared) {
        const some = all.slice(n, n + mostCleared);
        const carriers = { _id: { $in: some.map(([id]) => id) } } as unknown as mongoose.mongo.Filter<mongoose.mongo.Document>;
        await mongoose.connection.collection(collection).updateMany(carriers, { $pull: { pending: { _id: { $in: some.flatMap(([, events]) => events) } } } } as object);
      }
    }
  }
}

const livesOf = (entries: readonly Entry[]): Map<string, unknown> => new Map(entries.map((entry) => [entry.event._id, entry.live]));

// What happens to one ticket is told in order; tickets do not wait for each other.
const matterOf = (event: PendingEvent): string => (typeof event.data['ticketId'] === 'string' ? event.data['ticketId'] : event.subject);

const jobPayload = (each: Subscriber, event: DomainEvent) => ({ companyId: event.companyId, subscriber: each.name, event: { id: event._id, companyId: event.companyId, n: event.n, name: event.name, at: new Date(event.at).toISOString(), by: event.by, subject: event.subject, data: event.data } });
