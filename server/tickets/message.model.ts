import { model } from 'mongoose';
import type { MailTrust, Message } from '../../protocol';
import { findTogether, houseSchema, withOutbox, type Outbox } from '../kernel';

type Plain = Pick<Message, 'kind' | 'channel' | 'subject' | 'text' | 'html' | 'replyText' | 'to' | 'cc' | 'call' | 'system' | 'automatic'>;

/** One entry of a ticket's timeline. Inserting it is the moment something was said. */
export interface MessageDoc extends Outbox, Plain {
  _id: string;
  companyId: string;
  ticketId: string;
  seq: number;
  clientId: string;
  authorId: string | null;
  authorName: string;
  bcc: Message['to'];
  attachments: { blobId: string; name: string; type: string; size: number; inline: boolean }[];
  delivery: { state: 'queued' | 'sent' | 'delayed' | 'delivered' | 'read' | 'failed' | 'bounced'; reason: string; at: Date; missed?: string[] } | null;
  /** Whom it has not reached, where it reached others: whoever may still get it is tried again. */
  unreached?: { address: string; reason: string; lasting: boolean }[];
  /** When it leaves; null for what does not. */
  sendAt: Date | null;
  /** How often sending was asked for; part of the job's id. */
  sendVersion: number;
  attempts: number;
  /** Ids in the channel's world that belong to it: its own, and all it refers to. */
  refs: string[];
  /** Its own id in the channel's world. */
  externalId: string | null;
  rawBlobId: string | null;
  /** Where a mail really came from; absent when nothing is known. */
  trust?: MailTrust;
  /** Address it came from, where the channel knows one. */
  from?: string;
  /** Whether the exchange goes below; the queue decides when absent. */
  quote?: boolean;
  /** Nobody asked for it: whoever gets it can say that they want no more. */
  reminder?: boolean;
  /** Message that goes below instead: a forward. */
  forwardOf?: string;
  /** The intake that keeps the original. */
  originalId?: string;
  /** Accounts a note speaks to. */
  mentions?: string[];
  /** Where it was before tickets were merged or split, to go back. */
  movedFrom?: { ticketId: string; seq: number };
  at: Date;
  receivedAt: Date;
}

const schema = houseSchema<MessageDoc>({
  ticketId: { type: String, required: true }, seq: { type: Number, required: true }, clientId: { type: String, required: true }, kind: { type: String, required: true }, channel: { type: String, required: true },
  authorId: { type: String, default: null }, authorName: { type: String, default: '' }, subject: { type: String, default: '' }, text: { type: String, default: '' }, html: { type: String, default: null }, replyText: { type: String, default: null },
  to: { type: [Object], default: [] }, cc: { type: [Object], default: [] }, bcc: { type: [Object], default: [] }, attachments: { type: [Object], default: [] }, call: { type: Object, default: null }, system: { type: Object, default: null },
  automatic: { type: Boolean, default: false }, delivery: { type: Object, default: null }, sendAt: { type: Date, default: null }, sendVersion: { type: Number, default: 0 }, attempts: { type: Number, default: 0 },
  refs: { type: [String], default: [] }, externalId: { type: String, default: null }, rawBlobId: { type: String, default: null }, trust: { type: Object, default: undefined }, originalId: { type: String, default: undefined }, mentions: { type: [String], default: undefined }, movedFrom: { type: Object, default: undefined }, from: { type: String, default: undefined }, quote: { type: Boolean, default: undefined }, reminder: { type: Boolean, default: undefined }, forwardOf: { type: String, default: undefined }, unreached: { type: [Object], default: undefined }, at: { type: Date, required: true }, receivedAt: { type: Date, required: true },
}, { collection: 'messages' });
schema.index({ companyId: 1, ticketId: 1, clientId: 1 }, { unique: true });
schema.index({ companyId: 1, ticketId: 1, seq: 1 }, { unique: true });
schema.index({ companyId: 1, refs: 1 });
schema.index({ companyId: 1, 'attachments.blobId': 1 }, { sparse: true });
schema.index({ 'delivery.state': 1, sendAt: 1 }, { sparse: true });
withOutbox(schema as never);

/** The collection of messages. */
export const Messages = model<MessageDoc>('Message', schema);

/** A message of the company; null when there is none. */
export const messageById = (companyId: string, id: string): Promise<MessageDoc | null> => findTogether(Messages, companyId, id);

/** Messages of a ticket after a place, in order. */
export const messagesAfter = (companyId: string, ticketId: string, { afterSeq, limit }: { afterSeq: number; limit: number }): Promise<MessageDoc[]> =>
  Messages.find({ companyId, ticketId, seq: { $gt: afterSeq } }).sort({ seq: 1 }).limit(limit).lean<MessageDoc[]>();

/** The last messages of a ticket before a place, in order. */
export const messagesBefore = async (companyId: string, ticketId: string, { beforeSeq, limit }: { beforeSeq: number; limit: number }): Promise<MessageDoc[]> =>
  (await Messages.find({ companyId, ticketId, seq: { $lt: beforeSeq } }).sort({ seq: -1 }).limit(limit).lean<MessageDoc[]>()).reverse();
