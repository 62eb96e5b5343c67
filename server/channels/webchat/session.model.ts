import { model } from 'mongoose';
import { houseSchema } from '../../kernel';

/** A browser that talked to us, or wanted to. */
export interface WidgetSession {
  _id: string;
  companyId: string;
  /** SHA-256 of the secret part of the token; the token itself is only in the browser. */
  secretHash: string;
  /** The address of this visitor: one per browser, or one per person where the host site vouches for them. */
  visitorId: string;
  verified: boolean;
  name: string;
  email: string;
  locale: string | null;
  page: string;
  /** The brand of the page it was last open on; empty: the company itself. */
  brandId: string;
  createdAt: Date;
  /** Moves on with every visit. */
  expiresAt: Date;
}

const schema = houseSchema<WidgetSession>({
  secretHash: { type: String, required: true }, visitorId: { type: String, required: true }, verified: { type: Boolean, default: false }, name: { type: String, default: '' }, email: { type: String, default: '' },
  locale: { type: String, default: null }, page: { type: String, default: '' }, brandId: { type: String, default: '' }, createdAt: { type: Date, required: true }, expiresAt: { type: Date, required: true },
}, { collection: 'widgetsessions' });
schema.index({ companyId: 1, visitorId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const Sessions = model<WidgetSession>('WidgetSession', schema);

/** Ends the sessions of visitors, and of whoever left one of the mail addresses. */
export async function forgetVisitors(companyId: string, addresses: readonly string[]): Promise<void> {
  await Sessions.deleteMany({ companyId, $or: [{ visitorId: { $in: addresses } }, { email: { $in: addresses } }] });
}
