import { model, type Schema } from 'mongoose';
import { houseSchema, withOutbox, type Outbox } from '../kernel';
import type { ContactKind } from './contact-point.model';

/** An address whose messages are refused. */
export interface BlockedAddressDoc extends Outbox {
  _id: string;
  companyId: string;
  kind: ContactKind;
  value: string;
  at: Date;
}

export const blockedAddressSchema = houseSchema<BlockedAddressDoc>({ kind: { type: String, required: true }, value: { type: String, required: true }, at: { type: Date, required: true } }, { collection: 'blockedaddresses' });
blockedAddressSchema.index({ companyId: 1, value: 1, kind: 1 }, { unique: true });

withOutbox(blockedAddressSchema as unknown as Schema);

/** What is said to have changed when an address is blocked or accepted again. */
export const blockedKind = 'blocked-addresses';

export const BlockedAddressModel = model<BlockedAddressDoc>('BlockedAddress', blockedAddressSchema);
