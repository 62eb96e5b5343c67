import { model } from 'mongoose';
import { houseSchema, type Ctx } from '../kernel';

/** What is still to be forgotten of a person, and what was. */
export interface ErasureDoc {
  _id: string;
  companyId: string;
  /** The record the person's merges end in. */
  customerId: string;
  /** All records of the person. */
  memberIds: string[];
  /** Names and addresses to look for; gone when nothing is left to do. */
  names: string[];
  addresses: string[];
  /** Goes up whenever it is asked for; part of the job's id. */
  version: number;
  /** Tickets. */
  done: number;
  total: number;
  /** When it was asked for; later when it failed for good and is tried again. */
  at: Date;
  finishedAt: Date | null;
}

const schema = houseSchema<ErasureDoc>({
  customerId: { type: String, required: true }, memberIds: { type: [String], default: [] }, names: { type: [String], default: [] }, addresses: { type: [String], default: [] }, version: { type: Number, required: true },
  done: { type: Number, default: 0 }, total: { type: Number, default: 0 }, at: { type: Date, required: true }, finishedAt: { type: Date, default: null },
}, { collection: 'erasures' });
schema.index({ companyId: 1, customerId: 1 }, { unique: true });
schema.index({ finishedAt: 1, at: 1 });

/** The collection of erasures. */
export const Erasures = model<ErasureDoc>('Erasure', schema);

/** How far the erasure of a person is; null when nobody asked for it. */
export const erasureOf = (ctx: Ctx, customerId: string): Promise<ErasureDoc | null> => Erasures.findOne({ companyId: ctx.companyId, customerId }).lean<ErasureDoc>();
