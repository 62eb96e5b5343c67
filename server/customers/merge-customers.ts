import { audit } from '../access';
import { badInput, happened, problem, type Actor, type Ctx } from '../kernel';
import { canonical, memberIds } from './canonical';
import { CustomerModel, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';
import { customerTerms } from './customer-terms';

/** Says that two records are one person: the other is folded into this one and found through it. Throws not-found, bad-input when they are one already. */
export async function mergeCustomers(ctx: Ctx, actor: Actor, { id, otherId }: { id: string; otherId: string }): Promise<CustomerDoc> {
  const [kept, other] = [await settled(ctx, id), await settled(ctx, otherId)];
  if (kept._id === other._id) throw badInput({ otherId: 'is the same person already' });
  const event = happened('customer.merged', { customerId: kept._id, otherId: other._id, undone: false }, { by: actor, subject: kept._id, at: ctx.clock.now() });
  const folded = await writeCustomer(ctx, { id: other._id, event, update: { $set: { mergedInto: kept._id } }, where: { mergedInto: null } });
  if (!folded) throw problem('version-conflict');
  await refuseCircle(ctx, { kept, folded });
  const terms = await customerTerms(ctx, await memberIds(ctx, kept));
  await CustomerModel.updateOne({ companyId: ctx.companyId, _id: kept._id }, { $set: { terms } });
  await audit(ctx, actor, { action: 'customer.merged', subject: { kind: 'customer', id: kept._id, name: '' }, after: { otherId: other._id } });
  return settled(ctx, kept._id);
}

/** Undoes the merge of a record into another. Throws not-found when it was not merged. */
export async function unmergeCustomer(ctx: Ctx, actor: Actor, { id }: { id: string }): Promise<CustomerDoc> {
  const folded = await findCustomer(ctx, id);
  if (!folded || folded.mergedInto === null) throw problem('not-found');
  const from = folded.mergedInto;
  const event = happened('customer.merged', { customerId: from, otherId: id, undone: true }, { by: actor, subject: from, at: ctx.clock.now() });
  const freed = await writeCustomer(ctx, { id, event, update: { $set: { mergedInto: null } }, where: { mergedInto: from } });
  if (!freed) throw problem('version-conflict');
  for (const each of [freed, await settled(ctx, from)]) {
    await CustomerModel.updateOne({ companyId: ctx.companyId, _id: each._id }, { $set: { terms: await customerTerms(ctx, await memberIds(ctx, each)) } });
  }
  await audit(ctx, actor, { action: 'customer.unmerged', subject: { kind: 'customer', id: from, name: '' }, before: { otherId: id } });
  return settled(ctx, id);
}

async function settled(ctx: Ctx, id: string): Promise<CustomerDoc> {
  const found = await findCustomer(ctx, id);
  if (!found) throw problem('not-found');
  return canonical(ctx, found);
}

// Two people may have merged the two records at the same moment in opposite directions: then both take it back.
async function refuseCircle(ctx: Ctx, { kept, folded }: { kept: CustomerDoc; folded: CustomerDoc }): Promise<void> {
  let current: CustomerDoc | null = await findCustomer(ctx, kept._id);
  for (let depth = 0; current && depth < 50; depth += 1) {
    if (current._id === folded._id) {
      await CustomerModel.updateOne({ companyId: ctx.companyId, _id: folded._id, mergedInto: kept._id }, { $set: { mergedInto: null } });
      throw problem('version-conflict');
    }
    current = current.mergedInto === null ? null : await findCustomer(ctx, current.mergedInto);
  }
}
