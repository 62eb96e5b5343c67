import type { Redis } from 'ioredis';
import type { AgentSeat, StoredState } from '../roster/agent';
import { shownState } from '../roster/agent-state';
import { isOver } from '../roster/capacity';
import { roomKey, roomPrefix } from './keys';
import { type AgentRecord, type ItemRecord, readAgent, readItem } from './record';
import type { AgentSnapshot, ExpectedWait, ItemView, Position, QueueSnapshot, Snapshot } from './room.types';

const states: Readonly<Record<string, ItemView['state']>> = { W: 'waiting', O: 'offered', A: 'assigned', Z: 'asleep', Y: 'asleep' };
const channelOf = (sid: string): string => sid.split(':')[1] ?? '';
const numbers = (texts: Readonly<Record<string, string>>): Record<string, number> => Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, Number(value)]));

interface Seat { agentId: string; f: AgentRecord }

const itemOf = (f: ItemRecord): ItemView => ({
  state: states[f.s] ?? 'waiting', version: Number(f.v), queueId: f.q, channel: channelOf(f.sid), arrivedAt: Number(f.at),
  ring: Number(f.rg), agentId: f.ag || null, offerId: f.of || null, expiresAt: f.s === 'O' ? Number(f.ex) : null, keptFor: f.kp || null,
});

/** Reads of the current generation; they change nothing and may be a moment old. */
export class RoomViews {
  constructor(private readonly redis: Redis, private readonly companyId: string) {}

  private async prefix(): Promise<string> {
    return roomPrefix(this.companyId, (await this.redis.hget(roomKey(this.companyId), 'gen')) ?? '0');
  }
  private async records(prefix: string, ids: readonly string[]): Promise<ItemRecord[]> {
    const texts = ids.length > 0 ? await this.redis.mget(ids.map((id) => `${prefix}i:${id}`)) : [];
    return texts.flatMap((text) => (text === null ? [] : [readItem(text)]));
  }

  async nextDue(): Promise<number | null> {
    const score = (await this.redis.zrange(`${await this.prefix()}tm`, '0', '0', 'WITHSCORES'))[1];
    return score === undefined ? null : Number(score);
  }

  async item(itemId: string): Promise<ItemView | null> {
    return (await this.items([itemId]))[0] ?? null;
  }

  async items(itemIds: readonly string[]): Promise<(ItemView | null)[]> {
    if (itemIds.length === 0) return [];
    const prefix = await this.prefix();
    return (await this.redis.mget(itemIds.map((id) => `${prefix}i:${id}`))).map((text) => (text === null ? null : itemOf(readItem(text))));
  }

  async agent(agentId: string): Promise<AgentSeat | null> {
    const prefix = await this.prefix();
    const text = await this.redis.get(`${prefix}a:${agentId}`);
    if (text === null) return null;
    const f = readAgent(text);
    const [queueIds = '', skills = ''] = ((await this.redis.hget(`${prefix}pf`, f.p)) ?? '|').split('|');
    const levels = skills.split(',').filter(Boolean).map((entry) => entry.split('=') as [string, string]);
    return {
      profile: {
        id: agentId, queueIds: queueIds.split(',').filter(Boolean), skills: Object.fromEntries(levels.map(([skill, level]) => [skill, Number(level)])),
        maxima: numbers(f.m), capacity: Number(f.cap),
      },
      state: f.st as StoredState, reason: f.rs, idleSince: Number(f.id), firmLoad: Number(f.fl), softLoad: Number(f.sl), counts: numbers(f.c),
      missed: Number(f.ms), lastTurn: Number(f.tn),
    };
  }

  private async setsOf(prefix: string, queueId: string): Promise<string[]> {
    return this.redis.smembers(`${prefix}qs:${queueId}`);
  }

