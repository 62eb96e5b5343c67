import type { Socket } from 'socket.io';
import { can, scopeOf, type Actor, type Ctx } from '../kernel';
import { reachOf, ticketById, within } from '../tickets';
import { agentById } from '../workforce';
import { accountRoom, allRoom, boardRoom, companyRoom, queueRoom, ticketRoom } from './rooms';

/** Lets a console hear what its account may hear now, and nothing it may hear no more. */
export async function enterRooms(ctx: Ctx, socket: Socket, actor: Actor): Promise<void> {
  const { companyId } = ctx;
  const agent = await agentById(companyId, actor.id ?? '');
  const wanted = new Set([companyRoom(companyId), accountRoom(companyId, actor.id ?? ''), ...(agent?.queueIds ?? []).map((id) => queueRoom(companyId, id)), ...(scopeOf(actor) === 'all' ? [allRoom(companyId)] : [])]);
  const given = [...socket.rooms].filter((room) => room === allRoom(companyId) || room.startsWith(queueRoom(companyId, '')));
  await Promise.all(given.filter((room) => !wanted.has(room)).map((room) => socket.leave(room)));
  if (!can(actor, 'board.watch')) await socket.leave(boardRoom(companyId));
  await socket.join([...wanted]);
  await closeTickets(ctx, socket, actor);
}

// Tickets that are open in the console and out of reach now.
async function closeTickets(ctx: Ctx, socket: Socket, actor: Actor): Promise<void> {
  const watching = (socket.data as { watching?: Set<string> }).watching ?? new Set();
  if (watching.size === 0) return;
  const reach = await reachOf(ctx, actor);
  for (const ticketId of watching) {
    const ticket = await ticketById(ctx.companyId, ticketId);
    if (ticket && can(actor, 'ticket.read') && within(reach, ticket)) continue;
    watching.delete(ticketId);
    await socket.leave(ticketRoom(ctx.companyId, ticketId));
  }
}
