import type { Ctx } from '../kernel';
import { normalAddress } from './address';
import { canonical } from './canonical';
import { holderOf, pointsOfAddress, type ContactKind } from './contact-point.model';
import { findCustomer } from './customer.model';

/** Id of the customer known by an address, without making one: the record that others were merged into; null when nobody is. */
export async function customerAt(ctx: Ctx, kind: ContactKind, value: string): Promise<string | null> {
  const holder = holderOf(await pointsOfAddress(ctx, { kind, value: await normalAddress(ctx, kind, value) }));
  const customer = holder ? await findCustomer(ctx, holder.customerId) : null;
  return customer && (await canonical(ctx, customer))._id;
}
