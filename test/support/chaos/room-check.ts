// The whole waiting room in one atomic look, and what must hold at every moment of it.
import type { Redis } from 'ioredis';
import { scoreOf } from '../../../queues/matching/order';
import { whyNot } from '../../../queues/matching/match';
import { type AgentRecord, type ItemRecord, readAgent, readItem } from '../../../queues/room/record';
import type { QueueRule } from '../../../queues/room/queue-rule';
import type { AgentSeat, StoredState } from '../../../queues/roster/agent';
import type { WorkItem } from '../../../queues/work-item';

type Hash = Record<string, string>;
interface AgentDump { text: string; kept: string[]; cooling: string[] }
interface Agent { f: AgentRecord; kept: string[]; cooling: string[] }
interface Raw { rules: Record<string, Hash>; agents: Record<string, AgentDump>; items: Record<string, string>; sets: Record<string, { key: string; waiting: string[] }>; profiles: Hash }
interface Dump extends Omit<Raw, 'agents' | 'items'> { agents: Record<string, Agent>; items: Record<string, ItemRecord> }

const lookScript = `
local function hash(key)
  local raw, t = redis.call('HGETALL', key), {}
  for i = 1, #raw, 2 do t[raw[i]] = raw[i + 1] end
  return t
end
local meta = redis.call('HMGET', KEYS[1], 'open', 'gen')
if meta[1] ~= '1' then return false end
local K = KEYS[1] .. ':' .. meta[2] .. ':'
local out = { rules = {}, agents = {}, items = {}, sets = {}, profiles = hash(K .. 'pf') }
for _, id in ipairs(redis.call('SMEMBERS', K .. 'qids')) do out.rules[id] = hash(K .. 'q:' .. id) end
for _, id in ipairs(redis.call('SMEMBERS', K .. 'ags')) do
  out.agents[id] = { text = redis.call('GET', K .. 'a:' .. id), kept = redis.call('ZRANGE', K .. 'kp:' .. id, 0, -1), cooling = redis.call('SMEMBERS', K .. 'ax:' .. id) }
end
for sid, key in pairs(hash(K .. 'si')) do out.sets[sid] = { key = key, waiting = redis.call('ZRANGE', K .. 'w:' .. sid, 0, -1, 'WITHSCORES') } end
for _, key in ipairs(redis.call('KEYS', K .. 'i:*')) do out.items[key:sub(#K + 3)] = redis.call('GET', key) end
return cjson.encode(out)`;

/** What is wrong with the room right now, in words; null when it is shut. */
export async function checkRoom(redis: Redis, companyId: string): Promise<{ faults: string[]; waiting: number; arrivals: Map<string, number> } | null> {
  const text = await redis.eval(lookScript, 1, `{t:${companyId}}:room`);
  if (typeof text !== 'string') return null;
  const raw = JSON.parse(text) as Raw;
  const agents = Object.fromEntries(Object.entries(raw.agents).map(([id, { text: record, kept, cooling }]) => [id, { f: readAgent(record), kept: list(kept), cooling: list(cooling) }]));
  const dump: Dump = { ...raw, agents, items: Object.fromEntries(Object.entries(raw.items).map(([id, record]) => [id, readItem(record)])) };
  const check = new Check(dump);
  return { faults: check.run(), waiting: check.waiting, arrivals: new Map(Object.entries(dump.items).map(([id, f]) => [id, Number(f.at)])) };
}

const list = (value: string[] | object): string[] => (Array.isArray(value) ? value : []);
const heldBy = (f: AgentRecord): string[] => f.h.split(';').filter(Boolean);
const numbers = (texts: Record<string, string>): Record<string, number> => Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, Number(value)]));

class Check {
  readonly faults: string[] = [];
  waiting = 0;
  private readonly place = new Map<string, string>();

  constructor(private readonly dump: Dump) {}

  run(): string[] {
    this.findPlaces();
    const seats = Object.entries(this.dump.agents).map(([id, agent]) => this.seatOf(id, agent));
    for (const [id, f] of Object.entries(this.dump.items)) this.checkItem(id, f, seats);
    for (const id of this.place.keys()) if (!this.dump.items[id]) this.faults.push(`${id} stands in ${this.place.get(id) ?? ''} but is unknown`);
    return this.faults;
  }

