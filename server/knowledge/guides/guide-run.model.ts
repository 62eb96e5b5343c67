import { model } from 'mongoose';
import type { GuideFront, GuideView, WalkedStep } from '../../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../../kernel';

/** One answer as logged: never changed but for `dropped`. */
export interface TakenStep {
  guideId: string;
  version: number;
  /** Step, with the question after a slash for a diagnosing step. */
  at: string;
  answer: string;
  /** The answer as it was given. */
  said: string;
  confidence: number;
  front: GuideFront;
  by: WalkedStep['by'];
  when: Date;
  dropped: boolean;
}

/** One walk through a guide, in whatever front ends. */
export interface GuideRunDoc extends Outbox {
  _id: string;
  companyId: string;
  guideId: string;
  /** Guide → version the run stays on, the linked ones included. */
  versions: Record<string, number>;
  locale: string;
  /** Front end it began in, and the one it was in last. */
  begunIn: GuideFront;
  front: GuideFront;
  state: GuideView['state'];
  steps: TakenStep[];
  /** Step in hand and since when. */
  at: { guideId: string; at: string; since: Date } | null;
  /** Whether the last answer was not understood. */
  unsure: boolean;
  ticketId: string | null;
  session: string | null;
  attributes: Record<string, string>;
  /** Eight digits to go on elsewhere. */
  code: string;
  codeUntil: Date;
  revision: number;
  startedAt: Date;
  updatedAt: Date;
  endedAt: Date | null;
}

const schema = houseSchema<GuideRunDoc>({
  guideId: { type: String, required: true }, versions: { type: Object, required: true }, locale: { type: String, required: true }, begunIn: { type: String, required: true }, front: { type: String, required: true }, state: { type: String, required: true },
  steps: { type: [Object], default: [] }, at: { type: Object, default: null }, unsure: { type: Boolean, default: false }, ticketId: { type: String, default: null }, session: { type: String, default: null }, attributes: { type: Object, default: {} },
  code: { type: String, required: true }, codeUntil: { type: Date, required: true }, revision: { type: Number, default: 0 }, startedAt: { type: Date, required: true }, updatedAt: { type: Date, required: true }, endedAt: { type: Date, default: null },
}, { collection: 'guideruns' });
schema.index({ companyId: 1, guideId: 1, startedAt: -1 });
schema.index({ companyId: 1, ticketId: 1 }, { sparse: true });
schema.index({ companyId: 1, code: 1 });
schema.index({ state: 1, updatedAt: 1 });
withOutbox(schema as never);

/** The collection of runs. */
export const GuideRuns = model<GuideRunDoc>('GuideRun', schema);
/** A run of the company; null when there is none. */
export const runById = (companyId: string, id: string): Promise<GuideRunDoc | null> => GuideRuns.findOne({ companyId, _id: id }).lean<GuideRunDoc>();
/** The answers that count: those not taken back. */
export const standing = (run: Pick<GuideRunDoc, 'steps'>): TakenStep[] => run.steps.filter((step) => !step.dropped);
