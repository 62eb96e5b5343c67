import type { Broadcast } from '../../protocol';
import { eventsAfter, heardLately, lastEventNumber, onAgent, type Ctx, type DomainEvent, type SocketHandler } from '../kernel';
import { deskOf } from '../workforce';
import { decide, envelope } from './broadcasts';

const most = 1000;
// Numbers become visible slightly out of order: begin a little before the last one the client has; it ignores what it applied already.
const overlap = 20;

/** What a client missed since an event number, as far as its rooms go; more than 1,000 events mean: load the lists again. */
export async function missedSince(ctx: Ctx, lastEvent: number, rooms: ReadonlySet<string>): Promise<{ missed: Broadcast[]; reload: boolean; lastEvent: number }> {
  const newest = await lastEventNumber(ctx.companyId);
  if (lastEvent === 0) return { missed: [], reload: false, lastEvent: newest };
  if (newest - lastEvent > most) return { missed: [], reload: true, lastEvent: newest };
  const missed: Broadcast[] = [];
  for (const event of await eventsSince(ctx, Math.max(0, lastEvent - overlap))) {
    const told = await decide(ctx, event, undefined);
    for (const each of told.tell) {
      if (!each.rooms.some((room) => rooms.has(room))) continue;
      const data = await each.data();
      if (data) missed.push(envelope(event, each.name, data));
    }
  }
  return { missed, reload: false, lastEvent: newest };
}

// Those told a moment ago may not stand in the store yet, and this connection may have come between.
async function eventsSince(ctx: Ctx, after: number): Promise<DomainEvent[]> {
  const lately = heardLately(ctx.companyId, after);
  const stored = await eventsAfter(ctx.companyId, after, { limit: most + overlap, now: ctx.clock.now() });
  return [...new Map([...lately, ...stored].map((event) => [event._id, event])).values()].sort((one, other) => one.n - other.n);
}

/** The first thing a console says: what it has; it gets what it lacks, and its desk. */
export const helloHandler = (roomsOf: (connectionId: string) => ReadonlySet<string>): SocketHandler => onAgent('hello', null, async ({ ctx, actor, connection }, input) => {
  const since = await missedSince(ctx, input.lastEvent, roomsOf(connection.id));
  return { ...since, desk: await deskOf(ctx, actor.id ?? '') };
});
