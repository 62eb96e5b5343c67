import { model } from 'mongoose';
import type { ContactPoint } from '../../protocol';
import { houseSchema, rowsTogether, type Ctx } from '../kernel';

/** What kind of address. */
export type ContactKind = ContactPoint['kind'];

/** An address of a customer. */
export interface ContactPointDoc {
  _id: string;
  companyId: string;
  customerId: string;
  kind: ContactKind;
  /** In its normal form. */
  value: string;
  /** Proven to be theirs: only one customer's can be. */
  verified: boolean;
  /** Nobody had the address before: only one customer can have been first. */
  first: boolean;
  createdAt: Date;
}

export const contactPointSchema = houseSchema<ContactPointDoc>({
  customerId: { type: String, required: true },
  kind: { type: String, required: true },
  value: { type: String, required: true },
  verified: { type: Boolean, required: true },
  first: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
}, { collection: 'contactpoints' });
contactPointSchema.index({ companyId: 1, kind: 1, value: 1 }, { unique: true, partialFilterExpression: { verified: true } });
contactPointSchema.index({ companyId: 1, first: 1, kind: 1, value: 1 }, { unique: true, partialFilterExpression: { first: true } });
contactPointSchema.index({ companyId: 1, value: 1, kind: 1 });
contactPointSchema.index({ companyId: 1, customerId: 1, createdAt: 1 });

export const ContactPointModel = model<ContactPointDoc>('ContactPoint', contactPointSchema);

/** Everybody who has or claims an address. */
export async function pointsOfAddress(ctx: Pick<Ctx, 'companyId'>, { kind, value }: { kind: ContactKind; value: string }): Promise<ContactPointDoc[]> {
  const rows = await rowsTogether(ContactPointModel, { companyId: ctx.companyId, field: 'value', value, where: { kind } });
  return rows.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one._id < other._id ? -1 : 1));
}

/** Whose address it is taken to be: proven before first before oldest. */
export const holderOf = (points: ContactPointDoc[]): ContactPointDoc | undefined => points.find((point) => point.verified) ?? points.find((point) => point.first) ?? points[0];

/** The addresses of customers, oldest first. */
export const pointsOfCustomers = (ctx: Ctx, customerIds: string[]): Promise<ContactPointDoc[]> =>
  ContactPointModel.find({ companyId: ctx.companyId, customerId: { $in: customerIds } }).sort({ createdAt: 1, _id: 1 }).lean<ContactPointDoc[]>();
