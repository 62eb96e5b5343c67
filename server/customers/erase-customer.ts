import { audit } from '../access';
import { contextOf, newId, problem, promised, system, type Actor, type Ctx, type Services } from '../kernel';
import { canonical, memberIds } from './canonical';
import { ContactPointModel, pointsOfCustomers } from './contact-point.model';
import { customerChanged, CustomerModel, findCustomer, writeCustomer, type CustomerDoc } from './customer.model';
import { addressOf } from './customer.presenter';
import { Erasures, erasureOf, type ErasureDoc } from './erasure.model';
import type { CustomerPorts } from './ports';

const nothing = { name: '', organisation: '', locale: null, timeZone: null, note: '', fields: {}, terms: [] };

/**
 * Forgets a person: all their records lose everything personal and their addresses go, at once; their tickets and whatever else tells of them
 * follow as a job. The ids stay, so that tickets still have a customer. Asked again it has no effect. Throws not-found, name-differs.
 */
export async function eraseCustomer(ctx: Ctx, actor: Actor, { id, name }: { id: string; name: string }): Promise<CustomerDoc> {
  const found = await findCustomer(ctx, id);
  if (!found) throw problem('not-found');
  const customer = await canonical(ctx, found);
  const ids = await memberIds(ctx, customer);
  const points = await pointsOfCustomers(ctx, ids);
  const called = customer.name || addressOf(points);
  const before = await erasureOf(ctx, customer._id);
  if (before && called === '' && points.length === 0) return customer;
  if (name.trim() !== called.trim()) throw problem('name-differs');
  const records = await CustomerModel.find({ companyId: ctx.companyId, _id: { $in: ids } }).select('name').lean<Pick<CustomerDoc, 'name'>[]>();
  const erasure = await Erasures.findOneAndUpdate({ companyId: ctx.companyId, customerId: customer._id }, {
    $set: { at: new Date(ctx.clock.now()), finishedAt: null, done: 0, total: 0 }, $inc: { version: 1 }, $setOnInsert: { _id: newId() },
    $addToSet: { memberIds: { $each: ids }, names: { $each: records.flatMap((record) => (record.name === '' ? [] : [record.name])) }, addresses: { $each: points.map((point) => point.value) } },
  }, { upsert: true, returnDocument: 'after', ...promised }).lean<ErasureDoc>();
  if (!erasure) throw problem('not-found');
  await forgetRecords(ctx, actor, erasure);
  await audit(ctx, actor, { action: 'customer.erased', subject: { kind: 'customer', id: customer._id, name: '' }, after: { records: ids.length } });
  // Redis may be away: what was asked for is found by the sweep.
  await addJob(ctx, erasure).catch((error: unknown) => ctx.log.warn({ err: error }, 'an erasure waits for the sweep'));
  return { ...customer, ...nothing };
}

async function forgetRecords(ctx: Ctx, actor: Actor, { memberIds: ids }: ErasureDoc): Promise<void> {
  await ContactPointModel.deleteMany({ companyId: ctx.companyId, customerId: { $in: ids } });
  for (const id of ids) await writeCustomer(ctx, { id, event: customerChanged(ctx, actor, { id, why: 'erased' }), update: { $set: nothing } });
}

const addJob = (ctx: Ctx, { customerId, version }: Pick<ErasureDoc, 'customerId' | 'version'>): Promise<void> => ctx.jobs.add('customer.erase', { companyId: ctx.companyId, customerId, version });

/** The job: forgets the person everywhere else. Whatever a crash left of it is done by the next try. */
export async function carryOutErasure(ctx: Ctx, customerId: string, ports: Pick<CustomerPorts, 'forgetPerson'>): Promise<void> {
  const erasure = await erasureOf(ctx, customerId);
  if (!erasure || erasure.finishedAt) return;
  const { companyId } = ctx;
  const { memberIds: ids, names, addresses, version } = erasure;
  // A crash may have come between what was asked for and the first step.
  if (await ContactPointModel.exists({ companyId, customerId: { $in: ids }, value: { $in: addresses } })) await forgetRecords(ctx, system('erasure'), erasure);
  await ports.forgetPerson(ctx, { customerIds: ids, names, addresses }, async (done, total) => {
    await Erasures.updateOne({ companyId, customerId, version }, { $set: { done, total } });
  });
  // Not when it was asked for again meanwhile: that is another job, which needs to know whom to look for.
  await Erasures.updateOne({ companyId, customerId, version }, { $set: { finishedAt: new Date(ctx.clock.now()), names: [], addresses: [] } });
  await writeCustomer(ctx, { id: customerId, event: customerChanged(ctx, system('erasure'), { id: customerId, why: 'erased' }) });
}

const overdueMs = 10_000;
const againMs = 3_600_000;

/** Adds the jobs of erasures that were asked for but never finished. A job that failed for good is tried under a new id an hour later. */
export async function sweepErasures(services: Services): Promise<void> {
  const now = services.clock.now();
  const rows = await Erasures.find({ finishedAt: null, at: { $lt: new Date(now - overdueMs) } }).setOptions({ acrossCompanies: true }).limit(100).lean<ErasureDoc[]>();
  for (const row of rows) {
    const ctx = contextOf(services, row.companyId);
    const job = { companyId: row.companyId, customerId: row.customerId, version: row.version };
    if ((await ctx.jobs.stateOf('customer.erase', job)) !== 'finished') await addJob(ctx, row);
    else if (now - row.at.getTime() > againMs) await Erasures.updateOne({ companyId: row.companyId, customerId: row.customerId, version: row.version }, { $inc: { version: 1 }, $set: { at: new Date(now) } });
  }
}
