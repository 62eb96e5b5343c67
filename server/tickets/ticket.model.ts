import { model } from 'mongoose';
import type { Helper, Priority, Sorting, TicketLink, TicketStatus, TicketTarget } from '../../protocol';
import { findTogether, houseSchema, Warm, withOutbox, type DomainEvent, type Outbox } from '../kernel';

/** A colleague asked to take over or to help, as stored. */
export type TicketHelper = Omit<Helper, 'since'> & { since: Date };

/** A clock as stored. */
export type StoredTarget = Omit<TicketTarget, 'dueAt' | 'warnAt'> & { dueAt: Date | null; warnAt: Date | null };

/** The matter to be solved. Its summary (preview, lastSeq, waitingSince, unread) follows its messages. */
export interface TicketDoc extends Outbox {
  _id: string;
  companyId: string;
  number: number;
  subject: string;
  status: TicketStatus;
  priority: Priority;
  channel: string;
  queueId: string;
  ownerId: string | null;
  customerId: string;
  customerName: string;
  customerContact: string;
  participants: { address: string; name: string }[];
  tags: string[];
  fields: Record<string, string | number | boolean | null>;
  preview: string;
  lastSeq: number;
  lastMessageAt: Date;
  waitingSince: Date | null;
  dueAt: Date | null;
  unread: boolean;
  spam: boolean;
  trashedAt: Date | null;
  disposition: string | null;
  /** Colleagues asked to take over or to help; follows their invitations. */
  helpers: TicketHelper[];
  /** Skills routing rules ask for besides the queue's. */
  requirement: Record<string, number>;
  /** What it came with, before any rule. */
  intake: { queueId: string; language: string | null; attributes: Record<string, string>; rule: string | null } | null;
  /** Topic, urgency and sentiment by its words, or as people decided; absent: never sorted. */
  sorting?: Sorting | null;
  /** How the customer is answered instead of on the channel they came by. */
  answerBy: { kind: 'email' | 'phone'; value: string; at: Date | null } | null;
  /** What the customer is asked for, so that they need not wait. */
  ask: 'email' | 'phone' | null;
  /** Set aside until a moment; a callback keeps its arrival. */
  snooze: { at: Date; kind: 'snooze' | 'follow-up' | 'callback'; note: string; arrivedAt: Date | null; phone: string | null } | null;
  /** Its clocks by the service level, as computed from events up to number `clockN`. */
  targets: StoredTarget[];
  clockN: number;
  /** From when on the earliest due time is at risk. */
  riskAt: Date | null;
  /** When the next warning or breach is to be told. */
  markAt: Date | null;
  /** Warnings told already: kind, start and percent. */
  marksTold: string[];
  /** What opened it, so that a repeated delivery opens no second one. */
  sourceKey: string;
  /** Lower-cased words of subject and messages, and addresses: what the search looks up. */
  terms: string[];
  /** What other tickets are to this one. */
  links?: { id: string; kind: TicketLink['kind'] }[];
  /** Where its messages went, the status it had before, and whether some may still have to go. */
  mergedInto?: { id: string; number: number; status: TicketStatus; unfinished?: true } | null;
  /** Accounts that follow it: they hear of every message and may open it, whatever they serve. */
  followers?: string[];
  /** When the customer is reminded, unless they answer; absent when nobody wants that. */
  followUpAt?: Date | null;
  /** When the erasure of its customer reached it: from then on it is shut, and nothing threads into it. */
  erasedAt?: Date | null;
  /** Nothing of them is left in it; until then an erasure that broke off begins with it again. */
  erasureDone?: boolean;
  createdAt: Date;
  solvedAt: Date | null;
  version: number;
}

