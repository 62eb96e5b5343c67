import type { Decision } from '../../queues';
import { happened, system, type Actor, type PendingEvent } from '../kernel';
import type { InteractionDoc } from './interaction.model';

/** Who decides when nobody asked. */
export const router = system('router');

export type Of<K extends Decision['kind']> = Extract<Decision, { kind: K }>;
/** What a decision writes into a work item: only while it is in the expected state, together with the event that tells it. */
export interface Change { filter: Record<string, unknown>; set: Partial<InteractionDoc>; ended?: boolean; event?: (doc: InteractionDoc) => PendingEvent }
/** Whoever asked for it and why, for the events: the router where nobody did. */
export interface Asked { by?: Actor; why?: string }

/** Decisions that write nothing into a work item, whichever it is. */
export const unwritten: ReadonlySet<Decision['kind']> = new Set(['queued', 'relaxed', 'released', 'done', 'wake-waits']);

/** What a decision writes into a request. */
export function changeOf(decision: Decision, asked: Asked): Change | null {
  switch (decision.kind) {
    case 'offer': return offered(decision);
    case 'assigned': return assigned(decision);
    case 'declined': return back(decision, (doc) => happened('work.declined', { ...work(doc), agentId: decision.agentId, why: asked.why ?? '' }, about(doc, decision.at)));
    case 'expired': return back(decision, (doc) => happened('work.expired', { ...work(doc), agentId: decision.agentId, notResponding: decision.notResponding }, about(doc, decision.at)));
    case 'withdrawn': return withdrawn(decision);
    case 'requeued': return requeued(decision, asked);
    case 'handed-over': return handedOver(decision);
    case 'asleep': return { filter: { state: 'assigned' }, set: { asleep: true }, event: (doc) => happened('work.asleep', { ...work(doc), agentId: decision.agentId }, about(doc, decision.at)) };
    case 'woken': return { filter: { state: 'assigned' }, set: { asleep: false }, event: (doc) => happened('work.woken', { ...work(doc), agentId: decision.agentId, exceeds: decision.exceeds }, about(doc, decision.at)) };
    default: return null;
  }
}

/** A work item as events name it. */
export const work = (doc: InteractionDoc) => ({ workItemId: doc._id, ticketId: doc.ticketId, queueId: doc.queueId, channel: doc.channel });

// Decisions are made one after the other in the room but written by several processes: each names the id it was made under, and one that comes
// after a later one was written changes nothing.
const notAfter = (offerId: string) => ({ decided: { $not: { $gt: offerId } } });
const free = { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null, asleep: false } as const;

/** What an offer writes, to a request and to an invitation alike. */
export function offered(decision: Of<'offer'>): Change {
  return {
    filter: { state: { $in: ['waiting', 'offered'] }, version: decision.itemVersion, decided: { $not: { $gte: decision.offerId } } },
    set: { state: 'offered', agentId: decision.agentId, offerId: decision.offerId, decided: decision.offerId, offerExpiresAt: new Date(decision.expiresAt), why: decision.preferred ? 'last-agent' : 'best-match' },
    event: (doc) => happened('work.offered', { ...work(doc), agentId: decision.agentId, offerId: decision.offerId, ring: decision.ring, expiresAt: new Date(decision.expiresAt).toISOString() }, about(doc, decision.at)),
  };
}

/** What an assignment writes. An acceptance is written only for the offer it answers, so that a late one never assigns twice. */
export function assigned(decision: Of<'assigned'>): Change {
  return {
    filter: decision.by === 'accept' ? { state: 'offered', offerId: decision.offerId } : { state: { $ne: 'ended' }, version: decision.itemVersion, ...notAfter(decision.offerId) },
    set: { state: 'assigned', agentId: decision.agentId, decided: decision.offerId, acceptedAt: new Date(decision.at), offerExpiresAt: null, preferred: null, asleep: false, ...(decision.by === 'manual' ? { why: 'chosen-by-hand' } : {}) },
    event: (doc) => happened('work.accepted', { ...work(doc), agentId: decision.agentId, waitSeconds: Math.max(0, (decision.at - doc.arrivedAt.getTime()) / 1000) }, about(doc, decision.at)),
  };
}

/** What an offer that came to nothing writes. */
export const back = (decision: Of<'declined' | 'expired' | 'withdrawn'>, event: (doc: InteractionDoc) => PendingEvent): Change =>
  ({ filter: { state: { $ne: 'ended' }, version: decision.itemVersion, ...notAfter(decision.offerId) }, set: { ...free, decided: `${decision.offerId}~` }, event });

// What the customer left, or somebody else got, is not waiting again; but the agent who was offered it must be told.
function withdrawn(decision: Of<'withdrawn'>): Change {
  const event = (doc: InteractionDoc) => happened('work.withdrawn', { ...work(doc), agentId: decision.agentId, why: decision.why }, about(doc, decision.at));
  return decision.why === 'left' || decision.why === 'assigned' ? { filter: {}, set: {}, event } : back(decision, event);
}

function requeued(decision: Of<'requeued'>, { why }: Asked): Change {
  return {
    filter: { version: decision.itemVersion, ...(decision.offerId === '' ? { state: 'assigned', agentId: decision.agentId } : { state: { $ne: 'ended' }, ...notAfter(decision.offerId) }) },
    set: { ...free, ...(decision.offerId === '' ? {} : { decided: `${decision.offerId}~` }) },
    ended: true,
    event: (doc) => happened('work.requeued', { ...work(doc), agentId: decision.agentId, why: why ?? 'requeued' }, about(doc, decision.at)),
  };
}

function handedOver(decision: Of<'handed-over'>): Change {
  return {
    filter: { state: 'assigned', version: decision.itemVersion, ...notAfter(decision.offerId) },
    set: { agentId: decision.agentId, decided: decision.offerId, acceptedAt: new Date(decision.at), why: 'handed-over', asleep: false },
    ended: true,
    event: (doc) => happened('work.handed-over', { ...work(doc), agentId: decision.agentId, fromAgentId: decision.fromAgentId }, about(doc, decision.at)),
  };
}

/** By whom, about what and when, for an event. */
export const about = (doc: InteractionDoc, at: number) => ({ by: router, subject: doc._id, at });
