import type { ChatState } from '../../protocol';
import type { Channel, ChannelHost, Outbound, Party } from '../channels/channel';
import { companyById } from '../access';
import { isBlocked } from '../customers';
import { contextOf, readSetting, type Ctx, type Services } from '../kernel';
import { sayTyping } from '../realtime';
import { acceptIntake, customerThread, endByCustomer, markDelivery, messageById, note, presentMessage, ticketById, type MessageDoc, type SendResult, type TicketDoc } from '../tickets';
import { receiveWithRun } from './guide-tickets';
import { agentsOf, liveInteraction, roomOf } from '../workforce';

/** The settings of a channel as stored for a company. */
export const settingsKind = (channel: string): string => `channel-${channel}`;

/** What the product hands to one channel for one company. */
export function hostOf(services: Services, channel: Channel, companyId: string): ChannelHost {
  const ctx = contextOf(services, companyId);
  const id = channel.manifest.id;
  return {
    ctx,
    accept: (raw) => acceptIntake(ctx, id, raw),
    intake: (inbound) => receiveWithRun(ctx, { ...inbound, channel: id }),
    async delivered(update) {
      const message = await messageById(companyId, update.messageId);
      if (message) await markDelivery(ctx, { message, state: update.state, reason: update.reason });
    },
    signal: (signal) => takeSignal(ctx, signal),
    thread: (customer, afterSeq) => customerThread(ctx, { channel: id, customer, afterSeq }),
    position: () => onlineState(ctx),
    settings: async <T>() => (await readSetting(companyId, settingsKind(id), channel.settings)) as T,
    isBlocked: (party) => isBlocked(ctx, party.kind, party.value),
  };
}

async function takeSignal(ctx: Ctx, signal: Parameters<ChannelHost['signal']>[0]): Promise<void> {
  if (signal.kind === 'typing') await sayTyping(ctx.redis, { companyId: ctx.companyId, ticketId: signal.ticketId, on: signal.on ?? false, agentName: null });
  if (signal.kind === 'ended') await endByCustomer(ctx, signal.ticketId);
  const ticket = signal.kind === 'rated' ? await ticketById(ctx.companyId, signal.ticketId) : null;
  if (ticket) await note(ctx, { kind: 'system', id: null, name: 'customer' }, { ticket, code: 'rated', params: { score: signal.score ?? 0, comment: signal.comment ?? '' } });
}

/** Whether somebody is available now, and how long a new item would wait. */
export async function onlineState(ctx: Ctx): Promise<{ online: boolean; expectedWait: number | null }> {
  const [agents, snapshot] = await Promise.all([agentsOf(ctx.companyId), roomOf(ctx).snapshot()]);
  const online = agents.some((agent) => ['available', 'wrap-up'].includes(agent.state));
  const known = snapshot.queues.map((queue) => queue.expectedSeconds).filter((seconds) => seconds !== null);
  return { online, expectedWait: known.length === 0 ? null : Math.min(...known) };
}

/** Where a customer stands with a ticket. */
export async function chatStateOf(ctx: Ctx, ticket: TicketDoc | null): Promise<ChatState> {
  const { online, expectedWait } = await onlineState(ctx);
  const none: ChatState = { phase: 'none', position: null, expectedWait, agentName: null, online, readSeq: 0 };
  if (!ticket) return none;
  const live = await liveInteraction(ctx.companyId, ticket._id);
  const readSeq = ticket.unread ? 0 : ticket.lastSeq;
  if (!live) return { ...none, phase: ticket.status === 'solved' || ticket.status === 'closed' ? 'ended' : 'active', agentName: await nameOf(ctx, ticket.ownerId), readSeq };
  if (live.state === 'assigned') return { ...none, phase: 'active', agentName: await nameOf(ctx, live.agentId), expectedWait: null, readSeq };
  const place = await roomOf(ctx).position(live._id);
  return { ...none, phase: 'waiting', position: place?.position ?? 1, expectedWait: place?.expectedSeconds ?? expectedWait, readSeq };
}

const nameOf = async (ctx: Ctx, agentId: string | null): Promise<string | null> => (agentId ? ((await agentsOf(ctx.companyId)).find((agent) => agent._id === agentId)?.name ?? null) : null);

/** Sends a message through its channel; a channel that throws has failed for now. */
export async function sendThrough(services: Services, channel: Channel | undefined, { ctx, message, ticket, references }: { ctx: Ctx; message: MessageDoc; ticket: TicketDoc; references: string[] }): Promise<SendResult> {
  if (!channel) return { state: 'failed', reason: 'unknown-channel' };
  try {
    return await channel.send(hostOf(services, channel, ctx.companyId), await outboundOf(ctx, { message, ticket, references }));
  } catch (error) {
    services.log.error({ err: error, channel: channel.manifest.id }, 'a channel could not send');
    return { state: 'failed', reason: 'internal', retryAt: new Date(services.clock.now() + 30_000) };
  }
}

async function outboundOf(ctx: Ctx, { message, ticket, references }: { message: MessageDoc; ticket: TicketDoc; references: string[] }): Promise<Outbound> {
  const company = await companyById(ctx.companyId);
  return {
    message: presentMessage(message), bcc: message.bcc, references, attempt: message.attempts, companyName: company?.name ?? '', customer: partyOf(ticket),
    ticket: { id: ticket._id, number: ticket.number, subject: ticket.subject, queueId: ticket.queueId, locale: company?.locale ?? null }, read: (id) => ctx.blobs.read(ctx.companyId, id),
  };
}

/** The customer's address as the ticket remembers it. */
export function partyOf(ticket: TicketDoc): Party {
  const value = ticket.customerContact;
  const kind = value.includes('@') ? 'email' : /^\+?[\d\s()/.-]+$/.test(value) ? 'phone' : 'visitor';
  return { kind, value, name: ticket.customerName, verified: false };
}
