import { model } from 'mongoose';
import type { DomainEventName } from '../../protocol';
import { houseSchema } from './mongo';

/** Something that happened; kept for good, and changed only to forget a person. */
export interface DomainEvent {
  _id: string;
  companyId: string;
  /** Number in the company's order, from 1, with rare gaps. */
  n: number;
  name: DomainEventName;
  at: Date;
  by: { kind: string; id: string | null };
  subject: string;
  data: Record<string, unknown>;
}

const schema = houseSchema<DomainEvent>({
  n: { type: Number, required: true },
  name: { type: String, required: true },
  at: { type: Date, required: true },
  by: { type: Object, required: true },
  subject: { type: String, required: true },
  data: { type: Object, required: true },
}, { collection: 'events' });
schema.index({ companyId: 1, n: 1 }, { unique: true });
schema.index({ companyId: 1, subject: 1, n: 1 });
schema.index({ companyId: 1, name: 1, at: 1 });

/** The append-only collection of events. */
export const Events = model<DomainEvent>('Event', schema);

// Two nodes number events at once, so a later number can become visible first. A gap younger than this is waited for.
const settleMs = 5000;

/** Events after a number, in order, stopping before a gap that may still be filled. */
export async function eventsAfter(companyId: string, after: number, { limit, now }: { limit: number; now: number }): Promise<DomainEvent[]> {
  const rows = await Events.find({ companyId, n: { $gt: after } }).sort({ n: 1 }).limit(limit).lean<DomainEvent[]>();
  let last = after;
  const whole: DomainEvent[] = [];
  for (const row of rows) {
    if (row.n > last + 1 && now - row.at.getTime() < settleMs) break;
    whole.push(row);
    last = row.n;
  }
  return whole;
}

/** The highest number given so far. */
export async function lastEventNumber(companyId: string): Promise<number> {
  const [row] = await Events.find({ companyId }).sort({ n: -1 }).limit(1).select('n').lean<{ n: number }[]>();
  return row?.n ?? 0;
}

/** Takes what stood in fields of a thing out of the record of its changes, once a person is to be forgotten; that they changed stays. */
export async function forgetInEvents(companyId: string, subject: string, fields: readonly string[]): Promise<void> {
  const rows = await Events.find({ companyId, subject, $or: fields.map((field) => ({ [`data.changes.${field}`]: { $exists: true } })) }).lean<DomainEvent[]>();
  for (const { _id, data } of rows) {
    const changes = Object.entries(data['changes'] as object).map(([field, change]): [string, unknown] => [field, fields.includes(field) ? [null, null] : change]);
    await Events.updateOne({ companyId, _id }, { $set: { 'data.changes': Object.fromEntries(changes) } });
  }
}
