import fc from 'fast-check';
import { answerOffer, closeOffer, itemOfOffer, type OfferLife, usualOfferSeconds } from '../../../queues/offers/offer';

const open: OfferLife = { offerId: 'i1~ab-1', agentId: 'a1', state: 'open', expiresAt: 20_000 };

test('the first answer in time from the right agent counts', () => {
  expect(answerOffer(open, { event: 'accept', agentId: 'a2' }, 0)).toBe('not-your-offer');
  expect(answerOffer(open, { event: 'accept', agentId: 'a1' }, 20_000)).toBe('offer-expired');
  const accepted = answerOffer(open, { event: 'accept', agentId: 'a1' }, 19_999);
  expect(accepted).toMatchObject({ state: 'accepted' });
  expect(answerOffer(accepted as OfferLife, { event: 'decline', agentId: 'a1' }, 19_999)).toBe('already-accepted');
  expect(answerOffer({ ...open, state: 'withdrawn' }, { event: 'accept', agentId: 'a1' }, 1)).toBe('offer-expired');
  expect(closeOffer(open, 'expire', 19_999).state).toBe('open');
  expect(closeOffer(open, 'expire', 20_000).state).toBe('expired');
});

test('final states stay', () => {
  const states = fc.constantFrom('accepted', 'declined', 'expired', 'withdrawn' as const);
  fc.assert(fc.property(states, fc.constantFrom('expire', 'withdraw' as const), fc.nat(), (state, event, now) => {
    expect(closeOffer({ ...open, state: state as OfferLife['state'] }, event as 'expire', now).state).toBe(state);
  }));
});

test('an offer names its item; live channels are answered sooner', () => {
  expect([itemOfOffer('i1~ab-1'), itemOfOffer('nonsense')]).toEqual(['i1', '']);
  expect([usualOfferSeconds({ media: 'voice', pace: 'live' }), usualOfferSeconds({ media: 'text', pace: 'live' }), usualOfferSeconds({ media: 'document', pace: 'deferred' })]).toEqual([20, 30, 120]);
});
