import { model } from 'mongoose';
import { houseSchema } from '../kernel';

/** Counts of one day for one queue or agent on one channel; sums of seconds. */
export interface DailyDoc {
  _id: string;
  companyId: string;
  /** YYYY-MM-DD in the company's time zone. */
  day: string;
  kind: 'queue' | 'agent';
  subjectId: string;
  channel: string;
  arrived: number;
  accepted: number;
  /** Accepted within the target that held then. */
  inTarget: number;
  handled: number;
  abandoned: number;
  declined: number;
  expired: number;
  replies: number;
  waitSeconds: number;
  handleSeconds: number;
  /** Number of the last event counted in: what is older is in already. */
  upTo: number;
}

export const counted = ['arrived', 'accepted', 'inTarget', 'handled', 'abandoned', 'declined', 'expired', 'replies', 'waitSeconds', 'handleSeconds'] as const;
export type Counts = Record<(typeof counted)[number], number>;

const zero = { type: Number, default: 0 };
const schema = houseSchema<DailyDoc>({
  day: { type: String, required: true }, kind: { type: String, required: true }, subjectId: { type: String, required: true }, channel: { type: String, required: true }, arrived: zero, accepted: zero, inTarget: zero, handled: zero,
  abandoned: zero, declined: zero, expired: zero, replies: zero, waitSeconds: zero, handleSeconds: zero, upTo: zero,
}, { collection: 'daily' });
schema.index({ companyId: 1, day: 1, kind: 1, subjectId: 1, channel: 1 }, { unique: true });
export const Daily = model<DailyDoc>('Daily', schema);

interface Progress {
  _id: string;
  companyId: string;
  n: number;
}
const progressSchema = houseSchema<Progress>({ n: { type: Number, required: true } }, { collection: 'dailyprogress' });
progressSchema.index({ companyId: 1 }, { unique: true });
export const DailyProgress = model<Progress>('DailyProgress', progressSchema);
