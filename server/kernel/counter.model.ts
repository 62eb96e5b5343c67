import { model } from 'mongoose';
import { houseSchema } from './mongo';

interface Counter {
  _id: string;
  companyId: string;
  name: string;
  value: number;
}

const schema = houseSchema<Counter>({ name: { type: String, required: true }, value: { type: Number, required: true } }, { collection: 'counters' });
schema.index({ companyId: 1, name: 1 }, { unique: true });
const Counters = model<Counter>('Counter', schema);

/** The next number of a series, from 1. A number may be skipped after a crash, never given twice. */
export async function nextNumber(companyId: string, name: string): Promise<number> {
  const row = await Counters.findOneAndUpdate({ companyId, name }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' }).lean<Counter>();
  return row?.value ?? 1;
}
