import type { Server } from 'socket.io';
import type { Viewer } from '../../protocol';
import { onAgent, problem, type Ctx, type SocketHandler } from '../kernel';
import { reachOf, ticketById, within } from '../tickets';
import type { SocketData } from './io';
import { boardRoom, ticketRoom } from './rooms';
import { sayTyping } from './typing';

interface Watching extends SocketData {
  watching?: Set<string>;
  typingOn?: string | null;
}


/** Who has a ticket open, over all nodes. */
export async function viewersOf(io: Server, companyId: string, ticketId: string): Promise<Viewer[]> {
  const sockets = await io.of('/agent').in(ticketRoom(companyId, ticketId)).fetchSockets();
  const viewers = new Map<string, Viewer>();
  for (const socket of sockets) {
    const { actor, typingOn } = socket.data as Watching;
    if (!actor.id) continue;
    const typing = typingOn === ticketId || (viewers.get(actor.id)?.typing ?? false);
    viewers.set(actor.id, { accountId: actor.id, name: actor.name, typing });
  }
  return [...viewers.values()];
}

const telling = new Map<string, Promise<void>>();

/** Tells everybody who has the ticket open who else has. One telling after the other, so that an older look never arrives after a newer one. */
export function tellPresence(io: Server, companyId: string, ticketId: string): Promise<void> {
  const room = ticketRoom(companyId, ticketId);
  const tell = async () => void io.of('/agent').to(room).emit('presence', { ticketId, viewers: await viewersOf(io, companyId, ticketId) });
  const told = (telling.get(room) ?? Promise.resolve()).catch(() => undefined).then(tell).finally(() => {
    if (telling.get(room) === told) telling.delete(room);
  });
  telling.set(room, told);
  return told;
}

/** Watching tickets and the board, typing. */
export function presenceHandlers(io: Server): SocketHandler[] {
  const dataOf = (connectionId: string): Watching | undefined => io.of('/agent').sockets.get(connectionId)?.data as Watching | undefined;
  return [
    onAgent('ticket.watch', 'ticket.read', async ({ ctx, actor, connection }, { ticketId }) => {
      const [ticket, reach] = await Promise.all([ticketById(ctx.companyId, ticketId), reachOf(ctx, actor)]);
      if (!ticket || !within(reach, ticket)) throw problem('not-found');
      await connection.join(ticketRoom(ctx.companyId, ticketId));
      const data = dataOf(connection.id);
      if (data) (data.watching ??= new Set()).add(ticketId);
      await tellPresence(io, ctx.companyId, ticketId);
      return { viewers: await viewersOf(io, ctx.companyId, ticketId) };
    }),
    onAgent('ticket.unwatch', null, async ({ ctx, connection }, { ticketId }) => {
      await connection.leave(ticketRoom(ctx.companyId, ticketId));
      dataOf(connection.id)?.watching?.delete(ticketId);
      await tellPresence(io, ctx.companyId, ticketId);
      return {};
    }),
    onAgent('typing', 'ticket.reply', async ({ ctx, actor, connection }, { ticketId, on, aside = false }) => {
      const data = dataOf(connection.id);
      // Who has not opened it does not type on it; opening has asked whether they may.
      if (!io.of('/agent').adapter.sids.get(connection.id)?.has(ticketRoom(ctx.companyId, ticketId))) throw problem('not-found');
      if (data) data.typingOn = on ? ticketId : null;
      if (!aside) await sayTyping(ctx.redis, { companyId: ctx.companyId, ticketId, on, agentName: actor.name });
      await tellPresence(io, ctx.companyId, ticketId);
      return {};
    }),
    onAgent('board.watch', 'board.watch', async ({ ctx, connection }, { on }) => {
      await (on ? connection.join(boardRoom(ctx.companyId)) : connection.leave(boardRoom(ctx.companyId)));
      return {};
    }),
  ];
}
