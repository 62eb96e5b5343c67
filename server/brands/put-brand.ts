import type { BrandSettings } from '../../protocol';
import { audit, changedFields } from '../access';
import { badInput, happened, isDuplicate, newId, problem, type Actor, type Ctx, type PendingEvent } from '../kernel';
import { Brands, type BrandDoc } from './brand.model';
import type { BrandPorts } from './ports';

const largestLogo = 256 * 1024;
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

// Only what somebody just uploaded becomes a logo, since everybody may see it: never a file of a ticket.
async function checkLogo(ctx: Ctx, logoId: string): Promise<void> {
  const info = await ctx.blobs.info(ctx.companyId, logoId);
  if (!info || info.owner.kind !== 'pending' || info.owner.id === '') throw badInput({ logoId: 'must be a picture that was just uploaded' });
  if (!pictures.has(info.type)) throw problem('file-type-refused');
  if (info.size > largestLogo) throw problem('file-too-large');
}

async function check(ctx: Ctx, ports: BrandPorts, { before, next }: { before: BrandDoc | null; next: BrandSettings }): Promise<void> {
  const others = (await Brands.find({ companyId: ctx.companyId, hosts: { $in: next.hosts } }).lean<BrandDoc[]>()).filter((each) => each._id !== before?._id);
  if (others.length > 0 || new Set(next.hosts).size < next.hosts.length) throw problem('already-exists');
  for (const field of ['queueId', 'chatQueueId'] as const) {
    if (next[field] !== '' && next[field] !== before?.[field] && !(await ports.queueExists(ctx, next[field]))) throw problem('unknown-queue');
  }
  if (next.logoId !== null && next.logoId !== before?.logoId) await checkLogo(ctx, next.logoId);
}

const changed = (ctx: Ctx, actor: Actor, id: string): PendingEvent => happened('settings.changed', { kind: 'brands' }, { by: actor, subject: id, at: ctx.clock.now() });
const twice = (error: unknown): never => { throw isDuplicate(error) ? problem('already-exists') : error; };

async function told(ctx: Ctx, actor: Actor, { id, event, before, next }: { id: string; event: PendingEvent; before: BrandDoc | null; next: BrandSettings }): Promise<void> {
  if (next.logoId !== null) await ctx.blobs.own(ctx.companyId, [next.logoId], { kind: 'brand', id });
  if (before?.logoId && before.logoId !== next.logoId) await ctx.blobs.remove(ctx.companyId, [before.logoId]);
  await ctx.relay.publish({ collection: 'brands', companyId: ctx.companyId, id }, [event]);
  await audit(ctx, actor, { action: before ? 'brand.changed' : 'brand.added', subject: { kind: 'brand', id, name: next.name }, ...changedFields(before ?? {}, next) });
}

/** Adds a brand. Throws already-exists for a key or host in use, unknown-queue, bad-input, file-type-refused and file-too-large for the logo. */
export async function addBrand(ctx: Ctx, actor: Actor, { settings, ports }: { settings: BrandSettings; ports: BrandPorts }): Promise<BrandDoc> {
  await check(ctx, ports, { before: null, next: settings });
  const id = newId();
  const event = changed(ctx, actor, id);
  const brand: BrandDoc = { _id: id, companyId: ctx.companyId, ...settings, pending: [event] };
  await Brands.create(brand).catch(twice);
  await told(ctx, actor, { id, event, before: null, next: settings });
  return brand;
}

/** Changes a brand. Throws not-found and whatever addBrand does. */
export async function changeBrand(ctx: Ctx, actor: Actor, { id, change, ports }: { id: string; change: Partial<BrandSettings>; ports: BrandPorts }): Promise<BrandDoc> {
  const before = await Brands.findOne({ companyId: ctx.companyId, _id: id }).lean<BrandDoc>();
  if (!before) throw problem('not-found');
  const { key, name, colour, logoId, hosts, locale, queueId, chatQueueId } = { ...before, ...change };
  const next = { key, name, colour, logoId, hosts, locale, queueId, chatQueueId };
  await check(ctx, ports, { before, next });
  const event = changed(ctx, actor, id);
  await Brands.updateOne({ companyId: ctx.companyId, _id: id }, { $set: next, $push: { pending: event } }).catch(twice);
  await told(ctx, actor, { id, event, before, next });
  return { ...before, ...next };
}

/** Removes a brand with its logo. Throws not-found. */
export async function removeBrand(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  const before = await Brands.findOneAndDelete({ companyId: ctx.companyId, _id: id }).lean<BrandDoc>();
  if (!before) throw problem('not-found');
  if (before.logoId) await ctx.blobs.remove(ctx.companyId, [before.logoId]);
  await audit(ctx, actor, { action: 'brand.removed', subject: { kind: 'brand', id, name: before.name }, before: { key: before.key, hosts: before.hosts } });
}
