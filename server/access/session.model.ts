import { model } from 'mongoose';
import { houseSchema } from '../kernel';

/** One log-in, kept on the server. */
export interface SessionDoc {
  _id: string;
  companyId: string;
  accountId: string;
  tokenHash: string;
  /** What every change must send back in X-CSRF-Token. */
  csrf: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Ends by itself then; every request moves it. */
  expiresAt: Date;
  agentText: string;
  address: string;
}

const schema = houseSchema<SessionDoc>({
  accountId: { type: String, required: true },
  tokenHash: { type: String, required: true },
  csrf: { type: String, required: true },
  createdAt: { type: Date, required: true },
  lastSeenAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  agentText: { type: String, default: '' },
  address: { type: String, default: '' },
}, { collection: 'sessions' });
schema.index({ companyId: 1, tokenHash: 1 }, { unique: true });
schema.index({ companyId: 1, accountId: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SessionModel = model<SessionDoc>('Session', schema);

/** A session nobody used for so long is over. */
export const idleMs = 14 * 24 * 3600 * 1000;
