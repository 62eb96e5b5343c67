import type { Broadcast, BroadcastData, DomainEventName } from '../../protocol';
import type { Ctx, DomainEvent } from '../kernel';
import { knownTicket, liveMessage, messageById, presentMessage, presentSummary, ticketWith, type MessageDoc, type TicketDoc } from '../tickets';
import { boardPorts } from './ports';
import { accountRoom, allRoom, boardRoom, companyRoom, queueRoom, ticketRoom } from './rooms';

/** One thing to tell: to whom and what. `data` is read only when somebody listens. */
export interface Telling<N extends keyof BroadcastData = keyof BroadcastData> {
  rooms: string[];
  name: N;
  data(): Promise<BroadcastData[N] | null>;
}

/** What an event makes us say, and whose desks it changes. */
export interface Told {
  tell: Telling[];
  desks: string[];
}

type Decide = (ctx: Ctx, event: DomainEvent, live: unknown) => Promise<Told> | Told;

const nothing: Told = { tell: [], desks: [] };
const field = (event: DomainEvent, name: string): string => (typeof event.data[name] === 'string' ? event.data[name] : '');
const telling = <N extends keyof BroadcastData>(name: N, rooms: string[], data: () => Promise<BroadcastData[N] | null>): Telling => ({ name, rooms, data } as unknown as Telling);

async function ticketTelling(ctx: Ctx, ticketId: string, message: MessageDoc | null = null): Promise<{ telling: Telling[]; ticket: TicketDoc | null }> {
  const ticket = await (message ? ticketWith(ctx.companyId, ticketId, message) : knownTicket(ctx.companyId, ticketId));
  if (!ticket) return { telling: [], ticket };
  const { companyId } = ctx;
  const rooms = [ticketRoom(companyId, ticketId), queueRoom(companyId, ticket.queueId), allRoom(companyId), ...[ticket.ownerId, ...(ticket.followers ?? [])].flatMap((each) => (each ? [accountRoom(companyId, each)] : []))];
  return { telling: [telling('ticket.changed', rooms, async () => ({ ticket: presentSummary(ticket) }))], ticket };
}

const ticketChanged: Decide = async (ctx, event) => ({ tell: (await ticketTelling(ctx, field(event, 'ticketId'))).telling, desks: [] });

const messageAdded: Decide = async (ctx, event, live) => {
  const ticketId = field(event, 'ticketId');
  const message = liveMessage(live) ?? (await messageById(ctx.companyId, field(event, 'messageId')));
  const about = await ticketTelling(ctx, ticketId, message);
  const rooms = [ticketRoom(ctx.companyId, ticketId), ...(about.ticket?.ownerId ? [accountRoom(ctx.companyId, about.ticket.ownerId)] : [])];
  return { tell: [telling('message.added', rooms, async () => (message ? { message: presentMessage(message) } : null)), ...about.telling, ...callTaken(ctx, event, about.ticket), ...followersTold(ctx, { ticket: about.ticket, message })], desks: [] };
};

const callTaken = (ctx: Ctx, event: DomainEvent, ticket: TicketDoc | null): Telling[] => {
  const agentId = field(event, 'agentId');
  return agentId && ticket ? [telling('call.taken', [accountRoom(ctx.companyId, agentId)], async () => ({ ticketId: ticket._id, from: ticket.customerName || ticket.customerContact }))] : [];
};

// Who follows hears of what others say; a note that speaks to them says so.
const followersTold = (ctx: Ctx, { ticket, message }: { ticket: TicketDoc | null; message: MessageDoc | null }): Telling[] => (ticket && message && message.kind !== 'system' ? ticket.followers ?? [] : [])
  .filter((accountId) => accountId !== message?.authorId)
  .map((accountId) => telling('follower.told', [accountRoom(ctx.companyId, accountId)], async () => (ticket && message ? {
    ticketId: ticket._id, number: ticket.number, subject: ticket.subject, by: message.authorName || ticket.customerName || ticket.customerContact, why: message.mentions?.includes(accountId) ? 'mention' as const : 'followed' as const,
  } : null)));

async function messageData(ctx: Ctx, event: DomainEvent): Promise<BroadcastData['message.added'] | null> {
  const message = await messageById(ctx.companyId, field(event, 'messageId'));
  return message ? { message: presentMessage(message) } : null;
}

const messageChanged: Decide = (ctx, event) => ({ tell: [telling('message.changed', [ticketRoom(ctx.companyId, field(event, 'ticketId'))], () => messageData(ctx, event))], desks: [] });

