import { model } from 'mongoose';
import type { Suppressed } from '../../protocol';
import { houseSchema, newId, problem, type Ctx } from '../kernel';

/** An address that bounced for good; nothing is sent there for a while. */
interface SuppressedDoc {
  _id: string;
  companyId: string;
  value: string;
  reason: string;
  since: Date;
  until: Date;
  ticketId: string | null;
}

const forMs = 30 * 86_400_000;
const schema = houseSchema<SuppressedDoc>({ value: { type: String, required: true }, reason: String, since: { type: Date, required: true }, until: { type: Date, required: true }, ticketId: { type: String, default: null } }, { collection: 'suppressed' });
schema.index({ companyId: 1, value: 1 }, { unique: true });
const SuppressedModel = model<SuppressedDoc>('Suppressed', schema);

/** Nothing is sent to the address for 30 days. */
export async function suppress(ctx: Ctx, { address, reason, ticketId }: { address: string; reason: string; ticketId: string | null }): Promise<void> {
  const now = ctx.clock.now();
  const set = { reason: reason.slice(0, 1000), since: new Date(now), until: new Date(now + forMs), ticketId };
  await SuppressedModel.updateOne({ companyId: ctx.companyId, value: address.toLowerCase() }, { $set: set, $setOnInsert: { _id: newId() } }, { upsert: true });
}

/** Those of the addresses that get nothing now. */
export async function suppressedOf(ctx: Ctx, addresses: string[]): Promise<string[]> {
  const rows = await SuppressedModel.find({ companyId: ctx.companyId, value: { $in: addresses.map((each) => each.toLowerCase()) }, until: { $gt: new Date(ctx.clock.now()) } }).lean<SuppressedDoc[]>();
  return rows.map((row) => row.value);
}

/** Every suppressed address, latest first. */
export async function listSuppressed(ctx: Ctx): Promise<Suppressed[]> {
  const rows = await SuppressedModel.find({ companyId: ctx.companyId, until: { $gt: new Date(ctx.clock.now()) } }).sort({ since: -1 }).limit(1000).lean<SuppressedDoc[]>();
  return rows.map((row) => ({ value: row.value, reason: row.reason, since: row.since.toISOString(), until: row.until.toISOString(), ticketId: row.ticketId }));
}

/** Forgets that these addresses bounced. */
export async function forgetSuppressed(ctx: Ctx, addresses: readonly string[]): Promise<void> {
  await SuppressedModel.deleteMany({ companyId: ctx.companyId, value: { $in: addresses.map((each) => each.toLowerCase()) } });
}

/** Writes to the address again. Throws not-found. */
export async function unsuppress(ctx: Ctx, value: string): Promise<void> {
  const { deletedCount } = await SuppressedModel.deleteOne({ companyId: ctx.companyId, value: value.toLowerCase() });
  if (deletedCount === 0) throw problem('not-found');
}
