import { model } from 'mongoose';
import { houseSchema } from '../kernel';

/** What a channel took over and promised to work on. */
export interface IntakeDoc {
  _id: string;
  companyId: string;
  channel: string;
  sourceId: string;
  /** The original when it is small; larger ones are blobs. */
  content: Buffer | null;
  blobId: string | null;
  type: string;
  meta: Record<string, string>;
  state: 'stored' | 'done' | 'failed';
  reason: string;
  /** How often it was let out of quarantine. */
  tries?: number;
  at: Date;
}

const schema = houseSchema<IntakeDoc>({
  channel: { type: String, required: true }, sourceId: { type: String, required: true }, content: { type: Buffer, default: null }, blobId: { type: String, default: null }, type: String, meta: { type: Object, default: {} },
  state: { type: String, required: true }, reason: { type: String, default: '' }, tries: { type: Number, default: undefined }, at: { type: Date, required: true },
}, { collection: 'intakes' });
schema.index({ companyId: 1, channel: 1, sourceId: 1 }, { unique: true });
schema.index({ state: 1, at: 1 });
schema.index({ companyId: 1, state: 1, at: -1 }, { partialFilterExpression: { state: 'failed' } });

export const Intakes = model<IntakeDoc>('Intake', schema);
