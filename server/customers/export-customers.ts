import { csvOf, type Cell, type Ctx } from '../kernel';
import { ContactPointModel, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { CustomerModel, type CustomerDoc } from './customer.model';
import { listFields } from './field.model';
import { groupByCustomer } from './find-customers';
import { termsFilter } from './terms';

const batch = 500;

/** The customers found by the words asked for, as CSV: one row each, custom fields as columns. */
export async function exportCustomers(ctx: Ctx, { q }: { q?: string }): Promise<string> {
  const fields = await listFields(ctx, 'customer');
  const rows: Cell[][] = [];
  for (let last = ''; ;) {
    const found = await CustomerModel.find({ companyId: ctx.companyId, mergedInto: null, _id: { $gt: last }, ...termsFilter(q) }).sort({ _id: 1 }).limit(batch).lean<CustomerDoc[]>();
    const points = groupByCustomer(await ContactPointModel.find({ companyId: ctx.companyId, customerId: { $in: found.map(({ _id }) => _id) } }).lean<ContactPointDoc[]>());
    for (const customer of found) {
      const values = (kind: ContactKind) => (points.get(customer._id) ?? []).filter((point) => point.kind === kind).map((point) => point.value).join(' ');
      rows.push([customer._id, customer.name, customer.organisation, values('email'), values('phone'), values('external'), customer.locale, customer.blocked, customer.createdAt.toISOString(), ...fields.map(({ key }) => customer.fields[key] ?? null)]);
    }
    last = found.at(-1)?._id ?? '';
    if (found.length < batch) return csvOf(['id', 'name', 'organisation', 'emails', 'phones', 'externalIds', 'locale', 'blocked', 'createdAt', ...fields.map(({ key }) => `fields.${key}`)], rows);
  }
}
