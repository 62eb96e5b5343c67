import { model } from 'mongoose';
import type { Queue } from '../../protocol';
import { houseSchema, remembered, withOutbox, type Outbox } from '../kernel';

/** A queue as stored: its settings, and its name in the form that must be unique. */
export type QueueDoc = Omit<Queue, 'id' | 'agents'> & Outbox & { _id: string; companyId: string; nameKey: string };

const schema = houseSchema<QueueDoc>({
  name: { type: String, required: true }, nameKey: { type: String, required: true }, requirement: { type: Object, default: {} }, rings: { type: [Object], default: [] },
  order: { type: String, default: 'priority' }, select: { type: String, default: 'longest-idle' }, pull: { type: Boolean, default: false }, autoAccept: { type: Boolean, default: false },
  offerSeconds: { type: Object, default: {} }, coolDownSeconds: { type: Number, default: 120 }, missedOffers: { type: Number, default: 2 }, boostMinutes: { type: Number, default: 0 }, wrapUp: { type: Object, required: true }, targets: { type: Object, default: {} }, acknowledge: { type: Boolean, default: false }, lastAgentSeconds: { type: Number, default: 60 },
  hoursId: { type: String, default: null }, overflow: { type: Object, default: { before: [], after: [] } },
}, { collection: 'queues' });
schema.index({ companyId: 1, nameKey: 1 }, { unique: true });
withOutbox(schema as never);

/** A company's queues by name; those stored before a setting existed with its default. */
export const queuesOf = remembered(schema as never, async (companyId: string): Promise<QueueDoc[]> => (await Queues.find({ companyId }).sort({ nameKey: 1 }).lean<QueueDoc[]>()).map((queue) => ({ ...queueDefaults, ...queue })));

export const Queues = model<QueueDoc>('Queue', schema);

/** Settings of a queue nobody has changed. Service levels and offer times as is usual in the trade. */
export const queueDefaults: Omit<Queue, 'id' | 'agents' | 'name'> = {
  requirement: {}, rings: [], order: 'priority', select: 'longest-idle', pull: false, autoAccept: false, offerSeconds: {}, coolDownSeconds: 120, missedOffers: 2, boostMinutes: 0,
  wrapUp: { mode: 'none', seconds: 60, dispositionRequired: false }, lastAgentSeconds: 60, acknowledge: false, hoursId: null, overflow: { before: [], after: [] },
  targets: { voice: { percent: 80, withinSeconds: 20 }, webchat: { percent: 80, withinSeconds: 40 }, email: { percent: 90, withinSeconds: 14_400 }, webform: { percent: 90, withinSeconds: 14_400 } },
};

/** A queue of the company; null when there is none. */
export const queueById = async (companyId: string, id: string): Promise<QueueDoc | null> => (await queuesOf(companyId)).find((queue) => queue._id === id) ?? null;
/** A queue by its name, whatever its case; null when there is none. */
export const queueByName = async (companyId: string, name: string): Promise<QueueDoc | null> => (await queuesOf(companyId)).find((queue) => queue.nameKey === name.trim().toLowerCase()) ?? null;
