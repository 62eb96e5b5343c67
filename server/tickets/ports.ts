import type { ChannelManifest, ChatState } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import type { MessageDoc } from './message.model';
import type { TicketDoc } from './ticket.model';

/** How sending one message ended; `retryAt` makes a failure a delay; `waiting`: it was not tried yet; `refused`: it left, but not to these. */
export type SendResult = { state: 'waiting'; until: Date } | { state: 'sent' | 'delivered'; externalId?: string; refused?: { address: string; reason: string; lasting: boolean }[] } | { state: 'failed'; reason: string; retryAt?: Date };

/** What tickets need from what stands above or beside them; given once by the composition root. */
export interface TicketPorts {
  /** The channel's capabilities; undefined for an unknown one. */
  manifestOf(channel: string): ChannelManifest | undefined;
  /** Sends through the channel. Throws only on a bug; what cannot be sent is a result. */
  send(ctx: Ctx, outgoing: { message: MessageDoc; ticket: TicketDoc; references: string[]; below: { signature: string; quote: { text: string; html: string | null } } }): Promise<SendResult>;
  /** Whether what is written on the ticket has reached its customer's side by being stored, so that there is nothing to send. */
  sentWhenStored?(ticket: TicketDoc, channel: string): boolean;
  /** HTML without anything active. */
  sanitise(html: string): Promise<string>;
  /** Addresses we read ourselves. */
  ownAddresses(ctx: Ctx): Promise<string[]>;
  /** The address a queue's mail leaves from; empty when there is none. */
  senderAddress(ctx: Ctx, queueId: string): Promise<string>;
  /** Tells a colleague who is not here of a note that speaks to them. Throws when the mail server refuses. */
  mailColleague(ctx: Ctx, mail: { to: string; locale: string; name: string; by: string; number: number; subject: string; text: string; link: string }): Promise<void>;
  /** Where the customer stands in the queue. */
  stateOf(ctx: Ctx, ticket: TicketDoc | null): Promise<ChatState>;
}

let given: TicketPorts | undefined;

export function setTicketPorts(ports: TicketPorts): void {
  given = ports;
}

export function ticketPorts(): TicketPorts {
  if (!given) throw new Error('The composition root has not given tickets their ports');
  return given;
}

/** The manifest of a channel. Throws unknown-channel. */
export function manifestOf(channel: string): ChannelManifest {
  const manifest = ticketPorts().manifestOf(channel);
  if (!manifest) throw problem('unknown-channel', { channel });
  return manifest;
}
