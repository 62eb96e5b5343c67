import type { PendingEvent } from './outbox';

/** The document that carries pending events. */
export interface Source {
  collection: string;
  companyId: string;
  id: string;
}

/** Takes events from the documents that carry them to everybody who wants to know. */
export interface Relay {
  /** Resolves when the event stands in `events` and everybody has been told; never rejects: what fails is found by the sweep. */
  publish(source: Source, events: readonly PendingEvent[] | undefined, live?: unknown): Promise<void>;
  /** Waits for everything under way, pending flags included. */
  settle(): Promise<void>;
}
