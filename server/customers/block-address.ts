import { audit } from '../access';
import { happened, isDuplicate, newId, problem, rowsTogether, type Actor, type Ctx, type PendingEvent } from '../kernel';
import { normalAddress } from './address';
import { blockedKind, BlockedAddressModel, type BlockedAddressDoc } from './blocked-address.model';
import { canonical } from './canonical';
import { ContactPointModel, holderOf, pointsOfAddress, type ContactKind, type ContactPointDoc } from './contact-point.model';
import { CustomerModel, customerChanged, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';

interface Address {
  kind: ContactKind;
  value: string;
}

/** Whether messages of an address are refused: the address is blocked, or the customer who has it. */
export async function isBlocked(ctx: Ctx, kind: ContactKind, value: string): Promise<boolean> {
  const address = { kind, value: await normalAddress(ctx, kind, value) };
  if (await isAddressBlocked(ctx, address)) return true;
  const customer = await customerWith(ctx, address);
  return customer?.blocked ?? false;
}

/** Whether an address in its normal form is itself refused, whoever has it. */
const isAddressBlocked = async (ctx: Pick<Ctx, 'companyId'>, { kind, value }: Address): Promise<boolean> => (await rowsTogether(BlockedAddressModel, { companyId: ctx.companyId, field: 'value', value, where: { kind } })).length > 0;

const blockedChanged = (ctx: Ctx, actor: Actor): PendingEvent => happened('settings.changed', { kind: blockedKind }, { by: actor, subject: ctx.companyId, at: ctx.clock.now() });
const tellBlocked = (ctx: Ctx, id: string, event: PendingEvent): Promise<void> => ctx.relay.publish({ collection: 'blockedaddresses', companyId: ctx.companyId, id }, [event]);

/** Refuses messages of an address from now on; a second time changes nothing. A text alone is read as the kind of address it is known as, else as what it looks like. */
export async function blockAddress(ctx: Ctx, actor: Actor, address: Address | string): Promise<void> {
  const { kind, value } = typeof address === 'string' ? await readingOf(ctx, address) : address;
  const normal = await normalAddress(ctx, kind, value);
  const event = blockedChanged(ctx, actor);
  const id = newId();
  try {
    await BlockedAddressModel.create({ _id: id, companyId: ctx.companyId, kind, value: normal, at: new Date(ctx.clock.now()), pending: [event] });
  } catch (error) {
    if (isDuplicate(error)) return;
    throw error;
  }
  await tellBlocked(ctx, id, event);
  await audit(ctx, actor, { action: 'address.blocked', subject: { kind: 'address', id: null, name: normal } });
}

/** Accepts messages of an address again, of whatever kind it is, also when its customer was blocked. Throws not-found when it was not refused. */
export async function unblockAddress(ctx: Ctx, actor: Actor, { value }: { value: string }): Promise<void> {
  let freed = 0;
  for (const address of await readings(ctx, value)) {
    freed += (await BlockedAddressModel.deleteMany({ companyId: ctx.companyId, ...address })).deletedCount;
    const customer = await customerWith(ctx, address);
    if (customer?.blocked) freed += (await writeCustomer(ctx, { id: customer._id, event: customerChanged(ctx, actor, { id: customer._id, why: 'unblocked' }), update: { $set: { blocked: false } } })) ? 1 : 0;
  }
  if (freed === 0) throw problem('not-found');
  await tellBlocked(ctx, newId(), blockedChanged(ctx, actor));
  await audit(ctx, actor, { action: 'address.unblocked', subject: { kind: 'address', id: null, name: value } });
}

/** Every refused address, newest first: blocked ones and those of blocked customers. */
export async function listBlocked(ctx: Ctx): Promise<{ value: string; at: string }[]> {
  const [addresses, customers] = await Promise.all([
    BlockedAddressModel.find({ companyId: ctx.companyId }).sort({ at: -1 }).limit(1000).lean<BlockedAddressDoc[]>(),
    CustomerModel.find({ companyId: ctx.companyId, blocked: true }).select('_id').limit(1000).lean<{ _id: string }[]>(),
  ]);
  const points = await ContactPointModel.find({ companyId: ctx.companyId, customerId: { $in: customers.map(({ _id }) => _id) } }).lean<ContactPointDoc[]>();
  const rows = new Map([...points.map((point): [string, Date] => [point.value, point.createdAt]), ...addresses.map((address): [string, Date] => [address.value, address.at])]);
  return [...rows].sort(([, one], [, other]) => other.getTime() - one.getTime()).map(([value, at]) => ({ value, at: at.toISOString() }));
}

async function customerWith(ctx: Ctx, address: Address): Promise<CustomerDoc | null> {
  const point = holderOf(await pointsOfAddress(ctx, address));
  const customer = point ? await findCustomer(ctx, point.customerId) : null;
  return customer && canonical(ctx, customer);
}

async function readingOf(ctx: Ctx, text: string): Promise<Address> {
  for (const address of await readings(ctx, text)) if ((await pointsOfAddress(ctx, address)).length > 0) return address;
  return { kind: text.includes('@') ? 'email' : /^[+\d][\d\s()/.-]*$/.test(text.trim()) ? 'phone' : 'visitor', value: text };
}

// Only the value is asked for, so it may be of any kind.
async function readings(ctx: Ctx, value: string): Promise<Address[]> {
  const kinds: ContactKind[] = ['email', 'visitor', 'external', ...(/\d/.test(value) && !value.includes('@') ? (['phone'] as const) : [])];
  return Promise.all(kinds.map(async (kind) => ({ kind, value: await normalAddress(ctx, kind, value) })));
}
