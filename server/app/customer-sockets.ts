import type { Server } from 'socket.io';
import type { Channel } from '../channels/channel';
import { subscriber, type Ctx, type DomainEvent, type Services, type Subscriber } from '../kernel';
import type { Typing } from '../realtime';
import { knownTicket, liveMessage, messageById, presentMessage, ticketWith, type TicketDoc } from '../tickets';
import { hostOf, partyOf } from './channel-host';
import { chatStateOf } from './chat-state';
import { companyIds } from './domains';

/** What live customers are told. */
export interface CustomerSide {
  teller: Subscriber;
  agentTypes(ctx: Ctx, typing: Typing): Promise<void>;
}

function keep<T>(all: Map<string, T>, key: string, value: T): T {
  all.set(key, value);
  return value;
}

/** Lets channels with sockets serve their customers, and tells these what happens on their tickets. */
export function serveCustomers(io: Server, services: Services, channels: Channel[]): CustomerSide {
  for (const channel of channels) {
    // One for all its connections: there may be many thousands.
    const hosts = new Map<string, ReturnType<typeof hostOf>>();
    const hostFor = (companyId: string): ReturnType<typeof hostOf> => hosts.get(companyId) ?? keep(hosts, companyId, hostOf(services, channel, companyId));
    channel.sockets?.({ io, hostOf: hostFor, defaultCompanyId: async () => (await companyIds())[0] ?? '' });
  }
  const live = channels.filter((channel) => channel.told);
  const tell = (ctx: Ctx, ticket: TicketDoc, news: Omit<Parameters<NonNullable<Channel['told']>>[1], 'companyId' | 'customer'>): void => {
    for (const channel of live) if (channel.manifest.id === ticket.channel) channel.told?.(io, { companyId: ctx.companyId, customer: partyOf(ticket), ...news });
  };
  const run = async (ctx: Ctx, event: DomainEvent, given: unknown): Promise<void> => {
    const ticketId = event.data['ticketId'];
    if (typeof ticketId !== 'string') return;
    const message = event.name === 'message.added' ? (liveMessage(given) ?? (await messageById(ctx.companyId, String(event.data['messageId'])))) : null;
    const ticket = await (message ? ticketWith(ctx.companyId, ticketId, message) : knownTicket(ctx.companyId, ticketId));
    if (!ticket || !live.some((channel) => channel.manifest.id === ticket.channel)) return;
    if (event.name === 'message.added') {
      if (message && (message.kind === 'customer' || message.kind === 'agent')) tell(ctx, ticket, { message: presentMessage(message) });
      return;
    }
    tell(ctx, ticket, { state: await chatStateOf(ctx, ticket) });
  };
  return {
    teller: subscriber({ name: 'tell-customers', on: ['message.added', 'work.arrived', 'work.accepted', 'work.requeued', 'work.callback', 'work.overflowed', 'work.ended', 'ticket.changed'], kind: 'everywhere', run }),
    async agentTypes(ctx, { ticketId, on, agentName }) {
      const ticket = await knownTicket(ctx.companyId, ticketId);
      if (ticket) tell(ctx, ticket, { typing: { on, name: agentName ?? '' } });
    },
  };
}
