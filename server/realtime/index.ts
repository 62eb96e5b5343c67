// The door of realtime: what consoles are told, at once and after an outage.
import type { Server, Socket } from 'socket.io';
import { contextOf, type Actor, type Ctx, type Services, type SocketHandler } from '../kernel';
import { agentById, noteConnection, noteSeen, seenEveryMs } from '../workforce';
import { enterRooms } from './enter-rooms';
import { helloHandler } from './hello';
import type { AgentLife, SocketData } from './io';
import { presenceHandlers, tellPresence } from './presence';
import { accountRoom } from './rooms';

/** What happens on the consoles' namespace: the domains' handlers and realtime's own. */
export function agentLife(io: Server, handlers: SocketHandler[]): AgentLife {
  const roomsOf = (id: string): ReadonlySet<string> => io.of('/agent').adapter.sids.get(id) ?? new Set();
  return {
    handlers: [helloHandler(roomsOf), ...presenceHandlers(io), ...handlers],
    connected: (ctx, socket, actor) => connected(ctx, socket, actor),
    disconnected: (ctx, socket, actor) => disconnected(io, { ctx, socket, actor }),
  };
}

async function connected(ctx: Ctx, socket: Socket, actor: Actor): Promise<void> {
  await enterRooms(ctx, socket, actor);
  if (await agentById(ctx.companyId, actor.id ?? '')) await noteConnection(ctx, actor.id ?? '', true);
}

/** Says every ten seconds whose consoles this node has; answers how to stop. */
export function keepSeen(io: Server, services: Services): () => void {
  const tell = async (): Promise<void> => {
    const here = new Map<string, Set<string>>();
    for (const socket of io.of('/agent').sockets.values()) {
      const { companyId, actor } = socket.data as SocketData;
      if (actor.id) here.set(companyId, (here.get(companyId) ?? new Set()).add(actor.id));
    }
    for (const [companyId, ids] of here) await noteSeen(contextOf(services, companyId), [...ids]);
  };
  const timer = setInterval(() => void tell().catch((error: unknown) => services.log.warn({ err: error }, 'could not say whose consoles are here')), seenEveryMs);
  return () => clearInterval(timer);
}

async function disconnected(io: Server, { ctx, socket, actor }: { ctx: Ctx; socket: Socket; actor: Actor }): Promise<void> {
  const { watching } = socket.data as SocketData & { watching?: Set<string> };
  await Promise.all([...(watching ?? [])].map((ticketId) => tellPresence(io, ctx.companyId, ticketId)));
  const others = await io.of('/agent').in(accountRoom(ctx.companyId, actor.id ?? '')).fetchSockets();
  if (others.length === 0 && (await agentById(ctx.companyId, actor.id ?? ''))) await noteConnection(ctx, actor.id ?? '', false);
}

export { broadcasts } from './broadcasts';
export { logInEnder } from './end-log-ins';
export { createIo, serveAgents } from './io';
export { setBoardPorts } from './ports';
export { powerRenewer } from './renew-power';
export { teller } from './tell';
export { hearTyping, sayTyping, type Typing } from './typing';
