// The company every measurement but one uses: 1,000 agents, 50 skills over 5 queues, orders, rings, cool-downs and deadlines switched on.
import type { Redis } from 'ioredis';
import type { Decision, Outcome } from '../../queues/room/decisions';
import type { QueueRule } from '../../queues/room/queue-rule';
import { createWaitingRoom } from '../../queues/room/room';
import type { RoomLoader, StoredItem, WaitingRoom } from '../../queues/room/room.types';
import type { WorkItem } from '../../queues/work-item';

export const AGENTS = 1000;
const SKILLS = 50;
const QUEUES: readonly QueueRule[] = (['fifo', 'priority', 'static', 'due', 'priority'] as const).map((order, i) => ({
  id: `q${i}`, order, select: i % 2 === 0 ? 'longest-idle' : 'most-skilled', pull: false, coolDownSeconds: 60,
}));

export function itemOf(n: number, now: number, autoAccept = false): WorkItem {
  const skill = `s${(n * 7919) % SKILLS}`;
  return {
    id: `i${n}`, version: 1, queueId: `q${((n * 7919) % SKILLS) % 5}`, channel: 'voice', weight: 100, arrivedAt: now, priorityMinutes: n % 7, staticPriority: n % 3, dueAt: now + 60_000 + (n % 100) * 1000,
    rings: [{ afterSeconds: 0, requirement: { [skill]: 2 } }, { afterSeconds: 86_400, requirement: { [skill]: 1 } }], offerSeconds: 600, autoAccept,
  };
}

/** Agents who cover so many of the 50 sets. */
function agentsOf(cover: number): Awaited<ReturnType<RoomLoader['agents']>> {
  return Array.from({ length: AGENTS }, (_, a) => ({
    profile: {
      id: `a${a}`, queueIds: QUEUES.map((q) => q.id), maxima: {}, capacity: 100,
      skills: Object.fromEntries(Array.from({ length: cover }, (_x, k) => [`s${(a * 17 + k * (cover === SKILLS ? 1 : 3)) % SKILLS}`, 2 + ((a + k) % 4)])),
    },
    state: 'available' as const, idleSince: a,
  }));
}

/** What is loaded; `cover`: how many of the 50 sets an agent covers, 0: one queue, first come first served, which asks for no skills. */
export interface Load { waiting: number; cover: number; autoAccept?: boolean }

const plainQueue: readonly QueueRule[] = [{ id: 'q0', order: 'fifo', select: 'longest-idle', pull: false, coolDownSeconds: 60 }];
const plain = (item: WorkItem): WorkItem => ({ ...item, queueId: 'q0', rings: [{ afterSeconds: 0, requirement: {} }] });

function loaderOf(given: Load, now: number): RoomLoader {
  const itemAt = (n: number): StoredItem => {
    const item = itemOf(n, now - given.waiting - AGENTS + n, given.autoAccept);
    return { item: given.cover === 0 ? plain(item) : item };
  };
  return {
    queues: async () => (given.cover === 0 ? plainQueue : QUEUES),
    agents: async () => agentsOf(given.cover),
    items: async function* () {
      for (let n = 0; n < given.waiting + AGENTS; n += 1000) yield Array.from({ length: Math.min(1000, given.waiting + AGENTS - n) }, (_, i) => itemAt(n + i));
    },
  };
}

/** A loaded room with so many waiting and every agent offered something; who holds what is known here too. */
export class Company {
  readonly room: WaitingRoom;
  /** Open offer of an agent, or the item they hold. */
  readonly hands = new Map<string, { itemId: string; offerId: string; accepted: boolean }>();
  readonly owners = new Map<string, string>();
  doubled = 0;
  calls = 0;
  private next = 0;
  private ended = 0;
  rebuildSeconds = 0;
  constructor(readonly redis: Redis, readonly companyId: string) {
    this.room = createWaitingRoom({ redis, companyId });
  }
  async load(given: Load): Promise<void> {
    const start = performance.now();
    const now = Date.now();
    this.follow(await this.room.rebuild(loaderOf(given, now), now));
    this.rebuildSeconds = (performance.now() - start) / 1000;
    this.next = given.waiting + AGENTS;
  }
  follow(outcome: Outcome): void {
    this.calls += 1;
    for (const d of outcome.decisions) this.note(d);
  }
  private note(d: Decision): void {
    if (d.kind === 'offer') this.hands.set(d.agentId, { itemId: d.itemId, offerId: d.offerId, accepted: false });
    if (d.kind === 'declined' || d.kind === 'expired' || d.kind === 'withdrawn') {
      if (this.hands.get(d.agentId)?.offerId === d.offerId) this.hands.delete(d.agentId);
    }
    if (d.kind === 'assigned') {
      const hand = this.hands.get(d.agentId);
      if (hand) hand.accepted = true;
      if (this.owners.has(d.itemId)) this.doubled += 1;
      this.owners.set(d.itemId, d.agentId);
    }
    if (d.kind === 'done') {
      this.ended += 1;
      this.owners.delete(d.itemId);
      this.hands.delete(d.agentId);
    }
  }
  /** One agent's turn: end what they hold, accept what that brings, and (with `arrivals`) a new item arrives meanwhile; one offer in fifty is declined. */
  async turn(agentId: string, arrivals: boolean): Promise<void> {
    const hand = this.hands.get(agentId);
    if (arrivals) this.follow(await this.room.arrive(itemOf(this.next++, Date.now()), Date.now()));
    if (hand?.accepted) this.follow(await this.room.done({ itemId: hand.itemId, agentId }, Date.now()));
    const offered = this.hands.get(agentId);
    if (!offered || offered.accepted) return;
    if (arrivals && this.next % 50 === 0) return this.follow(await this.room.decline({ offerId: offered.offerId, agentId }, Date.now()));
    const outcome = await this.room.accept(offered.offerId, agentId, Date.now());
    this.follow(outcome);
    if (outcome.ok) offered.accepted = true;
  }
  /** The shortest match, as with BullMQ: end one item and be given the next, which counts as accepted (the item's `autoAccept`). */
  async handOver(agentId: string): Promise<void> {
    const hand = this.hands.get(agentId);
    if (!hand) return;
    this.follow(await this.room.done({ itemId: hand.itemId, agentId }, Date.now()));
  }
  /** So many turns, so many at once; answers turns per second. */
  async play(given: { turns: number; inFlight: number; arrivals: boolean; handOver?: boolean }): Promise<number> {
    const start = performance.now();
    let left = given.turns;
    const share = AGENTS / given.inFlight;
    await Promise.all(Array.from({ length: given.inFlight }, async (_, lane) => {
      for (let k = 0; left-- > 0; k += 1) {
        const agentId = `a${Math.floor(lane * share + (k % share))}`;
        await (given.handOver ? this.handOver(agentId) : this.turn(agentId, given.arrivals));
      }
    }));
    return given.turns / ((performance.now() - start) / 1000);
  }
  /** Items that are neither waiting nor in anybody's hands although they should be. */
  async lost(): Promise<number> {
    const snapshot = await this.room.snapshot();
    const inRoom = snapshot.queues.reduce((sum, q) => sum + q.waiting + q.offered + q.assigned, 0);
    return this.next - this.ended - inRoom;
  }
}