  private put(id: string, where: string): void {
    if (this.place.has(id)) this.faults.push(`${id} stands in ${this.place.get(id) ?? ''} and in ${where}`);
    this.place.set(id, where);
  }

  private findPlaces(): void {
    for (const [sid, { waiting }] of Object.entries(this.dump.sets)) list(waiting).forEach((id, i) => { if (i % 2 === 0) this.put(id, `set ${sid}`); });
    for (const [id, { f, kept }] of Object.entries(this.dump.agents)) {
      for (const item of heldBy(f)) this.put(item, `hands ${id}`);
      for (const item of kept) this.put(item, `kept ${id}`);
    }
  }

  private seatOf(id: string, { f }: Agent): AgentSeat {
    const [queues = '', levels = ''] = (this.dump.profiles[f.p] ?? '|').split('|');
    const seat: AgentSeat = {
      profile: { id, queueIds: queues.split(',').filter(Boolean), skills: Object.fromEntries(levels.split(',').filter(Boolean).map((each) => each.split('=') as [string, string]).map(([skill, level]) => [skill, Number(level)])), maxima: numbers(f.m), capacity: Number(f.cap) },
      state: f.st as StoredState, reason: '', idleSince: Number(f.id), firmLoad: Number(f.fl), softLoad: Number(f.sl), counts: numbers(f.c), missed: Number(f.ms), lastTurn: Number(f.tn),
    };
    const load = heldBy(f).map((item) => this.dump.items[item]).filter((each) => each?.s === 'O' || each?.s === 'A').reduce((sum, each) => sum + Number(each?.sid.split(':')[2]), 0);
    if (load !== seat.firmLoad + seat.softLoad) this.faults.push(`agent ${id} carries ${load}, noted ${seat.firmLoad} + ${seat.softLoad}`);
    if (seat.firmLoad > seat.profile.capacity) this.faults.push(`agent ${id} over capacity: ${seat.firmLoad}`);
    for (const [channel, most] of Object.entries(seat.profile.maxima)) if ((seat.counts[channel] ?? 0) > most) this.faults.push(`agent ${id} over the maximum of ${channel}`);
    return seat;
  }

  private checkItem(id: string, f: ItemRecord, seats: AgentSeat[]): void {
    const place = this.place.get(id) ?? 'nowhere';
    const key = this.dump.sets[f.sid]?.key ?? '';
    const [queueId = '', channel = '', weight = '', soft = '', requirement = ''] = key.split('|');
    const rule = this.dump.rules[queueId];
    if (!rule) { this.faults.push(`${id} has no queue`); return; }
    if (f.s !== 'W') {
      if (place !== `hands ${f.ag}`) this.faults.push(`${id} is ${f.s} of ${f.ag} but stands in ${place}`);
      return;
    }
    this.waiting += 1;
    const keptFor = f.kp;
    if (place !== (keptFor === '' ? `set ${f.sid}` : `kept ${keptFor}`)) this.faults.push(`${id} waits but stands in ${place}`);
    const item: WorkItem = {
      id, version: 1, queueId, channel, weight: Number(weight), interruptible: soft === '1', offerSeconds: 1, arrivedAt: Number(f.at), priorityMinutes: Number(f.pm), staticPriority: Number(f.sp), dueAt: f.du ? Number(f.du) : null,
      rings: [{ afterSeconds: 0, requirement: Object.fromEntries(requirement.split(',').filter(Boolean).map((each) => each.split('=') as [string, string]).map(([skill, level]) => [skill, Number(level)])) }],
    };
    const score = scoreOf(item, { id: queueId, order: rule['order'] as QueueRule['order'], select: 'longest-idle', pull: false, coolDownSeconds: 0, boostMinutes: Number(rule['boost']) });
    if (Number(f.k) !== score) this.faults.push(`${id} has lost its seniority: ${f.k} instead of ${score}`);
    if (rule['pull'] === '1') return;
    const cooling = (agentId: string): number => ((this.dump.agents[agentId]?.cooling ?? []).includes(id) ? 1 : 0);
    const idle = seats.find((seat) => whyNot({ item, ring: 0, keptFor }, seat, cooling) === null);
    if (idle) this.faults.push(`${idle.profile.id} idles while ${id} waits`);
  }
}