const text = { type: String, default: '' };
const schema = houseSchema<TicketDoc>({
  number: { type: Number, required: true }, subject: text, status: { type: String, required: true }, priority: { type: String, required: true }, channel: { type: String, required: true }, queueId: { type: String, required: true },
  ownerId: { type: String, default: null }, customerId: { type: String, required: true }, customerName: text, customerContact: text, participants: { type: [Object], default: [] }, tags: { type: [String], default: [] }, fields: { type: Object, default: {} },
  preview: text, lastSeq: { type: Number, default: 0 }, lastMessageAt: { type: Date, required: true }, waitingSince: { type: Date, default: null }, dueAt: { type: Date, default: null }, unread: { type: Boolean, default: false },
  spam: { type: Boolean, default: false }, trashedAt: { type: Date, default: null }, requirement: { type: Object, default: {} }, intake: { type: Object, default: null }, sorting: { type: Object, default: undefined }, answerBy: { type: Object, default: null }, ask: { type: String, default: null }, snooze: { type: Object, default: null },
  targets: { type: [Object], default: [] }, clockN: { type: Number, default: 0 }, riskAt: { type: Date, default: null }, markAt: { type: Date, default: null }, marksTold: { type: [String], default: [] }, disposition: { type: String, default: null }, helpers: { type: [Object], default: [] }, sourceKey: { type: String, required: true }, terms: { type: [String], default: [] },
  links: { type: [Object], default: undefined }, mergedInto: { type: Object, default: undefined }, followers: { type: [String], default: undefined }, followUpAt: { type: Date, default: undefined }, erasedAt: { type: Date, default: undefined }, erasureDone: { type: Boolean, default: undefined }, createdAt: { type: Date, required: true }, solvedAt: { type: Date, default: null }, version: { type: Number, required: true },
}, { collection: 'tickets' });
schema.index({ companyId: 1, number: 1 }, { unique: true });
schema.index({ companyId: 1, sourceKey: 1 }, { unique: true });
schema.index({ companyId: 1, lastMessageAt: -1, _id: -1 });
schema.index({ companyId: 1, ownerId: 1, lastMessageAt: -1 });
schema.index({ companyId: 1, queueId: 1, lastMessageAt: -1 });
schema.index({ companyId: 1, customerId: 1, lastMessageAt: -1 });
schema.index({ companyId: 1, terms: 1 });
schema.index({ companyId: 1, 'mergedInto.id': 1 }, { sparse: true });
schema.index({ trashedAt: 1 }, { sparse: true });
schema.index({ 'snooze.at': 1 }, { sparse: true });
schema.index({ markAt: 1 }, { sparse: true });
schema.index({ followUpAt: 1 }, { sparse: true });
schema.index({ 'mergedInto.unfinished': 1 }, { sparse: true });
schema.index({ companyId: 1, followers: 1, lastMessageAt: -1 }, { partialFilterExpression: { followers: { $exists: true } } });
schema.index({ companyId: 1, riskAt: 1 });
withOutbox(schema as never);

// What came with a message is applied by whoever tells of it; what work and customers do to tickets is told as ticket.changed.
const changedBy = ({ name, data }: DomainEvent): string[] => (name === 'ticket.opened' || !/^(ticket|service-level)\./.test(name) ? [] : ['ticketId', 'otherId'].flatMap((key) => (typeof data[key] === 'string' ? [data[key]] : [])));

const warm = new Warm<TicketDoc>({ schemas: [schema as never], read: (companyId, id) => ticketById(companyId, id), stale: changedBy });

/** The collection of tickets. */
export const Tickets = model<TicketDoc>('Ticket', schema);

/** A ticket of the company; null when there is none. */
export const ticketById = (companyId: string, id: string): Promise<TicketDoc | null> => findTogether(Tickets, companyId, id);
/** The same as this node knows it, which may be some milliseconds old: for telling, and where what is written afterwards shows whether it held. */
export const knownTicket = (companyId: string, id: string): Promise<TicketDoc | null> => warm.get(companyId, id);
/** Lets this node know a ticket that was just opened or read. */
export const learnTicket = (ticket: TicketDoc): void => warm.put(ticket.companyId, ticket._id, ticket);
/** Applies to what this node knows of a ticket what is known to have changed; null: look again. */
export const noteTicket = (companyId: string, id: string, to: (ticket: TicketDoc) => TicketDoc | null): void => warm.change(companyId, id, to);
export const ticketByNumber = (companyId: string, number: number): Promise<TicketDoc | null> => Tickets.findOne({ companyId, number }).lean<TicketDoc>();

/** Statuses in which something remains to be done. */
export const openStatuses: readonly TicketStatus[] = ['new', 'open', 'pending', 'on-hold'];
