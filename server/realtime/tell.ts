import type { Server } from 'socket.io';
import { deskOf } from '../workforce';
import { subscriber, type Ctx, type DomainEvent, type Subscriber } from '../kernel';
import { broadcasts, decide, envelope } from './broadcasts';
import { accountRoom } from './rooms';

/** Tells the connections of this node what happened; other nodes tell theirs. What nobody here listens to is not even read. */
export function teller(io: Server): Subscriber {
  const rooms = io.of('/agent').adapter.rooms;
  const run = async (ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> => {
    if (io.of('/agent').sockets.size === 0) return;
    const told = await decide(ctx, event, live);
    for (const each of told.tell) {
      const listening = each.rooms.filter((room) => rooms.has(room));
      if (listening.length === 0) continue;
      const data = await each.data();
      if (data) io.of('/agent').local.to(listening).emit('event', envelope(event, each.name, data));
    }
    for (const agentId of told.desks) await pushDesk(io, ctx, agentId);
  };
  return subscriber({ name: 'tell-consoles', on: Object.keys(broadcasts) as (keyof typeof broadcasts)[], kind: 'everywhere', run });
}

/** Sends an agent's desk to their consoles on this node. */
export async function pushDesk(io: Server, ctx: Ctx, agentId: string): Promise<void> {
  const room = accountRoom(ctx.companyId, agentId);
  if (!io.of('/agent').adapter.rooms.has(room)) return;
  io.of('/agent').local.to(room).emit('desk', await deskOf(ctx, agentId));
}
