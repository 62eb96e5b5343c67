import { rowsTogether, type Ctx } from '../kernel';
import { CustomerModel, findCustomer, type CustomerDoc } from './customer.model';

const deepest = 50;

/** The record a customer's merges end in; the customer itself without any. */
export async function canonical(ctx: Pick<Ctx, 'companyId'>, customer: CustomerDoc): Promise<CustomerDoc> {
  let current = customer;
  for (let depth = 0; current.mergedInto !== null && depth < deepest; depth += 1) {
    const next = await findCustomer(ctx, current.mergedInto);
    if (!next) return current;
    current = next;
  }
  return current;
}

/** Ids of all records that are one person with the given one, the canonical one first. */
export async function memberIds(ctx: Ctx, customer: CustomerDoc): Promise<string[]> {
  const ids = [(await canonical(ctx, customer))._id];
  for (let fresh = ids; fresh.length > 0;) {
    const folded = (await Promise.all(fresh.map((id) => rowsTogether(CustomerModel, { companyId: ctx.companyId, field: 'mergedInto', value: id })))).flat();
    fresh = folded.map(({ _id }) => _id).filter((id) => !ids.includes(id));
    ids.push(...fresh);
  }
  return ids;
}
