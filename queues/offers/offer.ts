/** An offer's life. Only 'open' can change; every other state is final. */
export type OfferState = 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
/** What can happen to an offer. */
export type OfferEvent = 'accept' | 'decline' | 'expire' | 'withdraw';

/** An offer as far as its life is concerned. Times in epoch milliseconds. */
export interface OfferLife { offerId: string; agentId: string; state: OfferState; expiresAt: number }

/** Why an answer is refused. */
export type OfferRefusal = 'offer-expired' | 'not-your-offer' | 'already-accepted';

const after: Readonly<Record<OfferEvent, OfferState>> = { accept: 'accepted', decline: 'declined', expire: 'expired', withdraw: 'withdrawn' };

/** Item of an offer: an offer id is `<item>~<epoch>-<number>`, so an answer names item, room and turn at once. */
export function itemOfOffer(offerId: string): string {
  return offerId.slice(0, Math.max(0, offerId.indexOf('~')));
}

/** Applies an agent's answer: the first answer before the expiry counts, from the agent it was made to; any tab of theirs may give it. */
export function answerOffer(offer: OfferLife, answer: { event: 'accept' | 'decline'; agentId: string }, now: number): OfferLife | OfferRefusal {
  if (offer.agentId !== answer.agentId) return 'not-your-offer';
  if (offer.state === 'accepted') return 'already-accepted';
  if (offer.state !== 'open' || now >= offer.expiresAt) return 'offer-expired';
  return { ...offer, state: after[answer.event] };
}

/** Applies what happens without the agent: time runs out (not before its time), or the item goes away. Final states stay as they are. */
export function closeOffer(offer: OfferLife, event: 'expire' | 'withdraw', now: number): OfferLife {
  if (offer.state !== 'open' || (event === 'expire' && now < offer.expiresAt)) return offer;
  return { ...offer, state: after[event] };
}

/** Seconds an offer stands where a queue says nothing else: what waits live is answered sooner. */
export function usualOfferSeconds(kind: { media: 'voice' | 'text' | 'document'; pace: 'live' | 'deferred' }): number {
  if (kind.media === 'voice') return 20;
  return kind.pace === 'live' ? 30 : 120;
}
