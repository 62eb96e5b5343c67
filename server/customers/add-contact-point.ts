import { z } from 'zod';
import { badInput, isDuplicate, newId, problem, type Actor, type Ctx } from '../kernel';
import { anonymousCaller, normalAddress } from './address';
import { canonical, memberIds } from './canonical';
import { ContactPointModel, pointsOfAddress, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { customerChanged, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';
import { searchTerms } from './terms';

/** Adds an address to a customer, unproven; one they have already changes nothing. Throws not-found, bad-input, already-exists when it is proven to be somebody else's. */
export async function addContactPoint(ctx: Ctx, actor: Actor, { id, kind, value }: { id: string; kind: ContactKind; value: string }): Promise<CustomerDoc> {
  const found = await findCustomer(ctx, id);
  if (!found) throw problem('not-found');
  const customer = await canonical(ctx, found);
  const address = { kind, value: await normalAddress(ctx, kind, value) };
  demandForm(address);
  const [points, members] = await Promise.all([pointsOfAddress(ctx, address), memberIds(ctx, customer)]);
  if (points.some((point) => members.includes(point.customerId))) return customer;
  if (points.some((point) => point.verified)) throw problem('already-exists');
  await insert(ctx, { _id: newId(), companyId: ctx.companyId, customerId: customer._id, ...address, verified: false, first: true, createdAt: new Date(ctx.clock.now()) });
  const event = customerChanged(ctx, actor, { id: customer._id, why: 'address added' });
  return (await writeCustomer(ctx, { id: customer._id, event, update: { $addToSet: { terms: { $each: searchTerms([address.value]) } } } })) ?? customer;
}

async function insert(ctx: Ctx, point: ContactPointDoc): Promise<void> {
  try {
    await ContactPointModel.create(point);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await ContactPointModel.create({ ...point, first: false });
  }
}

function demandForm({ kind, value }: { kind: ContactKind; value: string }): void {
  if (kind === 'email' && !z.email().safeParse(value).success) throw badInput({ value: 'must be a mail address' });
  if (kind === 'phone' && value === anonymousCaller) throw badInput({ value: 'must be a telephone number' });
}
