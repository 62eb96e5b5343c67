import { model, type Schema } from 'mongoose';
import { findTogether, houseSchema, withOutbox, type Actor, type Ctx, type Outbox } from '../kernel';
import { accountChanged } from './announce';

/** An authenticator app in use. */
export interface SecondFactor {
  /** The shared secret, sealed. */
  secret: string;
  /** The last 30-second step a code was accepted for. */
  lastStep: number;
  /** Hashes of the recovery codes still unused. */
  recovery: string[];
}

/** Who logs in. */
export interface AccountDoc extends Outbox {
  _id: string;
  companyId: string;
  name: string;
  email: string;
  roles: string[];
  teamId: string | null;
  locale: string;
  timeZone: string;
  /** Null until the invitation was used. */
  passwordHash: string | null;
  secondFactor: SecondFactor | null;
  /** Sealed secret shown to an app that has not confirmed yet. */
  secondFactorDraft: string | null;
  disabled: boolean;
  createdAt: Date;
}

export const accountSchema = houseSchema<AccountDoc>({
  name: { type: String, required: true },
  email: { type: String, required: true },
  roles: { type: [String], required: true },
  teamId: { type: String, default: null },
  locale: { type: String, required: true },
  timeZone: { type: String, required: true },
  passwordHash: { type: String, default: null },
  secondFactor: { type: Object, default: null },
  secondFactorDraft: { type: String, default: null },
  disabled: { type: Boolean, default: false },
  createdAt: { type: Date, required: true },
}, { collection: 'accounts' });
accountSchema.index({ companyId: 1, email: 1 }, { unique: true });
accountSchema.index({ companyId: 1, createdAt: -1, _id: -1 });
withOutbox(accountSchema as unknown as Schema);

export const AccountModel = model<AccountDoc>('Account', accountSchema);

export const findAccount = (ctx: { companyId: string }, id: string): Promise<AccountDoc | null> => findTogether(AccountModel, ctx.companyId, id);

export const findByEmail = (ctx: { companyId: string }, email: string): Promise<AccountDoc | null> => AccountModel.findOne({ companyId: ctx.companyId, email: normalEmail(email) }).lean<AccountDoc>();

/** A mail address as accounts are found by. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

interface Write {
  id: string;
  set: Partial<Omit<AccountDoc, '_id' | 'companyId' | 'pending'>>;
  /** Further conditions: without a match nothing is written. */
  where?: Record<string, unknown>;
}

/** Changes an account and tells everybody; null when nothing matched. */
export async function writeAccount(ctx: Ctx, actor: Actor, { id, set, where = {} }: Write): Promise<AccountDoc | null> {
  const event = accountChanged(ctx, actor, id);
  const written = await AccountModel.findOneAndUpdate({ companyId: ctx.companyId, _id: id, ...where }, { $set: set, $push: { pending: event } }, { returnDocument: 'after' }).lean<AccountDoc>();
  if (written) await ctx.relay.publish({ collection: 'accounts', companyId: ctx.companyId, id }, [event]);
  return written;
}
