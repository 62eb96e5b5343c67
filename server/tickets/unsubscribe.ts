import { model } from 'mongoose';
import type { Unsubscribed } from '../../protocol';
import { houseSchema, isSigned, newId, problem, sign, type Ctx } from '../kernel';

/** An address that wants no reminders. */
interface UnsubscribedDoc {
  _id: string;
  companyId: string;
  value: string;
  at: Date;
}

const schema = houseSchema<UnsubscribedDoc>({ value: { type: String, required: true }, at: { type: Date, required: true } }, { collection: 'unsubscribed' });
schema.index({ companyId: 1, value: 1 }, { unique: true });
const UnsubscribedModel = model<UnsubscribedDoc>('Unsubscribed', schema);

const purpose = 'unsubscribe';
const named = (companyId: string, address: string): string => `${companyId}.${Buffer.from(address.toLowerCase()).toString('base64url')}`;

/** Where an address says, without logging in, that it wants no reminders (RFC 8058), in a language of the help centre. */
export const unsubscribeUrl = (ctx: Ctx, { address, locale }: { address: string; locale: string }): string => `${ctx.publicUrl}/help/${locale.split('-')[0] ?? 'en'}/unsubscribe/${named(ctx.companyId, address)}.${sign(ctx.secrets, purpose, named(ctx.companyId, address))}`;

/** Whether an address wants no reminders. */
export const hasUnsubscribed = async (ctx: Ctx, address: string): Promise<boolean> => (await UnsubscribedModel.exists({ companyId: ctx.companyId, value: address.toLowerCase() })) !== null;

/** Whose a token is: company and address. Throws not-found for one we did not make. */
export function readUnsubscribe(ctx: Ctx, token: string): { companyId: string; value: string } {
  const [companyId = '', address = '', signature = ''] = token.split('.');
  if (!isSigned(ctx.secrets, purpose, { text: `${companyId}.${address}`, signature })) throw problem('not-found');
  return { companyId, value: Buffer.from(address, 'base64url').toString() };
}

/** Notes that whoever holds the token wants no reminders; again has no effect. Throws not-found for a token we did not make. */
export async function unsubscribe(ctx: Ctx, token: string): Promise<void> {
  await UnsubscribedModel.updateOne(readUnsubscribe(ctx, token), { $setOnInsert: { _id: newId(), at: new Date(ctx.clock.now()) } }, { upsert: true });
}

/** Every address that wants no reminders, latest first. */
export async function listUnsubscribed(ctx: Ctx): Promise<Unsubscribed[]> {
  const rows = await UnsubscribedModel.find({ companyId: ctx.companyId }).sort({ at: -1 }).limit(1000).lean<UnsubscribedDoc[]>();
  return rows.map(({ value, at }) => ({ value, since: at.toISOString() }));
}

/** Reminds the address again. Throws not-found. */
export async function resubscribe(ctx: Ctx, value: string): Promise<void> {
  const { deletedCount } = await UnsubscribedModel.deleteOne({ companyId: ctx.companyId, value: value.toLowerCase() });
  if (deletedCount === 0) throw problem('not-found');
}
