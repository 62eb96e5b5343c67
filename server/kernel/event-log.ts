import type { Redis } from 'ioredis';
import type mongoose from 'mongoose';
import { Events, lastEventNumber, type DomainEvent } from './event.model';
import { isDuplicate } from './mongo';
import type { PendingEvent } from './outbox';
import { Lane, patienceMs } from './together';

/** Redis channel on which every node hears of events. */
export const eventChannel = 'trunkline:events';

const numberKey = (companyId: string): string => `{t:${companyId}}:events:n`;
const countUp = "if redis.call('EXISTS',KEYS[1])==1 then return redis.call('INCRBY',KEYS[1],ARGV[1]) else return false end";
// The number is in front of the text: whoever hears it counts back from the last one.
const countAndTell = "if redis.call('EXISTS',KEYS[1])==0 then return false end local n=redis.call('INCRBY',KEYS[1],ARGV[1]) redis.call('PUBLISH',ARGV[2],n..' '..ARGV[3]) return n";

// The driver tells of a refused insert among many by its text only.
const takenNumber = /companyId_1_n_1\b/;

/** An event on its way into `events`; without a number it gets one there. */
export interface Numbered extends PendingEvent {
  n?: number;
}

/** Numbers events and appends them to `events`, each once. */
export class EventLog {
  private readonly appending = new Map<string, Lane<Numbered, DomainEvent>>();

  constructor(private readonly redis: Redis) {}

  /** Numbers so many events and tells every node in the same step; answers the last number. */
  async tell(companyId: string, count: number, text: string): Promise<number> {
    const told = await this.redis.eval(countAndTell, 1, numberKey(companyId), count, eventChannel, text);
    if (typeof told === 'number') return told;
    await this.begin(companyId);
    return this.tell(companyId, count, text);
  }

  /** Puts an event into `events`, with others of the moment; answers it with the number it has there. */
  append(companyId: string, event: Numbered, { hurry }: { hurry: boolean }): Promise<DomainEvent> {
    const lane = this.appending.get(companyId) ?? new Lane((events: Numbered[]) => this.appendDifferent(companyId, events));
    this.appending.set(companyId, lane);
    return lane.add(event, { hold: hurry ? 0 : patienceMs });
  }

  // The same event twice, by its publisher and by the sweep: one of them is enough.
  private async appendDifferent(companyId: string, events: Numbered[]): Promise<DomainEvent[]> {
    const different = [...new Map(events.map((event) => [event._id, event])).values()];
    const byId = new Map((await this.insert(companyId, different)).map((event) => [event._id, event]));
    return events.map((event) => byId.get(event._id) as DomainEvent);
  }

  private async insert(companyId: string, events: Numbered[]): Promise<DomainEvent[]> {
    const bare = events.filter((event) => event.n === undefined).length;
    let next = bare === 0 ? 0 : (await this.countUp(companyId, bare)) - bare + 1;
    const rows = events.map((event): DomainEvent => ({ ...event, companyId, n: event.n ?? next++ }));
    try {
      await Events.collection.insertMany(rows as unknown as mongoose.mongo.OptionalId<mongoose.mongo.Document>[], { ordered: false });
      return rows;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.settleDuplicates(companyId, { events, numbersTaken: takenNumber.test(error instanceof Error ? error.message : '') });
    }
  }

  // Published before a crash: keep the number it has. Numbers taken (Redis lost some seconds): start again above the highest.
  private async settleDuplicates(companyId: string, { events, numbersTaken }: { events: Numbered[]; numbersTaken: boolean }): Promise<DomainEvent[]> {
    const known = await Events.find({ companyId, _id: { $in: events.map((event) => event._id) } }).lean<DomainEvent[]>();
    const knownIds = new Set(known.map((event) => event._id));
    const rest = events.filter((event) => !knownIds.has(event._id)).map(({ n: _taken, ...event }) => event);
    if (numbersTaken) await this.redis.del(numberKey(companyId));
    return rest.length === 0 ? known : [...known, ...(await this.insert(companyId, rest))];
  }

  private async countUp(companyId: string, by: number): Promise<number> {
    const next = await this.redis.eval(countUp, 1, numberKey(companyId), by);
    if (typeof next === 'number') return next;
    await this.begin(companyId);
    return this.countUp(companyId, by);
  }

  private async begin(companyId: string): Promise<void> {
    await this.redis.set(numberKey(companyId), await lastEventNumber(companyId), 'NX');
  }
}
