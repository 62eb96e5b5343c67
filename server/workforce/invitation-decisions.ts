import type { Decision } from '../../queues';
import { happened, type PendingEvent } from '../kernel';
import { assigned, back, offered, router, work, type Asked, type Change, type Of } from './decision-changes';
import type { InteractionDoc } from './interaction.model';

type Moved = 'offered' | 'accepted' | 'declined' | 'expired' | 'withdrawn';

/** What happened to an invitation stands in the trace of the work item it is about. */
export const aboutInvitation = (doc: InteractionDoc, at: number) => ({ by: router, subject: doc.invitation?.aboutId ?? doc._id, at });
/** An invitation as events name it. */
export const named = (doc: InteractionDoc) => ({ ...work(doc), workItemId: doc.invitation?.aboutId ?? doc._id, invitationId: doc._id, kind: doc.invitation?.kind ?? 'consult', byId: doc.invitation?.byId ?? null });

const moved = (state: Moved, decision: Of<'offer' | 'assigned' | 'declined' | 'expired' | 'withdrawn'>, why = '') => (doc: InteractionDoc): PendingEvent =>
  happened('invitation.moved', { ...named(doc), agentId: decision.agentId, state, why }, aboutInvitation(doc, decision.at));

/** What a decision writes into an invitation. */
export function invitationChange(decision: Decision, asked: Asked): Change | null {
  switch (decision.kind) {
    case 'offer': return { ...offered(decision), event: moved('offered', decision) };
    case 'assigned': return { ...assigned(decision), event: moved('accepted', decision) };
    case 'declined': return back(decision, moved('declined', decision, asked.why));
    case 'expired': return back(decision, moved('expired', decision));
    case 'withdrawn': return decision.why === 'left' || decision.why === 'assigned' ? { filter: {}, set: {}, event: moved('withdrawn', decision) } : back(decision, moved('withdrawn', decision, decision.why));
    case 'requeued': return { filter: { state: 'assigned', agentId: decision.agentId }, set: { state: 'waiting', agentId: null, offerId: null, offerExpiresAt: null, acceptedAt: null }, ended: true, event: (doc) => happened('invitation.moved', { ...named(doc), agentId: decision.agentId, state: 'withdrawn', why: 'requeued' }, aboutInvitation(doc, decision.at)) };
    case 'left': return gone(decision);
    default: return null;
  }
}

function gone(decision: Of<'left'>): Change {
  return {
    filter: { endedAt: null }, set: { state: 'ended', endedAt: new Date(decision.at), how: decision.why === 'taken-over' ? 'handled' : 'withdrawn' },
    event: (doc) => happened('invitation.ended', { ...named(doc), agentId: doc.agentId ?? doc.invitation?.agentId ?? null, why: decision.why }, aboutInvitation(doc, decision.at)),
  };
}
