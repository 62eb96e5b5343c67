import { holdOf, insertTogether, isDuplicate, newId, type Actor, type Ctx } from '../kernel';
import { normalAddress } from './address';
import { canonical } from './canonical';
import { ContactPointModel, holderOf, pointsOfAddress, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { CustomerModel, customerChanged, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';
import { senderAt } from './sender';
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
export async function identifyCustomer(ctx: Ctx, actor: Actor, sighting: Sighting): Promise<CustomerDoc> {
  const address = { kind: sighting.kind, value: await normalAddress(ctx, sighting.kind, sighting.value) };
  const customer = await customerOf(ctx, actor, { sighting, address });
  return learn(ctx, actor, { customer, ...newsOf(sighting) });
}

/** As identifyCustomer, for somebody who sends something; null when their messages are refused. */
export async function identifySender(ctx: Ctx, actor: Actor, sighting: Sighting): Promise<CustomerDoc | null> {
  const address = { kind: sighting.kind, value: await normalAddress(ctx, sighting.kind, sighting.value) };
  const { refused, points, customer: found } = await senderAt(ctx.companyId, address);
  if (refused) return null;
  const asKnown = found && !(sighting.verified && !holderOf(points)?.verified);
  const customer = asKnown ? found : await customerOf(ctx, actor, { sighting, address, known: points });
  return customer.blocked ? null : learn(ctx, actor, { customer, ...newsOf(sighting) });
}

const newsOf = ({ name = '', locale = null }: Sighting) => ({ name: name.trim().slice(0, 200), locale });

interface Seen {
  sighting: Sighting;
  address: { kind: ContactKind; value: string };
  /** Who is known to have the address, when that was asked already. */
  known?: ContactPointDoc[];
}

async function customerOf(ctx: Ctx, actor: Actor, { sighting, address, known }: Seen): Promise<CustomerDoc> {
  const { point, claimed } = await claimAddress(ctx, { ...address, known: known ?? (await pointsOfAddress(ctx, address)) }, sighting.verified ?? false);
  const found = claimed ? null : await findCustomer(ctx, point.customerId);
  return canonical(ctx, found ?? (await makeCustomer(ctx, actor, { id: point.customerId, ...newsOf(sighting), address: address.value })));
}

// The address comes first and names its customer: whoever inserts it wins, everybody else finds it.
async function claimAddress(ctx: Ctx, { known, ...address }: Seen['address'] & { known: ContactPointDoc[] }, verified: boolean): Promise<{ point: ContactPointDoc; claimed: boolean }> {
  const holder = holderOf(known);
  if (holder) return { point: verified && !holder.verified ? await prove(ctx, holder) : holder, claimed: false };
  const point: ContactPointDoc = { _id: newId(), companyId: ctx.companyId, customerId: newId(), ...address, verified, first: true, createdAt: new Date(ctx.clock.now()) };
  try {
    await insertTogether(ContactPointModel, point, { durable: false, hold: holdOf(ctx) });
    return { point, claimed: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return claimAddress(ctx, { ...address, known: await pointsOfAddress(ctx, address) }, verified);
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
    await insertTogether(CustomerModel, customer, { durable: false, hold: holdOf(ctx) });
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
