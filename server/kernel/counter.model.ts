import { model } from 'mongoose';
import { houseSchema } from './mongo';
import { Lane } from './together';

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
export function nextNumber(companyId: string, name: string, { hold = 0 }: { hold?: number } = {}): Promise<number> {
  const key = `${companyId} ${name}`;
  const lane = lanes.get(key) ?? new Lane<void, number>((asked) => nextNumbers({ companyId, name }, asked.length));
  lanes.set(key, lane);
  return lane.add(undefined, { hold });
}

const lanes = new Map<string, Lane<void, number>>();

// Those who ask at the same moment get theirs in one step.
async function nextNumbers(series: { companyId: string; name: string }, count: number): Promise<number[]> {
  const row = await Counters.findOneAndUpdate(series, { $inc: { value: count } }, { upsert: true, returnDocument: 'after' }).lean<Counter>();
  const last = row?.value ?? count;
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}
