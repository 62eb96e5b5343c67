import { model } from 'mongoose';
import { houseSchema } from '../kernel';
import type { ContactKind } from './contact-point.model';

/** An address whose messages are refused. */
export interface BlockedAddressDoc {
  _id: string;
  companyId: string;
  kind: ContactKind;
  value: string;
  at: Date;
}

const schema = houseSchema<BlockedAddressDoc>({ kind: { type: String, required: true }, value: { type: String, required: true }, at: { type: Date, required: true } }, { collection: 'blockedaddresses' });
schema.index({ companyId: 1, value: 1, kind: 1 }, { unique: true });

export const BlockedAddressModel = model<BlockedAddressDoc>('BlockedAddress', schema);
