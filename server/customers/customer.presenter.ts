import type { Customer, CustomerSummary } from '../../protocol';
import type { Actor, Ctx } from '../kernel';
import { memberIds } from './canonical';
import { pointsOfCustomers, type ContactPointDoc } from './contact-point.model';
import { customerAbilities } from './customer.policy';
import type { CustomerDoc } from './customer.model';
import { erasureOf, type ErasureDoc } from './erasure.model';
import type { CustomerPorts } from './ports';

/** A customer with the addresses of all merged records, as the reader may see it. */
export async function presentCustomer(ctx: Ctx, actor: Actor, { customer, ports }: { customer: CustomerDoc; ports: CustomerPorts }): Promise<Customer> {
  const ids = await memberIds(ctx, customer);
  const [points, tickets, erasure] = await Promise.all([pointsOfCustomers(ctx, ids), ports.countTickets(ctx, ids), erasureOf(ctx, customer._id)]);
  return {
    id: customer._id, name: customer.name, locale: customer.locale, timeZone: customer.timeZone, organisation: customer.organisation,
    address: addressOf(points), contactPoints: points.map(({ _id, kind, value, verified }) => ({ id: _id, kind, value, verified })),
    fields: customer.fields, note: customer.note, blocked: customer.blocked, tickets, createdAt: customer.createdAt.toISOString(), erasure: erasure && shown(erasure), can: customerAbilities(actor),
  };
}

const shown = ({ at, done, total, finishedAt }: ErasureDoc): Customer['erasure'] => ({ at: at.toISOString(), done, total, finishedAt: finishedAt?.toISOString() ?? null });

// A visitor's id says nothing to anybody.
const readable: readonly ContactPointDoc['kind'][] = ['email', 'phone', 'external'];

/** The address people would recognise a customer by, empty without any. */
export function addressOf(points: ContactPointDoc[]): string {
  for (const kind of readable) {
    const point = points.find((each) => each.kind === kind && each.verified) ?? points.find((each) => each.kind === kind);
    if (point) return point.value;
  }
  return '';
}

/** A customer as lists show it. */
export const presentSummary = (customer: CustomerDoc, points: ContactPointDoc[]): CustomerSummary => ({
  id: customer._id, name: customer.name, organisation: customer.organisation, createdAt: customer.createdAt.toISOString(), address: addressOf(points),
});
