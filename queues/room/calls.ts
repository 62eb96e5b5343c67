// Calls that come while others are under way go along together: what a script call costs beside its work is shared, and order is kept.
import type { Redis } from 'ioredis';
import { decodeOutcome } from './decode';
import type { Outcome } from './decisions';
import { type CallScript, roomScript } from './script';

/** Carries out one operation at a moment (epoch milliseconds); throws when Redis cannot be reached, or when the script broke off (decode.ts). */
export type RoomCall = (op: string, now: number, args: readonly (string | number)[]) => Promise<Outcome>;

interface Waiting { said: readonly (string | number)[]; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }

const mostTogether = 32;
// Two, so that Redis has the next one when it is done with one.
const mostUnderWay = 2;

class RoomLane {
  private waiting: Waiting[] = [];
  private underWay = 0;
  private woken = false;
  constructor(private readonly script: CallScript, private readonly key: string) {}

  call(said: Waiting['said']): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ said, resolve, reject });
      if (this.woken) return;
      this.woken = true;
      queueMicrotask(() => {
        this.woken = false;
        this.send();
      });
    });
  }
  private send(): void {
    while (this.underWay < mostUnderWay && this.waiting.length > 0) void this.sendTogether(this.waiting.splice(0, mostTogether));
  }
  private async sendTogether(calls: Waiting[]): Promise<void> {
    this.underWay += 1;
    try {
      const replies = await this.script(this.key, ['several', calls[0]?.said[1] ?? 0, ...calls.flatMap(({ said }) => [said.length, ...said])]);
      const shared = sharedBy(replies);
      calls.forEach(({ resolve }, i) => resolve(shared ?? decodeOutcome((replies as unknown[])[i])));
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
    this.underWay -= 1;
    this.send();
  }
}

/** What the script answers to all calls at once: that the room is shut, or (thrown) that it broke off. */
const sharedBy = (replies: unknown): Outcome | null => (typeof (replies as unknown[])[0] === 'string' ? decodeOutcome(replies) : null);

const lanes = new WeakMap<Redis, Map<string, RoomLane>>();

/** The way to a room's script on this connection, shared by all who call that room. */
export function roomCalls(redis: Redis, key: string): RoomCall {
  const own = lanes.get(redis) ?? new Map<string, RoomLane>();
  lanes.set(redis, own);
  const lane = own.get(key) ?? new RoomLane(roomScript(redis), key);
  own.set(key, lane);
  return (op, now, args) => lane.call([op, now, ...args]);
}
