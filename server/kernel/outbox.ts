import type { Schema } from 'mongoose';
import { domainEvents, type DomainEventData, type DomainEventName } from '../../protocol';
import type { Actor } from './actor';
import { newId } from './ids';

/** Something that happened, as carried by the document whose change it was until it stands in `events`. */
export interface PendingEvent {
  _id: string;
  name: DomainEventName;
  at: Date;
  by: { kind: string; id: string | null };
  /** Id of what it happened to. */
  subject: string;
  data: Record<string, unknown>;
}

/** What a document that causes events carries besides its own fields. */
export interface Outbox {
  pending?: PendingEvent[];
}

/** Makes an event to be written with the change that it tells. The data is checked against the table. */
export function happened<N extends DomainEventName>(name: N, data: DomainEventData<N>, about: { by: Actor; subject: string; at: number }): PendingEvent {
  return { _id: newId(), name, at: new Date(about.at), by: { kind: about.by.kind, id: about.by.id }, subject: about.subject, data: domainEvents[name].parse(data) };
}

/** Adds the pending list to a schema, with the sparse index the sweep reads. */
export function withOutbox(schema: Schema): void {
  schema.add({ pending: { type: [Object], default: undefined } });
  schema.index({ 'pending._id': 1 }, { sparse: true });
}
