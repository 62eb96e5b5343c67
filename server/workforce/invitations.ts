import type { InvitationKind } from '../../protocol';
import { happened, newId, problem, type Actor, type Ctx } from '../kernel';
import { admitWork } from './admit-work';
import { agentById } from './agent.model';
import { Interactions, interactionById, liveInteraction, liveInvitations, type InteractionDoc, type Invitation } from './interaction.model';
import { aboutInvitation, named } from './invitation-decisions';
import { queueById } from './queue.model';
import { releaseWork } from './release-work';

/** Whom to ask for what. `ticket` describes it for the offer, as it would for a request. */
export interface Asking {
  kind: InvitationKind;
  agentId?: string;
  queueId: string;
  /** Skills whoever accepts must have, besides the queue's own. */
  requirement: Record<string, number>;
  note: string;
  ticket: Pick<InteractionDoc, 'ticketId' | 'ticketNumber' | 'subject' | 'customerId' | 'customerName' | 'channel' | 'weight' | 'interruptible' | 'priorityMinutes'>;
}

const patienceMs = 300_000;
const absent = ['offline', 'away', 'not-responding'];

/**
 * Asks a colleague, or whoever serves a queue, to take over or to help. They are offered it like any work; the holder keeps theirs. Somebody
 * asked in particular has five minutes, and it ends when they decline. Throws nothing-in-hand, transfer-to-self, agent-unavailable, already-asked, unknown-queue, unknown-account.
 */
export async function inviteAgent(ctx: Ctx, actor: Actor, asking: Asking): Promise<InteractionDoc> {
  const live = await liveInteraction(ctx.companyId, asking.ticket.ticketId);
  const held = live?.state === 'assigned' ? live : null;
  if (asking.kind === 'transfer' && !held) throw problem('nothing-in-hand');
  await checkAsked(ctx, asking, held?.agentId ?? actor.id);
  const doc = invitationDoc(ctx, actor, { asking, held });
  const event = happened('invitation.made', { ...named(doc), agentId: asking.agentId ?? null }, { ...aboutInvitation(doc, ctx.clock.now()), by: actor });
  await Interactions.create({ ...doc, pending: [event] });
  await ctx.relay.publish({ collection: 'interactions', companyId: ctx.companyId, id: doc._id }, [event], { interaction: doc });
  return doc;
}

async function checkAsked(ctx: Ctx, { agentId, queueId, ticket }: Asking, holderId: string | null): Promise<void> {
  if (!(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  if (agentId === undefined) return;
  if (agentId === holderId) throw problem('transfer-to-self');
  const agent = await agentById(ctx.companyId, agentId);
  if (!agent) throw problem('unknown-account');
  if (absent.includes(agent.state)) throw problem('agent-unavailable');
  const others = await liveInvitations(ctx.companyId, ticket.ticketId);
  if (others.some((each) => each.agentId === agentId || each.invitation?.agentId === agentId)) throw problem('already-asked');
}

function invitationDoc(ctx: Ctx, actor: Actor, { asking, held }: { asking: Asking; held: InteractionDoc | null }): InteractionDoc {
  const now = ctx.clock.now();
  const invitation: Invitation = { kind: asking.kind, aboutId: held?._id ?? null, agentId: asking.agentId ?? null, byId: actor.id, byName: actor.name, note: asking.note };
  // To change hands in one step it must weigh what it is about weighs.
  const cost = held ? { channel: held.channel, weight: held.weight, interruptible: held.interruptible } : {};
  return {
    ...asking.ticket, ...cost, _id: newId(), companyId: ctx.companyId, queueId: asking.queueId, state: 'waiting', version: 1, arrivedAt: held?.arrivedAt ?? new Date(now), dueAt: null, attributes: {},
    preferred: asking.agentId ? { agentId: asking.agentId, until: new Date(now + patienceMs) } : null, agentId: null, offerId: null, offerExpiresAt: null, decided: '', acceptedAt: null, endedAt: null, how: null, disposition: null, why: '',
    segments: [], requirement: asking.requirement, phone: held?.phone ?? null, queuedAt: new Date(now), overflowAt: null, overflowStep: 0, pastQueues: [], invitation, sleeps: false, asleep: false, customerAt: null, updatedAt: new Date(now),
  };
}

/** Takes an invitation back, or ends the help. Throws unknown-work-item when there is none, not-allowed for those it does not concern. */
export async function endInvitation(ctx: Ctx, actor: Actor, { id, mayEnd }: { id: string; mayEnd: (invitation: InteractionDoc) => boolean }): Promise<void> {
  const doc = await interactionById(ctx.companyId, id);
  if (!doc?.invitation || doc.state === 'ended') throw problem('unknown-work-item');
  if (!mayEnd(doc)) throw problem('not-allowed');
  await closeInvitation(ctx, actor, doc);
}

async function closeInvitation(ctx: Ctx, actor: Actor, doc: InteractionDoc): Promise<void> {
  const { companyId } = ctx;
  const now = new Date(ctx.clock.now());
  const event = happened('invitation.ended', { ...named(doc), agentId: doc.agentId ?? doc.invitation?.agentId ?? null, why: 'ended' }, { ...aboutInvitation(doc, now.getTime()), by: actor });
  const done = await Interactions.updateOne({ companyId, _id: doc._id, endedAt: null }, { $set: { state: 'ended', endedAt: now, how: doc.state === 'assigned' ? 'handled' : 'withdrawn', updatedAt: now }, $push: { pending: event } });
  if (done.modifiedCount > 0) await ctx.relay.publish({ collection: 'interactions', companyId, id: doc._id }, [event]);
}

/** Ends what was asked about a ticket: everything when its work ends; only what would hand it over when it goes elsewhere. */
export async function endInvitationsOf(ctx: Ctx, actor: Actor, { ticketId, kind }: { ticketId: string; kind?: InvitationKind }): Promise<void> {
  for (const doc of await liveInvitations(ctx.companyId, ticketId)) if (kind === undefined || doc.invitation?.kind === kind) await closeInvitation(ctx, actor, doc);
}

/** The waiting room follows: what was asked waits, what ended is forgotten. */
export const admitInvitation = (ctx: Ctx, invitationId: string): Promise<void> => admitWork(ctx, invitationId);
export const releaseInvitation = (ctx: Ctx, invitationId: string): Promise<void> => releaseWork(ctx, invitationId);