  async position(itemId: string): Promise<Position | null> {
    const prefix = await this.prefix();
    const [f] = await this.records(prefix, [itemId]);
    if (f?.s !== 'W') return null;
    const { k: score, q: queueId, kp: keptFor } = f;
    const sets = await this.setsOf(prefix, queueId);
    const counts = await Promise.all(sets.flatMap((sid) => [this.redis.zcount(`${prefix}w:${sid}`, '-inf', `(${score}`), this.redis.zcard(`${prefix}w:${sid}`)]));
    // What came in the same moment goes by id.
    const equal = await Promise.all(sets.map((sid) => this.redis.zrangebyscore(`${prefix}w:${sid}`, score, score)));
    const ahead = counts.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0) + equal.flat().filter((id) => id < itemId).length;
    const waiting = counts.filter((_, i) => i % 2 === 1).reduce((a, b) => a + b, 0) + (keptFor ? 1 : 0);
    const interval = await this.redis.hget(`${prefix}q:${queueId}`, 'iv');
    return { position: ahead + 1, waiting, expectedSeconds: interval === null ? null : Math.round(((ahead + 1) * Number(interval)) / 1000) };
  }

  async expectedWait(queueId: string): Promise<ExpectedWait> {
    const prefix = await this.prefix();
    const sets = await this.setsOf(prefix, queueId);
    const counts = await Promise.all(sets.map((sid) => this.redis.zcard(`${prefix}w:${sid}`)));
    const waiting = counts.reduce((a, b) => a + b, await this.redis.scard(`${prefix}kq:${queueId}`));
    const [interval, off] = await this.redis.hmget(`${prefix}q:${queueId}`, 'iv', 'off');
    const seconds = (value: string | null | undefined, times: number): number | null => (value == null ? null : Math.round((Number(value) * times) / 1000));
    return { seconds: seconds(interval, waiting), secondsOff: seconds(off, 1), waiting };
  }

  private async queueSnapshot(prefix: string, queueId: string): Promise<QueueSnapshot> {
    const sets = await this.setsOf(prefix, queueId);
    const counts = await Promise.all(sets.map((sid) => this.redis.zcard(`${prefix}w:${sid}`)));
    const heads = await Promise.all(sets.map((sid) => this.redis.zrange(`${prefix}w:${sid}`, '0', '0')));
    const arrivals = await this.records(prefix, heads.flat());
    const waitingByChannel: Record<string, number> = {};
    sets.forEach((sid, i) => { waitingByChannel[channelOf(sid)] = (waitingByChannel[channelOf(sid)] ?? 0) + (counts[i] ?? 0); });
    const waiting = counts.reduce((a, b) => a + b, 0);
    const [interval, off] = await this.redis.hmget(`${prefix}q:${queueId}`, 'iv', 'off');
    const moments = arrivals.map(({ at }) => Number(at));
    return {
      queueId, waiting, waitingByChannel, oldestArrivedAt: moments.length > 0 ? Math.min(...moments) : null, offered: 0, offeredByChannel: {}, assigned: 0,
      expectedSeconds: interval == null ? null : Math.round((waiting * Number(interval)) / 1000), secondsOff: off == null ? null : Math.round(Number(off) / 1000),
    };
  }

  /** Adds what agents are offered, hold or have kept for them to the figures of their queues. */
  private async addHeld(prefix: string, agents: readonly Seat[], queues: Map<string, QueueSnapshot>): Promise<void> {
    const kept = await Promise.all(agents.map(({ agentId }) => this.redis.zrange(`${prefix}kp:${agentId}`, '0', '-1')));
    const held = agents.flatMap(({ f }) => f.h.split(';').filter(Boolean));
    for (const { s, q: queueId, sid, at } of await this.records(prefix, [...held, ...kept.flat()])) {
      const q = queues.get(queueId);
      if (!q) continue;
      if (s !== 'O' && s !== 'W') q.assigned += 1;
      else {
        q[s === 'O' ? 'offered' : 'waiting'] += 1;
        const byChannel = q[s === 'O' ? 'offeredByChannel' : 'waitingByChannel'];
        byChannel[channelOf(sid)] = (byChannel[channelOf(sid)] ?? 0) + 1;
        q.oldestArrivedAt = Math.min(q.oldestArrivedAt ?? Infinity, Number(at));
      }
    }
  }

  async snapshot(): Promise<Snapshot> {
    const prefix = await this.prefix();
    const queueIds = (await this.redis.smembers(`${prefix}qids`)).sort();
    const agentIds = (await this.redis.smembers(`${prefix}ags`)).sort();
    const queues = new Map((await Promise.all(queueIds.map((id) => this.queueSnapshot(prefix, id)))).map((q) => [q.queueId, q]));
    const texts = agentIds.length > 0 ? await this.redis.mget(agentIds.map((id) => `${prefix}a:${id}`)) : [];
    const seats = agentIds.flatMap((agentId, i): Seat[] => (texts[i] ? [{ agentId, f: readAgent(texts[i]) }] : []));
    await this.addHeld(prefix, seats, queues);
    const agents = seats.map(({ agentId, f }): AgentSnapshot => {
      const seat = { firmLoad: Number(f.fl), softLoad: Number(f.sl), counts: numbers(f.c) };
      const limits = { capacity: Number(f.cap), maxima: numbers(f.m) };
      return {
        agentId, state: shownState(f.st as StoredState, seat, limits), reason: f.rs, since: Number(f.sc), idleSince: Number(f.id),
        load: seat.firmLoad + seat.softLoad, capacity: limits.capacity, counts: seat.counts, overMaximum: isOver(seat, limits), missed: Number(f.ms),
      };
    });
    return { epoch: (await this.redis.hget(roomKey(this.companyId), 'epoch')) ?? '', queues: [...queues.values()], agents };
  }
}
