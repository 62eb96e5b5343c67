import { model, type Schema } from 'mongoose';
import { houseSchema, remembered, withOutbox, type Outbox } from '../kernel';

/** Who runs Trunkline. */
export interface Company extends Outbox {
  _id: string;
  /** Its own id, since whatever carries events names its company. */
  companyId: string;
  name: string;
  locale: string;
  timeZone: string;
  createdAt: Date;
  /** Set on the default company only. */
  first?: true;
}

const schema = houseSchema<Company>({
  companyId: { type: String, required: true },
  name: { type: String, required: true },
  locale: { type: String, required: true },
  timeZone: { type: String, required: true },
  createdAt: { type: Date, required: true },
  first: { type: Boolean, default: undefined },
}, { collection: 'companies', shared: true });
schema.index({ first: 1 }, { unique: true, sparse: true });
withOutbox(schema as unknown as Schema);

/** Every company, the default one first. */
export const companies = remembered(schema as unknown as Schema, (_every: 'every'): Promise<Company[]> => CompanyModel.find({}).sort({ first: -1, createdAt: 1, _id: 1 }).lean<Company[]>());

export const CompanyModel = model<Company>('Company', schema);
