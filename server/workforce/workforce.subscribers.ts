import { subscriber, type Subscriber } from '../kernel';
import { admitWork } from './admit-work';
import type { InteractionDoc } from './interaction.model';
import { releaseWork } from './release-work';

const interactionIn = (live: unknown): InteractionDoc | undefined =>
  typeof live === 'object' && live !== null && 'interaction' in live ? live.interaction as InteractionDoc : undefined;

/** The waiting room follows the store. */
export const workforceSubscribers: Subscriber[] = [
  subscriber({ name: 'admit-work', on: ['work.arrived'], kind: 'quick', run: (ctx, event, live) => admitWork(ctx, event.subject, interactionIn(live)) }),
  subscriber({ name: 'release-work', on: ['work.ended'], kind: 'quick', run: (ctx, event) => releaseWork(ctx, event.subject) }),
];
