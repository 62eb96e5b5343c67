import type { Ctx } from '../kernel';
import { pointsOfCustomers } from './contact-point.model';
import { CustomerModel, type CustomerDoc } from './customer.model';
import { searchTerms } from './terms';

/** What the records of one person are found by. */
export async function customerTerms(ctx: Ctx, ids: string[]): Promise<string[]> {
  const [records, points] = await Promise.all([
    CustomerModel.find({ companyId: ctx.companyId, _id: { $in: ids } }).select('name organisation').lean<Pick<CustomerDoc, 'name' | 'organisation'>[]>(),
    pointsOfCustomers(ctx, ids),
  ]);
  return searchTerms([...records.flatMap(({ name, organisation }) => [name, organisation]), ...points.map(({ value }) => value)]);
}
