import type { ContactPoint, CustomerSummary } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { canonical as canonicalOf, memberIds } from './canonical';
import { pointsOfCustomers } from './contact-point.model';
import { CustomerModel, findCustomer, type CustomerDoc } from './customer.model';
import { presentSummary } from './customer.presenter';
import { groupByCustomer } from './find-customers';

/** The record a customer's merges end in. Throws not-found. */
export async function canonical(ctx: Ctx, id: string): Promise<CustomerDoc> {
  const found = await findCustomer(ctx, id);
  if (!found) throw problem('not-found');
  return canonicalOf(ctx, found);
}

/** Ids of all records that are one person with the given one, the canonical one first; only the id itself for one nobody knows. */
export async function members(ctx: Ctx, id: string): Promise<string[]> {
  const found = await findCustomer(ctx, id);
  return found ? memberIds(ctx, found) : [id];
}

/** Customers by the ids asked for; a merged record answers with the one it was merged into, an unknown id is missing. */
export async function customersById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CustomerSummary>> {
  if (ids.length === 0) return new Map();
  const found = await CustomerModel.find({ companyId: ctx.companyId, _id: { $in: [...new Set(ids)] } }).lean<CustomerDoc[]>();
  const people = await Promise.all(found.map(async (customer): Promise<[string, CustomerDoc]> => [customer._id, await canonicalOf(ctx, customer)]));
  const points = groupByCustomer(await pointsOfCustomers(ctx, [...new Set(people.flatMap(([id, person]) => [id, person._id]))]));
  return new Map(people.map(([id, person]) => [id, presentSummary(person, points.get(person._id) ?? points.get(id) ?? [])]));
}

/** The addresses of a person over all merged records, oldest first. */
export async function contactPointsOf(ctx: Ctx, id: string): Promise<ContactPoint[]> {
  const points = await pointsOfCustomers(ctx, await members(ctx, id));
  return points.map(({ _id, kind, value, verified }) => ({ id: _id, kind, value, verified }));
}
