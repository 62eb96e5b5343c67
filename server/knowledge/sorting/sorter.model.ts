import { model } from 'mongoose';
import type { SortAspect, SorterState } from '../../../protocol';
import { houseSchema, remembered } from '../../kernel';

/** What was learnt about one aspect; the model itself is a blob. */
export interface SorterDoc {
  _id: string;
  companyId: string;
  aspect: SortAspect;
  blobId: string;
  trainedAt: Date;
  rows: number;
  labels: SorterState['labels'];
  measured: SorterState['measured'];
  /** How many sorted tickets there were, to see when enough came along. */
  tickets: number;
}

const schema = houseSchema<SorterDoc>({
  aspect: { type: String, required: true }, blobId: { type: String, required: true }, trainedAt: { type: Date, required: true }, rows: { type: Number, required: true }, labels: { type: [Object], default: [] }, measured: { type: Object, default: null }, tickets: { type: Number, default: 0 },
}, { collection: 'sorters' });
schema.index({ companyId: 1, aspect: 1 }, { unique: true });

/** What a company has learnt, remembered for a second. */
export const sortersOf = remembered(schema, (companyId: string) => Sorters.find({ companyId }).lean<SorterDoc[]>());

/** The collection of what was learnt. */
export const Sorters = model<SorterDoc>('Sorter', schema);
