import { model } from 'mongoose';
import { houseSchema } from '../kernel';

/** A link that works once: an invitation, a new password, or the first administrator. */
export interface LinkDoc {
  _id: string;
  companyId: string;
  tokenHash: string;
  kind: 'invitation' | 'reset' | 'first';
  /** Null for the first administrator. */
  accountId: string | null;
  /** Made by an administrator for somebody who lost the phone too. */
  endsSecondFactor: boolean;
  expiresAt: Date;
}

const schema = houseSchema<LinkDoc>({
  tokenHash: { type: String, required: true },
  kind: { type: String, required: true },
  accountId: { type: String, default: null },
  endsSecondFactor: { type: Boolean, default: false },
  expiresAt: { type: Date, required: true },
}, { collection: 'links' });
schema.index({ companyId: 1, tokenHash: 1 }, { unique: true });
schema.index({ companyId: 1, accountId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const LinkModel = model<LinkDoc>('Link', schema);
