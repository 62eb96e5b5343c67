import { isDuplicate, newId, type Actor, type Ctx } from '../kernel';
import { normalAddress } from './address';
import { canonical } from './canonical';
import { ContactPointModel, holderOf, pointsOfAddress, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { CustomerModel, customerChanged, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';
import { searchTerms } from './terms';

/** Who is seen: an address, and what came with it. */
export interface Sighting {
  kind: ContactKind;
  value: string;
  /** Taken when no name is known yet; like locale. */
  name?: string;
  /** The channel vouches that the address is theirs. */
  verified?: boolean;
  locale?: string | null;
}

/** Finds the customer with an address, or makes one; the same one on every node at every moment. Answers the record that others were merged into. Throws bad-input for an empty address. */
export async function identifyCustomer(ctx: Ctx, actor: Actor, { kind, value, name = '', verified = false, locale = null }: Sighting): Promise<CustomerDoc> {
  const address = { kind, value: await normalAddress(ctx, kind, value) };
  const point = await claimAddress(ctx, address, verified);
  const known = { name: name.trim().slice(0, 200), locale, address: address.value };
  const customer = (await findCustomer(ctx, point.customerId)) ?? (await makeCustomer(ctx, actor, { id: point.customerId, ...known }));
  return learn(ctx, actor, { customer: await canonical(ctx, customer), ...known });
}

// The address comes first and names its customer: whoever inserts it wins, everybody else finds it.
async function claimAddress(ctx: Ctx, address: { kind: ContactKind; value: string }, verified: boolean): Promise<ContactPointDoc> {
  const holder = holderOf(await pointsOfAddress(ctx, address));
  if (holder) return verified && !holder.verified ? prove(ctx, holder) : holder;
  const point: ContactPointDoc = { _id: newId(), companyId: ctx.companyId, customerId: newId(), ...address, verified, first: true, createdAt: new Date(ctx.clock.now()) };
  try {
    await ContactPointModel.create(point);
    return point;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return claimAddress(ctx, address, verified);
  }
}

async function prove(ctx: Ctx, point: ContactPointDoc): Promise<ContactPointDoc> {
  try {
    await ContactPointModel.updateOne({ companyId: ctx.companyId, _id: point._id }, { $set: { verified: true } });
    return { ...point, verified: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return holderOf(await pointsOfAddress(ctx, point)) ?? point;
  }
}

async function makeCustomer(ctx: Ctx, actor: Actor, { id, name, locale, address }: { id: string; name: string; locale: string | null; address: string }): Promise<CustomerDoc> {
  const event = customerChanged(ctx, actor, { id, why: 'created' });
  const customer: CustomerDoc = {
    _id: id, companyId: ctx.companyId, name, organisation: '', locale, timeZone: null, fields: {}, note: '', blocked: false, mergedInto: null,
    terms: searchTerms([name, address]), createdAt: new Date(ctx.clock.now()), pending: [event],
  };
  try {
    await CustomerModel.create(customer);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return (await findCustomer(ctx, id)) ?? customer;
  }
  await ctx.relay.publish({ collection: 'customers', companyId: ctx.companyId, id }, [event]);
  return customer;
}

async function learn(ctx: Ctx, actor: Actor, { customer, name, locale }: { customer: CustomerDoc; name: string; locale: string | null }): Promise<CustomerDoc> {
  const news = { ...(customer.name === '' && name !== '' ? { name } : {}), ...(customer.locale === null && locale !== null ? { locale } : {}) };
  if (Object.keys(news).length === 0) return customer;
  const event = customerChanged(ctx, actor, { id: customer._id, why: 'introduced' });
  const written = await writeCustomer(ctx, { id: customer._id, event, update: { $set: news, $addToSet: { terms: { $each: searchTerms([name]) } } } });
  return written ?? customer;
}
