import { audit } from '../access';
import { problem, type Actor, type Ctx } from '../kernel';
import { memberIds } from './canonical';
import { ContactPointModel } from './contact-point.model';
import { customerChanged, findCustomer, writeCustomer } from './customer.model';

/** Forgets a person: all their records lose everything personal, their addresses go. The ids stay, so that tickets still have a customer. Throws not-found. */
export async function eraseCustomer(ctx: Ctx, actor: Actor, { id }: { id: string }): Promise<string[]> {
  const customer = await findCustomer(ctx, id);
  if (!customer) throw problem('not-found');
  const ids = await memberIds(ctx, customer);
  await ContactPointModel.deleteMany({ companyId: ctx.companyId, customerId: { $in: ids } });
  for (const each of ids) {
    const nothing = { name: '', organisation: '', locale: null, timeZone: null, note: '', fields: {}, terms: [] };
    await writeCustomer(ctx, { id: each, event: customerChanged(ctx, actor, { id: each, why: 'erased' }), update: { $set: nothing } });
  }
  await audit(ctx, actor, { action: 'customer.erased', subject: { kind: 'customer', id: ids[0] ?? id, name: '' }, after: { records: ids.length } });
  return ids;
}
