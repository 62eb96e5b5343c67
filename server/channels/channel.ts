import type { Request, Router } from 'express';
import type { Server as IoServer } from 'socket.io';
import type { z } from 'zod';
import type { Ability, ChannelManifest, ChatState, Delivery, MailTrust, Message } from '../../protocol';
import type { Ctx } from '../kernel';

/** An address as a channel knows it. */
export interface Party {
  kind: 'email' | 'phone' | 'visitor' | 'external';
  value: string;
  name: string;
  /** The channel vouches for it: authenticated mail, signed identity. */
  verified: boolean;
}

/** What came in, in the one shape every channel makes. */
export interface Inbound {
  /** Recognises a repeated delivery: unique per channel and company, such as mailbox + Message-ID, or PBX + call id. */
  sourceId: string;
  kind: 'message' | 'call';
  from: Party;
  to: { address: string; name: string }[];
  cc: { address: string; name: string }[];
  subject: string;
  text: string;
  html: string | null;
  replyText: string | null;
  /** Blobs stored already; the ticket becomes their owner. */
  attachments: { blobId: string; inline: boolean }[];
  call: Message['call'];
  at: Date;
  locale: string | null;
  /** Where it belongs, best evidence first; the host decides. */
  thread: {
    /** From a token this installation signed. */
    ticketId?: string;
    /** On a live channel: the conversation the customer was last seen in, as this server told them. */
    currentId?: string;
    /** Ids of this and earlier messages in the channel's own world, newest first; empty ones are never given. */
    references: string[];
    /** Its own id in that world. */
    ownId?: string;
    /** A ticket number in the subject: believed only if the sender takes part already. */
    ticketNumber?: number;
    /** A forward opens a linked ticket. */
    forwarded: boolean;
  };
  /** Written by a machine: kept and marked, never reopens, never acknowledged. */
  automatic: boolean;
  /** Raises the message it reports about to bounced. */
  bounce: { messageRef: string | null; recipients: { address: string; hard: boolean; delayed?: boolean; reason: string }[] } | null;
  spam: boolean;
  /** Where it really came from; absent when nothing is known. */
  trust?: MailTrust;
  /** Written by a person, yet nothing automatic may answer it: lists, bulk mail. */
  unanswerable?: boolean;
  /** Queue by id or by name, else the channel's default. */
  queue: string | null;
  /** Who took it already, such as the agent of a finished call: mail address of an account. */
  handledBy: string | null;
  /** Answers of a form, an IVR or a guide, for requirement rules. */
  attributes: Record<string, string>;
  /** Chosen by the sender's software where it does so (widget), else derived from sourceId. */
  clientId: string | null;
  /** Blob of the original. */
  rawBlobId: string | null;
  /** What `accept` stored it as, where the original stays there. */
  originalId?: string;
}

/** What the host did with an inbound. */
export interface Taken {
  duplicate: boolean;
  /** Null when it was dropped: blocked sender. */
  ticketId: string | null;
  messageId: string | null;
  seq: number | null;
}

/** What goes out. */
export interface Outbound {
  message: Message;
  ticket: { id: string; number: number; subject: string; queueId: string; locale: string | null };
  /** The customer's address on this channel. */
  customer: Party;
  bcc: { address: string; name: string }[];
  /** Ids of earlier messages in the channel's world, oldest first, at most 20. */
  references: string[];
  /** What stands below the text: a signature and the exchange so far; empty when nothing does. */
  below: { signature: string; quote: { text: string; html: string | null } };
  /** Where whoever gets it says that they want no more such messages. */
  unsubscribeUrl?: string;
  /** Contents of attachments by attachment id. */
  read(attachmentId: string): AsyncIterable<Buffer>;
  /** Who gets it this time; absent: everybody it names. The others had it before, or never will. */
  only?: string[];
  /** How often it was tried before. */
  attempt: number;
  companyName: string;
}

/** Whom the other side would not take it for, and whether it may at another time. */
export interface Refused {
  address: string;
  reason: string;
  lasting: boolean;
}

/** How sending ended. `retryAt` makes a failure a delay; `waiting`: it was not tried, since the way out is full; `refused`: it left, but not to these. */
export type Sent =
  | { state: 'waiting'; until: Date }
  | { state: 'sent' | 'delivered'; externalId?: string; refused?: Refused[] }
  | { state: 'failed'; reason: string; retryAt?: Date };

/** News about a message that left. */
export interface DeliveryUpdate {
  messageId: string;
  state: Delivery['state'];
  reason: string;
}

