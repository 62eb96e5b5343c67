import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { AgentProfile } from '../roster/agent';
import { itemArgs } from '../room/encode';
import { roomKey, roomPrefix } from '../room/keys';
import type { QueueRule } from '../room/queue-rule';
import { createWaitingRoom } from '../room/room';
import { assemble, bindScript, type CallScript } from '../room/script';
import type { WorkItem } from '../work-item';

/** A kind of arrival. */
export interface Template {
  /** As it arrives, but for id and arrivedAt; preferred agents and exclusions are left out. */
  item: Omit<WorkItem, 'id' | 'arrivedAt' | 'dueAt' | 'preferred' | 'excluded'>;
  /** Milliseconds from arrival to its deadline (order 'due'). */
  dueAfterMs?: number;
  /** Milliseconds agents take to accept an offer; with autoAccept nothing is waited for. */
  answerMs?: number;
}
/** Who works, on what, by which rules. */
export interface Setting {
  queues: readonly QueueRule[];
  agents: readonly (AgentProfile & { /** Service times are divided by it. Default 1. */ speed?: number; /** Not there until a shift begins. Default false. */ absent?: boolean })[];
  templates: readonly Template[];
  /** Items that may wait at once; more are turned away. Default: no end. */
  places?: number;
}
/** One arrival. Times in milliseconds. */
export interface Arrival { at: number; template: number; serviceMs: number; /** Gives up after so long; null: never. */ patienceMs: number | null }
/** An agent (place in the setting's list) comes or goes; who goes ends what they have. */
export interface Shift { at: number; agent: number; begins: boolean }
/** What became of it: `agent` is the place in the setting's list, -1 gave up, -2 turned away. */
export interface Ended { arrival: number; agent: number; waitMs: number }

let bodyText: string | undefined;
const bound = new WeakMap<Redis, CallScript>();
function runScript(redis: Redis): CallScript {
  bodyText ??= assemble(join(__dirname, 'lua', 'run.lua'));
  const script = bound.get(redis) ?? bindScript(redis, { prefix: 'trunkline_simulation_', body: bodyText });
  bound.set(redis, script);
  return script;
}

const roomOf = /^\{t:sim-([0-9a-z]+)-/;
const FORGOTTEN_MS = 6 * 3_600_000;

/** Removes what simulations left that were killed hours ago. */
export async function forgetOldRuns(redis: Redis, now = Date.now()): Promise<void> {
  for await (const keys of redis.scanStream({ match: '{t:sim-*', count: 1000 })) {
    const old = (keys as string[]).filter((key) => now - parseInt(roomOf.exec(key)?.[1] ?? '', 36) > FORGOTTEN_MS);
    if (old.length > 0) await redis.unlink(...old);
  }
}

let runs = 0;
/** One run of the real script under a virtual clock, in a room of its own. */
export class Run {
  private arrivals = 0;
  private readonly companyId = `sim-${Date.now().toString(36)}-${process.pid}-${(runs += 1)}`;
  private readonly head: (string | number)[];
  constructor(private readonly redis: Redis, private readonly setting: Setting) {
    const timed = setting.templates.some(({ item }) => item.autoAccept !== true || item.rings.length > 1);
    this.head = [
      setting.templates.length, setting.places ?? -1, timed ? 1 : 0, setting.agents.map((a) => `${a.id}=${a.speed ?? 1};`).join(''),
      ...setting.templates.flatMap(({ item, dueAfterMs, answerMs }) => {
        const fields = itemArgs({ ...item, id: 'x', arrivedAt: 0 });
        fields[8] = dueAfterMs === undefined ? '' : `r${dueAfterMs}`;
        return [fields.length, ...fields, item.autoAccept ? -1 : answerMs ?? 0];
      }),
    ];
  }

  async open(): Promise<void> {
    const room = createWaitingRoom({ redis: this.redis, companyId: this.companyId });
    await room.open(0);
    for (const rule of this.setting.queues) await room.setQueue(rule, 0);
    for (const agent of this.setting.agents) {
      await room.setAgent(agent, 0);
      if (!agent.absent) await room.setState({ agentId: agent.id, state: 'available' }, 0);
    }
  }

  private async call(now: number | 'end', rows: (string | number)[]): Promise<Ended[]> {
    const flat = (await runScript(this.redis)(roomKey(this.companyId), ['run', now, ...this.head, ...rows])) as number[];
    const ended: Ended[] = [];
    for (let i = 0; i < flat.length; i += 3) {
      const code = flat[i + 1] ?? 0;
      ended.push({ arrival: flat[i] ?? 0, agent: code - 1, waitMs: (flat[i + 2] ?? 0) / 1000 });
    }
    return ended;
  }

  /** Plays these (in order of time) and answers what has ended its wait so far; numbers count from the first arrival of the run. */
  play(happenings: readonly (Arrival | Shift)[]): Promise<Ended[]> {
    const rows = happenings.flatMap((one) => ('agent' in one ? [-1, one.at, 0, one.agent + 1, one.begins ? 1 : 0] : [this.arrivals++, one.at, one.template + 1, one.serviceMs, one.patienceMs ?? -1]));
    return this.call(happenings[0]?.at ?? 0, rows);
  }

  /** Lets everybody finish and forgets the room. */
  async finish(): Promise<Ended[]> {
    const ended = await this.call('end', []);
    const prefix = `${roomPrefix(this.companyId, '*')}*`;
    for await (const keys of this.redis.scanStream({ match: prefix, count: 1000 })) {
      if ((keys as string[]).length > 0) await this.redis.unlink(...(keys as string[]));
    }
    await this.redis.unlink(roomKey(this.companyId));
    return ended;
  }
}
