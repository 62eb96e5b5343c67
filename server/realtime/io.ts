import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import { agentSends } from '../../protocol';
import { authenticateSocket } from '../access';
import { badInput, contextOf, demand, newId, partsOf, problemDocument, unknownEvent, type Actor, type Ctx, type Log, type Services, type SocketHandler } from '../kernel';
import { quietly } from './quietly';

/** What a connection carries. */
export interface SocketData {
  companyId: string;
  actor: Actor;
}

/** What is done when a console comes and goes. */
export interface AgentLife {
  handlers: SocketHandler[];
  connected(ctx: Ctx, socket: Socket, actor: Actor): Promise<void>;
  disconnected(ctx: Ctx, socket: Socket, actor: Actor): Promise<void>;
}

const largestFrame = 1_000_000;

/** Socket.IO with the Redis adapter, so that any node reaches any connection. */
export function createIo(server: HttpServer, { pub, sub, log }: { pub: Redis; sub: Redis; log: Log }): Server {
  const io = new Server(server, { path: '/socket.io', serveClient: false, maxHttpBufferSize: largestFrame, pingInterval: 10_000, pingTimeout: 8000, transports: ['websocket', 'polling'], cors: { origin: true, credentials: false } });
  io.adapter(createAdapter(quietly(pub, log), quietly(sub, log), { key: 'trunkline:io' }));
  return io;
}

/** The namespace of consoles: log-in by cookie, every event validated, authorised and acknowledged. */
export function serveAgents(io: Server, services: Services, life: AgentLife): void {
  const namespace = io.of('/agent');
  namespace.use((socket, next) => {
    authenticateSocket(services, socket.handshake.headers).then(({ companyId, actor }) => {
      if (actor.kind !== 'account') return next(Object.assign(new Error('not-logged-in'), { data: { code: 'not-logged-in' } }));
      socket.data = { companyId, actor } satisfies SocketData;
      next();
    }).catch((error: unknown) => next(Object.assign(new Error('refused'), { data: problemDocument(error) })));
  });
  const handlers = new Map<string, SocketHandler>(life.handlers.map((handler) => [handler.event, handler]));
  namespace.on('connection', (socket) => {
    const { companyId, actor } = socket.data as SocketData;
    const ctx = contextOf(services, companyId, newId());
    const ready = life.connected(ctx, socket, actor).catch((error: unknown) => services.log.error({ err: error }, 'a connection was not noted'));
    // Also what nobody knows is answered: whoever waits for it would wait for ever.
    socket.onAny((event: string, ...values: unknown[]) => void answer({ ctx, socket, handler: handlers.get(event), ready }, event, values));
    // In this order also when the line breaks at once: else somebody who is gone would count as there.
    socket.on('disconnect', () => void ready.then(() => life.disconnected(ctx, socket, actor)).catch((error: unknown) => services.log.error({ err: error }, 'a disconnect was not noted')));
  });
}

interface Asked {
  ctx: Ctx;
  socket: Socket;
  handler: SocketHandler | undefined;
  /** When the connection hears what it may: before that an answer could leave out what is told meanwhile. */
  ready: Promise<void>;
}

async function answer({ ctx, socket, handler, ready }: Asked, event: string, values: unknown[]): Promise<void> {
  const { input, reply } = partsOf(values);
  try {
    if (!handler) throw unknownEvent(event);
    const parsed = agentSends[handler.event].safeParse(input ?? {});
    if (!parsed.success) throw badInput(Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || 'event', issue.message])));
    await ready;
    // As it is now: what an account may do can change while its console stays connected.
    const { actor } = socket.data as SocketData;
    if (handler.ability) demand(actor, handler.ability);
    const connection = { id: socket.id, join: (room: string) => socket.join(room), leave: (room: string) => socket.leave(room) };
    const value = await handler.handle({ ctx, actor, connection }, parsed.data as never);
    reply?.({ ok: true, value });
  } catch (error) {
    const document = problemDocument(error, ctx.requestId);
    if (document.code === 'internal') ctx.log.error({ err: error, event }, 'a socket event failed');
    reply?.({ ok: false, problem: document });
  }
}
