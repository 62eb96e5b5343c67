import { model, Schema } from 'mongoose';
import type { Hours } from '../../protocol';
import { houseSchema, remembered } from '../kernel';

/** Business hours as stored, and their name in the form that must be unique. */
export type HoursDoc = Omit<Hours, 'id' | 'open' | 'changesAt' | 'queues'> & { _id: string; companyId: string; nameKey: string };

const schema = houseSchema<HoursDoc>({
  name: { type: String, required: true }, nameKey: { type: String, required: true }, timeZone: { type: String, required: true }, week: { type: Schema.Types.Mixed, required: true }, holidays: { type: Object, default: null }, overrides: { type: [Object], default: [] },
}, { collection: 'hours' });
schema.index({ companyId: 1, nameKey: 1 }, { unique: true });
const remember = remembered(schema as never, async (companyId: string) => ({ rows: await HoursModel.find({ companyId }).sort({ nameKey: 1 }).lean<HoursDoc[]>() }));

export const HoursModel = model<HoursDoc>('Hours', schema);

/** A company's business hours by name. */
export const hoursOf = async (companyId: string): Promise<HoursDoc[]> => (await remember(companyId)).rows;
/** Hours of the company; null when there are none. */
export const hoursById = async (companyId: string, id: string): Promise<HoursDoc | null> => (await hoursOf(companyId)).find((hours) => hours._id === id) ?? null;
