import type { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import { knownTicket } from '../tickets';
import type { Ctx } from '../kernel';
import { accountRoom, ticketRoom } from './rooms';

/** Somebody types on a ticket, or stopped. */
export interface Typing {
  companyId: string;
  ticketId: string;
  on: boolean;
  /** The agent's name; null when it is the customer. */
  agentName: string | null;
}

const channel = 'trunkline:typing';

/** Says on every node that somebody types. Nothing is kept: who does not hear it misses nothing that lasts. */
export async function sayTyping(redis: Redis, typing: Typing): Promise<void> {
  await redis.publish(channel, JSON.stringify(typing));
}

/** Passes on to this node's connections who types: agents hear of customers, `toCustomer` tells customers of agents. */
export async function hearTyping(redis: Redis, io: Server, { contextOf, toCustomer }: { contextOf(companyId: string): Ctx; toCustomer(ctx: Ctx, typing: Typing): Promise<void> }): Promise<void> {
  redis.on('message', (from, text) => {
    if (from !== channel) return;
    const typing = JSON.parse(text) as Typing;
    const ctx = contextOf(typing.companyId);
    const told = typing.agentName === null ? tellAgents(io, typing) : toCustomer(ctx, typing);
    told.catch((error: unknown) => ctx.log.warn({ err: error }, 'typing was not passed on'));
  });
  await redis.subscribe(channel);
}

async function tellAgents(io: Server, { companyId, ticketId, on }: Typing): Promise<void> {
  if (io.of('/agent').sockets.size === 0) return;
  const ticket = await knownTicket(companyId, ticketId);
  const rooms = [ticketRoom(companyId, ticketId), ...(ticket?.ownerId ? [accountRoom(companyId, ticket.ownerId)] : [])];
  io.of('/agent').local.to(rooms).emit('customer.typing', { ticketId, on });
}
