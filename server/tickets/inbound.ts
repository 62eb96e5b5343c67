import type { MailTrust, Message } from '../../protocol';

/** What a channel brought in, as tickets need it; the composition root translates the channel's own shape. */
export interface InboundMessage {
  channel: string;
  /** Recognises a repeated delivery. */
  sourceId: string;
  kind: 'message' | 'call';
  from: { kind: 'email' | 'phone' | 'visitor' | 'external'; value: string; name: string; verified: boolean };
  to: Message['to'];
  cc: Message['to'];
  subject: string;
  text: string;
  /** Sanitised. */
  html: string | null;
  replyText: string | null;
  attachments: { blobId: string; inline: boolean }[];
  call: Message['call'];
  at: Date;
  locale: string | null;
  thread: { ticketId?: string; currentId?: string; references: string[]; ownId?: string; ticketNumber?: number; forwarded: boolean };
  automatic: boolean;
  bounce: { messageRef: string | null; recipients: { address: string; hard: boolean; delayed?: boolean; reason: string }[] } | null;
  spam: boolean;
  /** Queue by id or name. */
  queue: string | null;
  /** Mail address of the account that took a finished call. */
  handledBy: string | null;
  attributes: Record<string, string>;
  clientId: string | null;
  rawBlobId: string | null;
  trust?: MailTrust;
  /** By a person, yet nothing automatic may answer it. */
  unanswerable?: boolean;
  /** The intake that keeps the original. */
  originalId?: string;
}

/** What became of it. */
export interface Received {
  duplicate: boolean;
  ticketId: string | null;
  messageId: string | null;
  seq: number | null;
}
