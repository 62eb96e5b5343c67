import type { UpdateQuery } from 'mongoose';
import type { Decision } from '../../queues';
import type { DomainEventName } from '../../protocol';
import { happened, system, type Ctx, type PendingEvent } from '../kernel';
import { Agents } from './agent.model';
import { Interactions, type InteractionDoc } from './interaction.model';

const router = system('router');

type Of<K extends Decision['kind']> = Extract<Decision, { kind: K }>;
type Change = { filter: Record<string, unknown>; set: Partial<InteractionDoc>; event?: (doc: InteractionDoc) => PendingEvent };

/** Writes what the waiting room decided into the store, in order, and tells everybody. Safe to repeat: each write names the state it expects. */
export async function applyDecisions(ctx: Ctx, decisions: readonly Decision[]): Promise<void> {
  for (const decision of decisions) await applyOne(ctx, decision);
  const expiries = decisions.filter((each) => each.kind === 'offer').map((each) => each.expiresAt);
  await Promise.all([...new Set(expiries)].map((at) => ctx.jobs.add('room.tick', { companyId: ctx.companyId, at }, { at: at + 20 })));
}

async function applyOne(ctx: Ctx, decision: Decision): Promise<void> {
  if (decision.kind === 'state') return writeState(ctx, decision);
  const change = changeOf(decision);
  if (change) await writeChange(ctx, decision.itemId, change);
}

function changeOf(decision: Decision): Change | null {
  switch (decision.kind) {
    case 'offer': return offered(decision);
    case 'assigned': return assigned(decision);
    case 'declined': return back(decision, 'work.declined', { why: '' });
    case 'expired': return back(decision, 'work.expired', { notResponding: decision.notResponding });
    case 'withdrawn': return decision.why === 'assigned' || decision.why === 'left' ? null : back(decision, 'work.requeued', { why: decision.why });
    case 'requeued': return requeued(decision);
    default: return null;
  }
}

const work = (doc: InteractionDoc) => ({ workItemId: doc._id, ticketId: doc.ticketId, queueId: doc.queueId, channel: doc.channel });

function offered(decision: Of<'offer'>): Change {
  return {
    filter: { state: { $in: ['waiting', 'offered'] } },
    set: { state: 'offered', agentId: decision.agentId, offerId: decision.offerId, offerExpiresAt: new Date(decision.expiresAt), why: decision.preferred ? 'last-agent' : 'best-match' },
    event: (doc) => happened('work.offered', { ...work(doc), agentId: decision.agentId, offerId: decision.offerId, ring: decision.ring, expiresAt: new Date(decision.expiresAt).toISOString() }, about(doc, decision.at)),
  };
}

// An acceptance is written only for the offer it answers, so that a late one never assigns twice.
function assigned(decision: Of<'assigned'>): Change {
  const byOffer = decision.by === 'accept' || decision.by === 'auto';
  return {
    filter: { state: { $ne: 'ended' }, ...(byOffer && decision.by === 'accept' ? { offerId: decision.offerId, state: 'offered' } : {}) },
    set: { state: 'assigned', agentId: decision.agentId, acceptedAt: new Date(decision.at), offerExpiresAt: null, preferred: null, ...(decision.by === 'manual' ? { why: 'chosen-by-hand' } : {}) },
    event: (doc) => happened('work.accepted', { ...work(doc), agentId: decision.agentId, waitSeconds: Math.max(0, (decision.at - doc.arrivedAt.getTime()) / 1000) }, about(doc, decision.at)),
  };
}

function back(decision: Of<'declined' | 'expired' | 'withdrawn'>, name: 'work.declined' | 'work.expired' | 'work.requeued', extra: Record<string, unknown>): Change {
  return {
    filter: { state: 'offered', offerId: decision.offerId },
    set: { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null },
    event: (doc) => happened(name as DomainEventName, { ...work(doc), agentId: decision.agentId, ...extra } as never, about(doc, decision.at)),
  };
}

function requeued(decision: Of<'requeued'>): Change {
  return {
    filter: { state: 'assigned', agentId: decision.agentId },
    set: { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null },
    event: (doc) => happened('work.requeued', { ...work(doc), agentId: decision.agentId, why: 'requeued' }, about(doc, decision.at)),
  };
}

const about = (doc: InteractionDoc, at: number) => ({ by: router, subject: doc._id, at });

async function writeChange(ctx: Ctx, id: string, change: Change): Promise<void> {
  const { companyId } = ctx;
  const doc = await Interactions.findOne({ companyId, _id: id }).lean<InteractionDoc>();
  if (!doc) return;
  const event = change.event?.(doc);
  const update: UpdateQuery<InteractionDoc> = { $set: { ...change.set, updatedAt: new Date(ctx.clock.now()) } };
  if (event) update.$push = { pending: event };
  const done = await Interactions.updateOne({ companyId, _id: id, ...change.filter }, update);
  if (done.modifiedCount > 0 && event) await ctx.relay.publish({ collection: 'interactions', companyId, id }, [event]);
}

async function writeState(ctx: Ctx, decision: Of<'state'>): Promise<void> {
  const { companyId } = ctx;
  const before = await Agents.findOne({ companyId, _id: decision.agentId }).lean<{ state: string; reason: string }>();
  if (!before) return;
  const event = happened('agent.state-changed', { agentId: decision.agentId, from: before.state, to: decision.state, reason: before.reason }, { by: router, subject: decision.agentId, at: decision.at });
  await Agents.updateOne({ companyId, _id: decision.agentId }, { $set: { state: decision.state, since: new Date(decision.at), idleSince: new Date(decision.at) }, $push: { pending: event } });
  await ctx.relay.publish({ collection: 'agents', companyId, id: decision.agentId }, [event]);
}
