import { subscriber, system, type Subscriber } from '../kernel';
import { admitWork } from './admit-work';
import { enrolWhoTakesWork } from './become-agent';
import type { InteractionDoc } from './interaction.model';
import { admitInvitation, endInvitationsOf, releaseInvitation } from './invitations';
import { refreshWaiting } from './refresh-waiting';
import { releaseWork } from './release-work';
import { heardCustomer } from './silence';

const interactionIn = (live: unknown): InteractionDoc | undefined =>
  typeof live === 'object' && live !== null && 'interaction' in live ? live.interaction as InteractionDoc : undefined;

/** The waiting room follows the store, and agents follow the accounts. */
export const workforceSubscribers: Subscriber[] = [
  subscriber({ name: 'enrol-agents', on: ['account.changed'], kind: 'quick', run: (ctx, event) => enrolWhoTakesWork(ctx, String(event.data['accountId'])) }),
  subscriber({ name: 'admit-work', on: ['work.arrived'], kind: 'quick', run: (ctx, event, live) => admitWork(ctx, event.subject, interactionIn(live)) }),
  subscriber({ name: 'release-work', on: ['work.ended'], kind: 'quick', run: (ctx, event) => releaseWork(ctx, event.subject) }),
  subscriber({ name: 'admit-invitation', on: ['invitation.made'], kind: 'quick', run: (ctx, event) => admitInvitation(ctx, String(event.data['invitationId'])) }),
  subscriber({ name: 'release-invitation', on: ['invitation.ended'], kind: 'quick', run: (ctx, event) => releaseInvitation(ctx, String(event.data['invitationId'])) }),
  // Help ends with what it was about.
  subscriber({ name: 'end-invitations', on: ['work.ended'], kind: 'quick', run: (ctx, event) => endInvitationsOf(ctx, system('router'), { ticketId: String(event.data['ticketId']) }) }),
  subscriber({ name: 'refresh-waiting', on: ['queue.changed'], kind: 'once', run: async (ctx, event) => { if (event.data['waiting'] === true) await refreshWaiting(ctx, event.subject); } }),
  subscriber({ name: 'start-silence', on: ['work.accepted', 'work.handed-over'], kind: 'quick', run: (ctx, event) => heardCustomer(ctx, String(event.data['ticketId']), true) }),
];
