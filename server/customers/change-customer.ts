import { audit } from '../access';
import { problem, type Actor, type Ctx } from '../kernel';
import { canonical, memberIds } from './canonical';
import { checkFields, mergeFields } from './check-fields';
import { customerTerms } from './customer-terms';
import { CustomerModel, customerChanged, findCustomer, writeCustomer, type CustomerDoc, type FieldValue } from './customer.model';

interface Change {
  id: string;
  name?: string;
  organisation?: string;
  locale?: string | null;
  note?: string;
  /** Only the given ones change; null takes a value away. */
  fields?: Record<string, FieldValue>;
  blocked?: boolean;
}

/** Changes what is known of a customer. Throws not-found, bad-input for custom fields. */
export async function changeCustomer(ctx: Ctx, actor: Actor, { id, fields, ...change }: Change): Promise<CustomerDoc> {
  const found = await findCustomer(ctx, id);
  if (!found) throw problem('not-found');
  const customer = await canonical(ctx, found);
  const merged = fields ? { fields: mergeFields(customer.fields, await checkFields(ctx, 'customer', fields)) } : {};
  const changed = [...Object.keys(change), ...Object.keys(fields ?? {}).map((key) => `fields.${key}`)];
  if (changed.length === 0) return customer;
  const event = customerChanged(ctx, actor, { id: customer._id, why: 'changed' });
  const written = await writeCustomer(ctx, { id: customer._id, event, update: { $set: { ...change, ...merged } } });
  if (!written) throw problem('not-found');
  if (change.name !== undefined || change.organisation !== undefined) {
    await CustomerModel.updateOne({ companyId: ctx.companyId, _id: written._id }, { $set: { terms: await customerTerms(ctx, await memberIds(ctx, written)) } });
  }
  // Which fields, not what stood in them: the log outlives the person's erasure.
  await audit(ctx, actor, { action: 'customer.changed', subject: { kind: 'customer', id: customer._id, name: '' }, after: { changed, ...(change.blocked === undefined ? {} : { blocked: change.blocked }) } });
  return written;
}
