import type { CustomerSummary } from '../../protocol';
import { afterPlace, cutPage, readCursor, type Ctx } from '../kernel';
import { pointsOfCustomers, type ContactPointDoc } from './contact-point.model';
import { CustomerModel, type CustomerDoc } from './customer.model';
import { presentSummary } from './customer.presenter';
import { termsFilter } from './terms';

/** A page of the customers whose name, employer or address has the words asked for, newest first; merged records show as one. */
export async function findCustomers(ctx: Ctx, { q, after, limit }: { q?: string; after?: string; limit: number }): Promise<{ rows: CustomerSummary[]; next: string | null }> {
  const conditions = [termsFilter(q), after === undefined ? null : afterPlace('createdAt', readCursor(after))].filter((each) => each !== null);
  const filter = conditions.length === 0 ? {} : { $and: conditions };
  const found = await CustomerModel.find({ companyId: ctx.companyId, mergedInto: null, ...filter }).sort({ createdAt: -1, _id: -1 }).limit(limit + 1).lean<CustomerDoc[]>();
  const { rows, next } = cutPage(found, limit, (customer) => ({ at: customer.createdAt, id: customer._id }));
  const points = groupByCustomer(await pointsOfCustomers(ctx, rows.map(({ _id }) => _id)));
  return { rows: rows.map((customer) => presentSummary(customer, points.get(customer._id) ?? [])), next };
}

/** Contact points by the customer they belong to. */
export function groupByCustomer(points: ContactPointDoc[]): Map<string, ContactPointDoc[]> {
  const groups = new Map<string, ContactPointDoc[]>();
  for (const point of points) groups.set(point.customerId, [...(groups.get(point.customerId) ?? []), point]);
  return groups;
}
