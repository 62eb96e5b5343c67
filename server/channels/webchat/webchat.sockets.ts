import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { customerSends, type Ack, type CustomerAnswers } from '../../../protocol';
import { badInput, partsOf, problem, problemDocument, ProblemError, unknownEvent } from '../../kernel';
import type { Channel, ChannelHost, ChannelSockets } from '../channel';
import { createReading } from './reading';
import type { WidgetSession } from './session.model';
import { demandSession, readToken } from './session-token';
import { mayEmbed, type WebchatSettings } from './settings';
import { takeMessage } from './take-message';
import { chatMessageOf, viewOf, viewSince } from './view';
import { roomOf } from './visitor';

type Event = keyof typeof customerSends;
type Handlers = { [N in Event]: (visit: Visit, input: z.output<(typeof customerSends)[N]>) => Promise<CustomerAnswers[N]> };

/** One connected widget. */
interface Visit {
  host: ChannelHost;
  session: WidgetSession;
  /** The conversation last seen, so that typing need not look it up. */
  ticketId: string | null;
  reading: ReturnType<typeof createReading>;
}

const namespace = '/customer';
// Messages, typing and the rest, per visitor and node: bursts of 60, then 10 a second.
const burst = 60;
const perSecond = 10;

const handlers: Handlers = {
  async hello(visit, { afterSeq }) {
    const { ticketId, rows, state } = await viewSince(visit.host, visit.session, afterSeq);
    visit.ticketId = ticketId;
    return { rows, state };
  },
  async 'message.send'(visit, input) {
    const { message, ticketId } = await takeMessage(visit.host, { session: visit.session, currentId: visit.ticketId }, input);
    visit.ticketId = ticketId;
    return { message };
  },
  async typing(visit, { on }) {
    if (visit.ticketId) await visit.host.signal({ ticketId: visit.ticketId, kind: 'typing', on });
    return {};
  },
  async read(visit, { seq }) {
    visit.reading.upTo(seq);
    return {};
  },
  async 'chat.end'(visit) {
    await visit.host.signal({ ticketId: await ticketOf(visit), kind: 'ended' });
    return {};
  },
  async 'chat.rate'(visit, { score, comment }) {
    await visit.host.signal({ ticketId: await ticketOf(visit), kind: 'rated', score, ...(comment === undefined ? {} : { comment }) });
    return {};
  },
};

async function ticketOf(visit: Visit): Promise<string> {
  visit.ticketId ??= (await viewOf(visit.host, visit.session, Number.MAX_SAFE_INTEGER)).ticketId;
  if (!visit.ticketId) throw problem('not-found');
  return visit.ticketId;
}

/** Serves connected widgets. Their namespace is their own: nothing that agents are told passes here. */
export function webchatSockets({ io, hostOf }: ChannelSockets): void {
  const customers = io.of(namespace);
  customers.use((socket, next) => {
    admit(socket, hostOf).then((visit) => {
      socket.data = visit;
      next();
    }, (error: unknown) => next(Object.assign(new Error('refused'), { data: problemDocument(error) })));
  });
  customers.on('connection', (socket) => serve(socket));
}

async function admit(socket: Socket, hostOf: ChannelSockets['hostOf']): Promise<Visit> {
  const token: unknown = (socket.handshake.auth as { token?: unknown }).token;
  // The signature is looked at before any query; which key signs is the same for every company.
  const parts = readToken(hostOf('').ctx.secrets, token);
  if (!parts) throw problem('not-logged-in');
  const host = hostOf(parts.companyId);
  const session = await demandSession(host.ctx, token);
  if (!mayEmbed(await host.settings<WebchatSettings>(), socket.handshake.headers.origin)) throw problem('not-allowed');
  return { host, session, ticketId: null, reading: createReading(host, session) };
}

function serve(socket: Socket): void {
  const visit = socket.data as Visit;
  void socket.join(roomOf(visit.session.companyId, visit.session.visitorId));
  socket.onAny((event: string, ...values: unknown[]) => {
    const { input, reply } = partsOf(values);
    if (reply) void answer(visit, event, input).then(reply);
  });
  socket.on('disconnect', () => {
    visit.reading.stop();
    if (visit.ticketId) void visit.host.signal({ ticketId: visit.ticketId, kind: 'typing', on: false }).catch(() => undefined);
  });
}

const isKnown = (event: string): event is Event => Object.hasOwn(customerSends, event);

async function answer(visit: Visit, event: string, input: unknown): Promise<Ack<unknown>> {
  try {
    take(visit);
    if (!isKnown(event)) throw unknownEvent(event);
    const parsed = customerSends[event].safeParse(input);
    if (!parsed.success) throw badInput(Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || event, issue.message])));
    return { ok: true, value: await handlers[event](visit, parsed.data as never) };
  } catch (error) {
    if (!(error instanceof ProblemError)) visit.host.ctx.log.error({ err: error, event }, 'an event of a widget failed');
    return { ok: false, problem: problemDocument(error) };
  }
}

// What each visitor has left, however many connections they open, by last use; forgotten once it would be full again.
const allowances = new Map<string, { left: number; at: number }>();

function take({ session, host }: Visit): void {
  const now = host.ctx.clock.now();
  const known = allowances.get(session._id) ?? { left: burst, at: now };
  const left = Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond);
  allowances.delete(session._id);
  allowances.set(session._id, { left: left < 1 ? left : left - 1, at: now });
  for (const [id, { at }] of allowances) {
    if (now - at < (burst / perSecond) * 1000) break;
    allowances.delete(id);
  }
  if (left < 1) throw problem('too-many-requests', { seconds: 1 });
}

/** Tells every connection of a visitor on this node; the other nodes are told the same by their own host. */
export const tellVisitor: NonNullable<Channel['told']> = (io, { companyId, customer, message, state, typing }) => {
  const room = roomOf(companyId, customer.value);
  const here: Namespace = io.of(namespace);
  if (!here.adapter.rooms.has(room)) return;
  const shown = message && chatMessageOf(message);
  if (shown) here.local.to(room).emit('message', shown);
  if (state) here.local.to(room).emit('state', state);
  if (typing) here.local.to(room).emit('typing', typing);
};
