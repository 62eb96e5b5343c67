import type { Channel, ChannelBrand, ChannelHost, Outbound, Party } from '../channels/channel';
import { companyById } from '../access';
import { brandById, brandOnPage, type BrandDoc } from '../brands';
import { isBlocked } from '../customers';
import { contextOf, problem, readSetting, type Ctx, type Services } from '../kernel';
import { sayTyping } from '../realtime';
import { acceptIntake, answerOtherwise, byEmail, callBack, customerThread, endByCustomer, markDelivery, messageById, type MessageDoc, presentMessage, rateTicket, ticketById, type SendResult, unsubscribeUrl, type TicketPorts, type TicketDoc } from '../tickets';
import { onlineState } from './chat-state';
import { receiveWithRun } from './guide-tickets';
import { mailTranscript } from './transcript-mail';

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
    otherwise: (customer, wish) => answerWish(ctx, { channel: id, customer, wish }),
    transcript: (customer, wish) => mailTranscript(ctx, { channel: id, customer, ...wish }),
    settings: async <T>() => (await readSetting(companyId, settingsKind(id), channel.settings)) as T,
    brand: async (by) => brandOf(await ('id' in by ? brandById(companyId, by.id) : brandOnPage(companyId, by))),
    isBlocked: (party) => isBlocked(ctx, party.kind, party.value),
  };
}

const brandOf = (brand: BrandDoc | null): ChannelBrand | null => brand && { id: brand._id, queueId: brand.queueId, chatQueueId: brand.chatQueueId };

async function answerWish(ctx: Ctx, { channel, customer, wish }: { channel: string; customer: Party; wish: Parameters<ChannelHost['otherwise']>[1] }): Promise<void> {
  const { ticketId } = await customerThread(ctx, { channel, customer, afterSeq: Number.MAX_SAFE_INTEGER });
  const ticket = ticketId ? await ticketById(ctx.companyId, ticketId) : null;
  if (!ticket || ['solved', 'closed'].includes(ticket.status)) throw problem('nothing-to-call');
  const actor = { kind: 'customer' as const, id: ticket.customerId, name: customer.name, visitorId: customer.value, verified: customer.verified };
  if (wish.kind === 'email') await answerOtherwise(ctx, actor, { ticket, otherwise: byEmail(wish.value) });
  else await callBack(ctx, actor, { ticket, phone: wish.value, at: wish.at });
}

async function takeSignal(ctx: Ctx, signal: Parameters<ChannelHost['signal']>[0]): Promise<void> {
  if (signal.kind === 'typing') await sayTyping(ctx.redis, { companyId: ctx.companyId, ticketId: signal.ticketId, on: signal.on ?? false, agentName: null });
  if (signal.kind === 'ended') await endByCustomer(ctx, signal.ticketId);
  if (signal.kind === 'rated') await rateTicket(ctx, signal.ticketId, { score: signal.score ?? 0, comment: signal.comment ?? '' });
}

type Outgoing = Parameters<TicketPorts['send']>[1];

/** Sends a message through its channel; a channel that throws has failed for now. */
export async function sendThrough(services: Services, channel: Channel | undefined, { ctx, ...outgoing }: Outgoing & { ctx: Ctx }): Promise<SendResult> {
  if (!channel) return { state: 'failed', reason: 'unknown-channel' };
  try {
    return await channel.send(hostOf(services, channel, ctx.companyId), await outboundOf(ctx, outgoing));
  } catch (error) {
    services.log.error({ err: error, channel: channel.manifest.id }, 'a channel could not send');
    return { state: 'failed', reason: 'internal', retryAt: new Date(services.clock.now() + 30_000) };
  }
}

async function outboundOf(ctx: Ctx, { message, ticket, references, below }: Outgoing): Promise<Outbound> {
  const company = await companyById(ctx.companyId);
  const to = message.to[0]?.address;
  return {
    ...(message.reminder && to ? { unsubscribeUrl: unsubscribeUrl(ctx, { address: to, locale: company?.locale ?? 'en' }) } : {}),
    message: presentMessage(message), bcc: message.bcc, references, below, attempt: message.attempts, ...onlyTo(message), companyName: company?.name ?? '', customer: partyOf(ticket),
    ticket: { id: ticket._id, number: ticket.number, subject: ticket.subject, queueId: ticket.queueId, locale: company?.locale ?? null }, read: (id) => ctx.blobs.read(ctx.companyId, id),
  };
}

const onlyTo = ({ unreached }: MessageDoc): { only?: string[] } => (unreached?.length ? { only: unreached.filter((each) => !each.lasting).map((each) => each.address) } : {});

/** The customer's address as the ticket remembers it. */
export function partyOf(ticket: TicketDoc): Party {
  const value = ticket.customerContact;
  const kind = value.includes('@') ? 'email' : /^\+?[\d\s()/.-]+$/.test(value) ? 'phone' : 'visitor';
  return { kind, value, name: ticket.customerName, verified: false };
}
