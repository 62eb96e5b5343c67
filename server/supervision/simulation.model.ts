import { model } from 'mongoose';
import type { SimulatedChanges, SimulationResult } from '../../protocol';
import { houseSchema } from '../kernel';

/** A simulation somebody asked for; kept for a week. */
export interface SimulationDoc {
  _id: string;
  companyId: string;
  day: string;
  runs: number;
  changes: SimulatedChanges;
  state: 'queued' | 'running' | 'done' | 'failed' | 'empty';
  progress: number;
  result: SimulationResult | null;
  at: Date;
}

const schema = houseSchema<SimulationDoc>({
  day: { type: String, required: true }, runs: { type: Number, required: true }, changes: { type: Object, required: true }, state: { type: String, required: true }, progress: { type: Number, default: 0 }, result: { type: Object, default: null }, at: { type: Date, required: true },
}, { collection: 'simulations' });
schema.index({ companyId: 1, _id: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: 7 * 86_400 });

export const Simulations = model<SimulationDoc>('Simulation', schema);