const boardQueue = (ctx: Ctx, queueId: string): Telling => telling('board.queue', [boardRoom(ctx.companyId)], async () => {
  const queue = await boardPorts().queueRow(ctx, queueId);
  return queue ? { queue } : null;
});
const boardAgent = (ctx: Ctx, agentId: string): Telling => telling('board.agent', [boardRoom(ctx.companyId)], async () => {
  const agent = await boardPorts().agentRow(ctx, agentId);
  return agent ? { agent } : null;
});

const workMoved: Decide = (ctx, event) => {
  const agentId = field(event, 'agentId');
  return { tell: [boardQueue(ctx, field(event, 'queueId')), ...(agentId ? [boardAgent(ctx, agentId)] : [])], desks: agentId ? [agentId] : [] };
};
const handedOver: Decide = (ctx, event) => {
  const both = [field(event, 'agentId'), field(event, 'fromAgentId')];
  return { tell: [boardQueue(ctx, field(event, 'queueId')), ...both.map((agentId) => boardAgent(ctx, agentId))], desks: both };
};
const invitationMoved: Decide = (ctx, event) => {
  const agentId = field(event, 'agentId');
  return { tell: [boardQueue(ctx, field(event, 'queueId')), ...(agentId ? [boardAgent(ctx, agentId)] : [])], desks: agentId ? [agentId] : [] };
};
const agentMoved: Decide = (ctx, event) => ({ tell: [boardAgent(ctx, field(event, 'agentId'))], desks: [field(event, 'agentId')] });
const settings = (kind: (event: DomainEvent) => string): Decide => (ctx, event) => ({ tell: [telling('settings.changed', [companyRoom(ctx.companyId)], async () => ({ kind: kind(event) }))], desks: [] });

/** Every event has a decision here, or the program does not compile. */
export const broadcasts = {
  'ticket.opened': ticketChanged,
  'ticket.changed': ticketChanged,
  'ticket.merged': ticketChanged,
  'message.added': messageAdded,
  'message.delivery': messageChanged,
  'work.arrived': workMoved,
  'work.overflowed': workMoved,
  'work.callback': workMoved,
  'work.offered': workMoved,
  'work.accepted': workMoved,
  'work.declined': workMoved,
  'work.expired': workMoved,
  'work.requeued': workMoved,
  'work.withdrawn': workMoved,
  'work.handed-over': handedOver,
  'work.asleep': workMoved,
  'work.woken': workMoved,
  'invitation.made': invitationMoved,
  'invitation.moved': invitationMoved,
  'invitation.ended': invitationMoved,
  'work.ended': workMoved,
  'service-level.warned': ticketChanged,
  'service-level.breached': ticketChanged,
  'wrap-up.started': agentMoved,
  'wrap-up.ended': agentMoved,
  'agent.state-changed': agentMoved,
  'agent.changed': agentMoved,
  'queue.changed': settings(() => 'queues'),
  'settings.changed': settings((event) => field(event, 'kind')),
  'customer.changed': (ctx, event) => ({ tell: [telling('customer.changed', [companyRoom(ctx.companyId)], async () => ({ customerId: field(event, 'customerId') }))], desks: [] }),
  'customer.merged': (ctx, event) => ({ tell: [telling('customer.changed', [companyRoom(ctx.companyId)], async () => ({ customerId: field(event, 'customerId') }))], desks: [] }),
  'account.changed': settings(() => 'accounts'),
  'guide.changed': (ctx) => ({ tell: [telling('settings.changed', [companyRoom(ctx.companyId)], async () => ({ kind: 'guides' }))], desks: [] }),
  'guide-run.ended': () => nothing,
  'article.changed': (ctx, event) => ({ tell: [telling('article.changed', [companyRoom(ctx.companyId)], async () => ({ articleId: field(event, 'articleId') }))], desks: [] }),
  'articles.imported': (ctx, event) => ({ tell: [telling('article.changed', [companyRoom(ctx.companyId)], async () => ({ articleId: event.subject }))], desks: [] }),
} satisfies Record<DomainEventName, Decide>;

/** What to say about an event. */
export function decide(ctx: Ctx, event: DomainEvent, live: unknown): Promise<Told> | Told {
  const decision: Decide | undefined = broadcasts[event.name];
  return decision ? decision(ctx, event, live) : nothing;
}

/** A telling as it goes over the wire. */
export const envelope = (event: DomainEvent, name: keyof BroadcastData, data: BroadcastData[keyof BroadcastData]): Broadcast =>
  ({ n: event.n, id: event._id, name, at: new Date(event.at).toISOString(), data }) as Broadcast;
