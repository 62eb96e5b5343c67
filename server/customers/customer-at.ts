import type { Ctx } from '../kernel';
import { normalAddress } from './address';
import { holderOf, pointsOfAddress, type ContactKind } from './contact-point.model';

/** Id of the customer known by an address, without making one; null when nobody is. */
export async function customerAt(ctx: Ctx, kind: ContactKind, value: string): Promise<string | null> {
  const normal = await normalAddress(ctx, kind, value);
  return holderOf(await pointsOfAddress(ctx, { kind, value: normal }))?.customerId ?? null;
}
