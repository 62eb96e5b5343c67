import { model, type Schema } from 'mongoose';
import { findTogether, happened, houseSchema, withOutbox, type Actor, type Ctx, type Outbox, type PendingEvent } from '../kernel';

/** Value of a custom field. */
export type FieldValue = string | number | boolean | null;

/** Person served. */
export interface CustomerDoc extends Outbox {
  _id: string;
  companyId: string;
  /** Empty while not known, like organisation. */
  name: string;
  organisation: string;
  locale: string | null;
  timeZone: string | null;
  fields: Record<string, FieldValue>;
  note: string;
  /** Messages are refused. */
  blocked: boolean;
  /** The record this one was folded into; taking it away undoes the merge. */
  mergedInto: string | null;
  /** Lower-cased words of name, organisation and addresses: what the search looks up. */
  terms: string[];
  createdAt: Date;
}

export const customerSchema = houseSchema<CustomerDoc>({
  name: { type: String, default: '' },
  organisation: { type: String, default: '' },
  locale: { type: String, default: null },
  timeZone: { type: String, default: null },
  fields: { type: Object, default: {} },
  note: { type: String, default: '' },
  blocked: { type: Boolean, default: false },
  mergedInto: { type: String, default: null },
  terms: { type: [String], default: [] },
  createdAt: { type: Date, required: true },
}, { collection: 'customers' });
customerSchema.index({ companyId: 1, createdAt: -1, _id: -1 });
customerSchema.index({ companyId: 1, terms: 1 });
customerSchema.index({ companyId: 1, mergedInto: 1 });
customerSchema.index({ companyId: 1, blocked: 1 }, { partialFilterExpression: { blocked: true } });
withOutbox(customerSchema as unknown as Schema);

export const CustomerModel = model<CustomerDoc>('Customer', customerSchema);

export const findCustomer = (ctx: Pick<Ctx, 'companyId'>, id: string): Promise<CustomerDoc | null> => findTogether(CustomerModel, ctx.companyId, id);

/** Something about a customer changed; `why` is a word, never a value. */
export const customerChanged = (ctx: Ctx, actor: Actor, { id, why }: { id: string; why: string }): PendingEvent =>
  happened('customer.changed', { customerId: id, why }, { by: actor, subject: id, at: ctx.clock.now() });

interface Write {
  id: string;
  event: PendingEvent;
  update?: Record<string, unknown>;
  /** Further conditions: without a match nothing is written. */
  where?: Record<string, unknown>;
}

/** Changes a customer together with the event that tells it; null when nothing matched. */
export async function writeCustomer(ctx: Ctx, { id, event, update = {}, where = {} }: Write): Promise<CustomerDoc | null> {
  const written = await CustomerModel.findOneAndUpdate({ companyId: ctx.companyId, _id: id, ...where }, { ...update, $push: { pending: event } }, { returnDocument: 'after' }).lean<CustomerDoc>();
  if (written) await ctx.relay.publish({ collection: 'customers', companyId: ctx.companyId, id }, [event]);
  return written;
}