/** What a customer may see of their ticket. */
export interface CustomerThread {
  ticketId: string | null;
  /** Messages from and to the customer only, in order. */
  messages: Message[];
  state: ChatState;
}

/** A face of the company, as far as a channel cares. */
export interface ChannelBrand {
  id: string;
  /** Where its letters wait; empty: where those of the company do. */
  queueId: string;
  /** Where its chats wait; empty: where the channel's settings say. */
  chatQueueId: string;
}

/** What the product hands to a channel, for one company. */
export interface ChannelHost {
  ctx: Ctx;
  /** Stores what came in, durably, then works on it in the background (job intake.receive → channel.receive). Resolves once it is safe. */
  accept(raw: { sourceId: string; content: Buffer | AsyncIterable<Buffer>; type: string; meta?: Record<string, string> }): Promise<{ duplicate: boolean }>;
  /** Makes of an inbound a message on a ticket, at once and durably. */
  intake(inbound: Inbound): Promise<Taken>;
  delivered(update: DeliveryUpdate): Promise<void>;
  signal(signal: { ticketId: string; kind: 'typing' | 'read' | 'ended' | 'rated'; on?: boolean; seq?: number; score?: number; comment?: string }): Promise<void>;
  /** The customer's live thread on this channel: the latest ticket that is not closed. */
  thread(customer: Party, afterSeq: number): Promise<CustomerThread>;
  /** Whether an agent of the channel's queue is available now, and the expected wait in seconds. */
  position(): Promise<{ online: boolean; expectedWait: number | null }>;
  /** The customer who waits is called or written to instead, and keeps their place; `at`: called at that moment. Refused as nothing-to-call when nothing waits. */
  otherwise(customer: Party, wish: { kind: 'phone'; value: string; at: Date | null } | { kind: 'email'; value: string }): Promise<void>;
  /** Mails the customer a copy of their conversation. Refused as not-found before anybody of ours has written in it. */
  transcript(customer: Party, wish: { to: string; locale: string | null }): Promise<void>;
  settings<T>(): Promise<T>;
  /** The brand of an id, or the one a page shows: by the origin its browser tells, else by the key it names. Null: the company itself. */
  brand(by: { id: string } | { origin: string | undefined; key: string | undefined }): Promise<ChannelBrand | null>;
  /** Whether messages of this address are refused. */
  isBlocked(party: Party): Promise<boolean>;
}

/** Socket.IO as a channel may use it: its own namespace, and rooms named by the customer's address. */
export interface ChannelSockets {
  io: IoServer;
  /** The host of the company a connection belongs to. */
  hostOf(companyId: string): ChannelHost;
  /** The company that answers on this installation when the client does not prove another. */
  defaultCompanyId(): Promise<string>;
}

/** The host of a request's company; with an ability, whoever asks must hold it. */
export type HostFor = (request: Request, ability?: Ability) => Promise<ChannelHost>;

/** One way in and out. Everything else in the product acts on the manifest, never on the channel's name. */
export interface Channel {
  manifest: ChannelManifest;
  /** Shape and defaults of its settings per company. */
  settings: z.ZodType;
  /** Opens listeners that outlive requests (SMTP, IMAP); started where the role `worker` runs. */
  start?(hostOf: (companyId: string) => ChannelHost, defaultCompanyId: () => Promise<string>): Promise<{ stop(): Promise<void> }>;
  /** Works on what `accept` stored: parse, then host.intake. Throws to be tried again. */
  receive(host: ChannelHost, raw: { content: Buffer; sourceId: string; meta: Record<string, string>; blobId: string }): Promise<void>;
  send(host: ChannelHost, outbound: Outbound): Promise<Sent>;
  /** Whether a message for this customer needs no sending: it is in the thread they read, and `told` brings it. Without it everything is sent. */
  sentWhenStored?(customer: Party): boolean;
  /** HTTP routes below the root, for machines and customers. */
  routes?(router: Router, hostFor: HostFor): void;
  sockets?(sockets: ChannelSockets): void;
  /** Lets go of what the channel itself keeps of these addresses, once a person is to be forgotten; may be repeated. */
  forget?(companyId: string, addresses: readonly string[]): Promise<void>;
  /** Tells live customers about a new message or state; called on every node that has sockets. */
  told?(io: IoServer, news: { companyId: string; customer: Party; message?: Message; state?: ChatState; typing?: { on: boolean; name: string } }): void;
}

/** What came in cannot be read, however often it is tried: it is put aside at once, with the reason. */
export class Unreadable extends Error {}

/** Declares a channel; each folder's index.ts exports one as `channel`. */
export const defineChannel = (channel: Channel): Channel => channel;
