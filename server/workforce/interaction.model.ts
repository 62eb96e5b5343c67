import { model } from 'mongoose';
import type { InvitationKind } from '../../protocol';
import { findTogether, houseSchema, rowsTogether, updateSoon, withOutbox, type Outbox } from '../kernel';

/** A stretch of an interaction: who had it, where, from when to when. */
export interface Segment {
  kind: 'waiting' | 'offered' | 'handling' | 'wrap-up';
  agentId: string | null;
  queueId: string;
  from: Date;
  to: Date | null;
}

/** What makes a work item an invitation to a second agent. */
export interface Invitation {
  kind: InvitationKind;
  /** The work item in somebody's hands that it is about; null when the ticket has none. */
  aboutId: string | null;
  /** Asked in particular; null: whoever serves the queue. */
  agentId: string | null;
  byId: string | null;
  byName: string;
  note: string;
}

/** One episode on one channel from arrival to end. While it lives it is the work item of the same id. */
export interface InteractionDoc extends Outbox {
  _id: string;
  companyId: string;
  ticketId: string;
  ticketNumber: number;
  subject: string;
  customerId: string;
  customerName: string;
  channel: string;
  queueId: string;
  state: 'waiting' | 'offered' | 'assigned' | 'ended';
  /** Goes up whenever what routing must know changes. */
  version: number;
  weight: number;
  interruptible: boolean;
  arrivedAt: Date;
  priorityMinutes: number;
  dueAt: Date | null;
  attributes: Record<string, string>;
  /** Skills asked for besides the queue's own, by routing rules. */
  requirement: Record<string, number>;
  /** Number to call, when this is a callback. */
  phone: string | null;
  /** Since when it waits in this queue. */
  queuedAt: Date;
  /** When the next overflow of its queue is due; null: none. */
  overflowAt: Date | null;
  /** How many overflows of this queue have been carried out. */
  overflowStep: number;
  /** Queues it was in before: none is overflowed into twice. */
  pastQueues: string[];
  /** Kept for this agent until a moment. */
  preferred: { agentId: string; until: Date } | null;
  agentId: string | null;
  offerId: string | null;
  offerExpiresAt: Date | null;
  /** Id of the last offer or assignment that was written, with '~' at its end when that is over; a decision with a smaller one comes too late. */
  decided: string;
  acceptedAt: Date | null;
  endedAt: Date | null;
  how: 'handled' | 'abandoned' | 'withdrawn' | null;
  disposition: string | null;
  /** What the ticket becomes with the end of the work; gone when it became that. A crash in between leaves it, and the sweep finds it. */
  settling?: Settling;
  /** Why the last agent was chosen, for the ticket page. */
  why: string;
  segments: Segment[];
  /** Set on what asks a second agent for help; null on what customers ask. */
  invitation: Invitation | null;
  /** A live conversation in text: its capacity is free while the customer is silent. */
  sleeps: boolean;
  /** The customer is silent. */
  asleep: boolean;
  /** When the customer wrote last. */
  customerAt: Date | null;
  updatedAt: Date;
}

/** The status a ticket is to have, and who said so when. */
export interface Settling { status: 'solved' | 'pending' | 'on-hold'; by: { id: string | null; name: string }; at: Date }

const schema = houseSchema<InteractionDoc>({
  ticketId: { type: String, required: true }, ticketNumber: Number, subject: String, customerId: String, customerName: String, channel: { type: String, required: true }, queueId: { type: String, required: true },
  state: { type: String, required: true }, version: { type: Number, required: true }, weight: Number, interruptible: Boolean, arrivedAt: { type: Date, required: true }, priorityMinutes: Number, dueAt: Date,
  attributes: { type: Object, default: {} }, requirement: { type: Object, default: {} }, phone: { type: String, default: null }, queuedAt: { type: Date, default: null }, overflowAt: { type: Date, default: null }, overflowStep: { type: Number, default: 0 }, pastQueues: { type: [String], default: [] },
  preferred: { type: Object, default: null }, agentId: { type: String, default: null }, offerId: { type: String, default: null }, offerExpiresAt: { type: Date, default: null },
  decided: { type: String, default: '' }, acceptedAt: { type: Date, default: null }, endedAt: { type: Date, default: null }, how: { type: String, default: null }, disposition: { type: String, default: null }, settling: { type: Object, default: undefined }, why: { type: String, default: '' }, segments: { type: [Object], default: [] }, invitation: { type: Object, default: null },
  sleeps: { type: Boolean, default: false }, asleep: { type: Boolean, default: false }, customerAt: { type: Date, default: null }, updatedAt: { type: Date, required: true },
}, { collection: 'interactions' });
schema.index({ companyId: 1, ticketId: 1, arrivedAt: -1 });
// One live episode per ticket, besides invitations: two deliveries at once cannot make two work items.
schema.index({ companyId: 1, ticketId: 1 }, { unique: true, partialFilterExpression: { endedAt: null, invitation: null }, name: 'one-live-request-per-ticket' });
schema.index({ companyId: 1, state: 1, arrivedAt: 1 });
schema.index({ companyId: 1, agentId: 1, state: 1 });
schema.index({ companyId: 1, endedAt: 1 });
schema.index({ overflowAt: 1 }, { sparse: true });
schema.index({ 'settling.at': 1 }, { sparse: true });
withOutbox(schema as never);

/** The collection of interactions. */
export const Interactions = model<InteractionDoc>('Interaction', schema);

/** An interaction of the company; null when there is none. */
export const interactionById = (companyId: string, id: string): Promise<InteractionDoc | null> => findTogether(Interactions, companyId, id);
/** The episode of a ticket that has not ended, if any; invitations are none. */
export const liveInteraction = async (companyId: string, ticketId: string, { patient = false }: { patient?: boolean } = {}): Promise<InteractionDoc | null> => (await rowsTogether(Interactions, { companyId, field: 'ticketId', value: ticketId, where: { endedAt: null, invitation: null }, patient }))[0] ?? null;
/** Invitations of a ticket that have not ended. */
export const liveInvitations = (companyId: string, ticketId: string): Promise<InteractionDoc[]> => Interactions.find({ companyId, ticketId, endedAt: null, invitation: { $ne: null } }).sort({ updatedAt: 1 }).lean<InteractionDoc[]>();
/** What an agent is offered or works on. */
export const interactionsOfAgent = (companyId: string, agentId: string): Promise<InteractionDoc[]> => Interactions.find({ companyId, agentId, state: { $in: ['offered', 'assigned'] } }).sort({ arrivedAt: 1 }).lean<InteractionDoc[]>();

/** Ended work whose ticket was to become something before a moment and did not, of every company. */
export const unsettled = (before: Date): Promise<InteractionDoc[]> => Interactions.find({ 'settling.at': { $lt: before } }).setOptions({ acrossCompanies: true }).limit(200).lean<InteractionDoc[]>();

/** The ticket became what it was to become, or something newer. */
export const settled = (companyId: string, interactionId: string): Promise<void> => updateSoon(Interactions, { companyId, _id: interactionId }, { $unset: { settling: 1 } });
