import { model } from 'mongoose';
import { houseSchema, rowsTogether, Warm } from '../kernel';
import { accountSchema, findAccount, type AccountDoc } from './account.model';

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

/** A log-in and whose it is. */
export interface LogIn {
  session: SessionDoc;
  account: AccountDoc;
}

// By the hash of the token. Who signs out, loses an ability or is disabled causes account.changed.
const logIns = new Warm<LogIn>({
  schemas: [schema as never, accountSchema as never],
  ids: ({ session, account }) => [session._id, account._id],
  stale: ({ name, data }, kept) => (name === 'account.changed' ? [...kept].filter(([, { account }]) => account._id === data['accountId']).map(([hash]) => hash) : []),
  async read(companyId, tokenHash) {
    const [session] = await rowsTogether<SessionDoc>(SessionModel, { companyId, field: 'tokenHash', value: tokenHash });
    const account = session ? await findAccount({ companyId }, session.accountId) : null;
    return session && account ? { session, account } : null;
  },
});

/** The log-in of a token by its hash, run out or not; null when there is none. */
export const logInOf = (companyId: string, tokenHash: string): Promise<LogIn | null> => logIns.get(companyId, tokenHash);

export const SessionModel = model<SessionDoc>('Session', schema);

/** A session nobody used for so long is over. */
export const idleMs = 14 * 24 * 3600 * 1000;
