import type { DomainEventName } from '../../protocol';
import type { Ctx } from './context';
import type { DomainEvent } from './event.model';

/**
 * What we do when something happened. All are idempotent by event id.
 * `quick` runs in the process that publishes, before the event leaves its document, and becomes a job when it fails;
 * `once` is a job of its own, retried alone; `everywhere` runs on every node (caches, search index, broadcasts).
 */
export interface Subscriber {
  /** Unique; part of the job's id: letters and dashes. */
  name: string;
  on: readonly DomainEventName[];
  kind: 'quick' | 'once' | 'everywhere';
  /** Of a quick one: what is told of the event needs nothing of it, so everybody is told at once and it runs meanwhile. */
  meanwhile?: boolean;
  /** Whether a quick one has anything to do in this company; when not, nobody waits for it. */
  needed?(ctx: Ctx): Promise<boolean>;
  /** `live` is what the publisher had at hand, such as the message itself; absent after a restart. */
  run(ctx: Ctx, event: DomainEvent, live: unknown): Promise<void> | void;
}

/** Declares a subscriber. */
export const subscriber = (spec: Subscriber): Subscriber => spec;
