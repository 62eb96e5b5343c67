import type { UpdateQuery } from 'mongoose';
import type { Decision } from '../../queues';
import { happened, type Ctx } from '../kernel';
import { Agents } from './agent.model';
import { changeOf, router, unwritten, type Asked, type Change, type Of } from './decision-changes';
import { Interactions, type InteractionDoc } from './interaction.model';
import { invitationChange } from './invitation-decisions';

/** Writes what the waiting room decided into the store, in order, and tells everybody. Safe to repeat: each write names the state it expects. */
export async function applyDecisions(ctx: Ctx, decisions: readonly Decision[], asked: Asked = {}): Promise<void> {
  for (const decision of decisions) await applyOne(ctx, decision, asked);
  const expiries = decisions.filter((each) => each.kind === 'offer').map((each) => each.expiresAt);
  await Promise.all([...new Set(expiries)].map((at) => ctx.jobs.add('room.tick', { companyId: ctx.companyId, at }, { at: at + 20 })));
}

async function applyOne(ctx: Ctx, decision: Decision, asked: Asked): Promise<void> {
  if (decision.kind === 'state') return writeState(ctx, decision, asked);
  if (unwritten.has(decision.kind)) return;
  const doc = await Interactions.findOne({ companyId: ctx.companyId, _id: decision.itemId }).lean<InteractionDoc>();
  if (!doc) return;
  const change = doc.invitation ? invitationChange(decision, asked) : changeOf(decision, asked);
  if (change) await writeChange(ctx, doc, change);
}

async function writeChange(ctx: Ctx, doc: InteractionDoc, change: Change): Promise<void> {
  const { companyId } = ctx;
  const event = change.event?.(doc);
  const now = new Date(ctx.clock.now());
  const update: UpdateQuery<InteractionDoc> = { $set: { ...change.set, updatedAt: now } };
  const pushed: Record<string, unknown> = { ...(event ? { pending: event } : {}), ...(change.ended && doc.acceptedAt ? { segments: { kind: 'handling', agentId: doc.agentId, queueId: doc.queueId, from: doc.acceptedAt, to: now } } : {}) };
  if (Object.keys(pushed).length > 0) update.$push = pushed;
  const done = await Interactions.updateOne({ companyId, _id: doc._id, ...change.filter }, update);
  if (done.modifiedCount > 0 && event) await ctx.relay.publish({ collection: 'interactions', companyId, id: doc._id }, [event]);
}

const withReason = ['away', 'offline'];

async function writeState(ctx: Ctx, decision: Of<'state'>, asked: Asked): Promise<void> {
  const { companyId } = ctx;
  const before = await Agents.findOne({ companyId, _id: decision.agentId }).lean<{ state: string }>();
  if (!before) return;
  const reason = withReason.includes(decision.state) ? asked.why ?? '' : '';
  const event = happened('agent.state-changed', { agentId: decision.agentId, from: before.state, to: decision.state, reason }, { by: asked.by ?? router, subject: decision.agentId, at: decision.at });
  // A decision and whoever brings room and store together may say the same: it happened once.
  const done = await Agents.updateOne({ companyId, _id: decision.agentId, $nor: [{ state: decision.state, reason }] }, { $set: { state: decision.state, reason, since: new Date(decision.at), idleSince: new Date(decision.at) }, $push: { pending: event } });
  if (done.modifiedCount > 0) await ctx.relay.publish({ collection: 'agents', companyId, id: decision.agentId }, [event]);
}
