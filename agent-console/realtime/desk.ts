import { setDesk } from '../api/shared';
import { emit } from './socket';

/** Changes the reader's state; away may carry a reason, handBack gives work in progress back to the queue. */
export async function changeState(state: 'available' | 'away' | 'offline', more: { reason?: string; handBack?: boolean } = {}): Promise<void> {
  const { desk } = await emit('state.set', { state, ...more });
  setDesk(desk);
}

/** Accepts an offer; answers the ticket to open. */
export async function acceptOffer(offerId: string): Promise<string> {
  const { desk, ticketId } = await emit('offer.accept', { offerId });
  setDesk(desk);
  return ticketId;
}

/** Declines an offer; the item keeps its seniority. */
export async function declineOffer(offerId: string, reason = ''): Promise<void> {
  const { desk } = await emit('offer.decline', { offerId, reason });
  setDesk(desk);
}
