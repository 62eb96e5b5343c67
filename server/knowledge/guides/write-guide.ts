import type { Guide, GuideFault, GuideFile, GuideGraph, GuideSaving, GuideSummary } from '../../../protocol';
import { can, demand, happened, newId, problem, type Actor, type Ctx, type PendingEvent } from '../../kernel';
import { brandKeys, checkBrands } from '../belonging';
import { ownFiles } from '../pictures';
import { checkGuide } from './check-guide';
import { Guides, guideById, GuideVersions, publishedGraph, type GuideDoc } from './guide.model';
import { GuideRuns } from './guide-run.model';
import { savingOf } from './information';
import { say } from './say';

const monthMs = 30 * 86_400_000;
type Shape = Pick<Guide, 'category' | 'audience'> & { graph: GuideGraph; brandIds?: string[] };

/** Writes a new guide as a draft; it may have faults until it is published. Throws bad-input for brands that are not there. */
export async function addGuide(ctx: Ctx, actor: Actor, { category, audience, brandIds = [], graph }: Shape): Promise<GuideDoc> {
  demand(actor, 'guide.write');
  await checkBrands(ctx, brandIds);
  const now = new Date(ctx.clock.now());
  const guide: GuideDoc = { _id: newId(), companyId: ctx.companyId, category, audience, brandIds, state: 'draft', draft: graph, revision: 1, version: 0, publishedRevision: 0, begun: 0, createdAt: now, updatedAt: now };
  await Guides.create(guide);
  return guide;
}

/** Changes the draft; who may use the guide changes at once. Throws not-found, version-conflict, and bad-input for brands that are not there. */
export async function changeGuide(ctx: Ctx, actor: Actor, { id, revision, change }: { id: string; revision: number; change: Partial<Shape> }): Promise<GuideDoc> {
  demand(actor, 'guide.write');
  const { graph, ...rest } = change;
  const before = await guideById(ctx.companyId, id);
  if (!before) throw problem('not-found');
  await checkBrands(ctx, rest.brandIds, before.brandIds);
  const moved = Object.entries(rest).some(([field, value]) => String(value) !== String(before[field as keyof typeof rest] ?? ''));
  const told = before.state === 'published' && moved ? [changed(ctx, actor, id)] : [];
  const after = await Guides.findOneAndUpdate({ companyId: ctx.companyId, _id: id, revision }, { $set: { ...rest, ...(graph ? { draft: graph } : {}), updatedAt: new Date(ctx.clock.now()) }, $inc: { revision: 1 }, $push: { pending: { $each: told } } }, { returnDocument: 'after' }).lean<GuideDoc>();
  if (!after) throw problem('version-conflict');
  await ctx.relay.publish({ collection: 'guides', companyId: ctx.companyId, id }, told);
  return after;
}

/** Makes the draft the next version. Throws guide-broken with the first severe fault. */
export async function publishGuide(ctx: Ctx, actor: Actor, id: string): Promise<GuideDoc> {
  demand(actor, 'guide.write');
  const guide = await guideById(ctx.companyId, id);
  if (!guide) throw problem('not-found');
  const [worst] = (await faultsOf(ctx, guide.draft, id)).filter((fault) => fault.severe);
  if (worst) throw problem('guide-broken', { fault: worst.code, step: worst.nodeId ?? '', detail: worst.detail });
  const now = new Date(ctx.clock.now());
  const version = guide.version + 1;
  // A crash in between leaves a version nobody uses; publishing again writes over it.
  await GuideVersions.replaceOne({ companyId: ctx.companyId, guideId: id, version }, { _id: newId(), companyId: ctx.companyId, guideId: id, version, graph: guide.draft, at: now, by: actor.id }, { upsert: true });
  await ownFiles(ctx, [JSON.stringify(guide.draft)], id);
  return settle(ctx, actor, { guide, set: { state: 'published', version, publishedRevision: guide.revision } });
}

/** Takes a guide out of use; runs under way go on. */
export async function archiveGuide(ctx: Ctx, actor: Actor, id: string): Promise<GuideDoc> {
  demand(actor, 'guide.write');
  const guide = await guideById(ctx.companyId, id);
  if (!guide) throw problem('not-found');
  return settle(ctx, actor, { guide, set: { state: 'archived' } });
}

const changed = (ctx: Ctx, actor: Actor, guideId: string): PendingEvent => happened('guide.changed', { guideId }, { by: actor, subject: guideId, at: ctx.clock.now() });

async function settle(ctx: Ctx, actor: Actor, { guide, set }: { guide: GuideDoc; set: Partial<GuideDoc> }): Promise<GuideDoc> {
  const now = new Date(ctx.clock.now());
  const event = changed(ctx, actor, guide._id);
  const after = await Guides.findOneAndUpdate({ companyId: ctx.companyId, _id: guide._id, revision: guide.revision }, { $set: { ...set, updatedAt: now }, $push: { pending: event } }, { returnDocument: 'after' }).lean<GuideDoc>();
  if (!after) throw problem('version-conflict');
  await ctx.relay.publish({ collection: 'guides', companyId: ctx.companyId, id: guide._id }, [event]);
  return after;
}

/** Faults of a graph, links to other published guides looked up. */
export async function faultsOf(ctx: Ctx, graph: GuideGraph, ownId: string): Promise<GuideFault[]> {
  const links = new Map<string, GuideGraph>();
  const open = linksOf(graph);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (links.has(id)) continue;
    const guide = await guideById(ctx.companyId, id);
    const linked = guide?.state === 'published' ? await publishedGraph(ctx.companyId, id, guide.version) : null;
    if (!linked) continue;
    links.set(id, linked);
    open.push(...linksOf(linked));
  }
  return checkGuide(graph, links, ownId);
}

const linksOf = (graph: GuideGraph): string[] => graph.nodes.flatMap((node) => (node.kind === 'link' ? [node.guideId] : []));

/** What asking by information saves at each diagnosing step. */
export const savingsOf = (graph: GuideGraph): GuideSaving[] => graph.nodes.flatMap((node) => (node.kind === 'diagnose' ? [savingOf(node)] : []));

/** A guide as its authors see it. */
export async function presentGuide(ctx: Ctx, actor: Actor, guide: GuideDoc): Promise<Guide> {
  return {
    id: guide._id, category: guide.category, audience: guide.audience, brandIds: guide.brandIds ?? [], state: guide.state, graph: guide.draft, faults: await faultsOf(ctx, guide.draft, guide._id), savings: savingsOf(guide.draft), revision: guide.revision, version: guide.version,
    changed: guide.revision !== guide.publishedRevision, updatedAt: guide.updatedAt.toISOString(), can: can(actor, 'guide.write') ? ['guide.write'] : [],
  };
}

/** All guides with how they did in the last 30 days. */
export async function listGuides(ctx: Ctx, locale: string): Promise<GuideSummary[]> {
  const { companyId } = ctx;
  const rows = await Guides.find({ companyId }).sort({ updatedAt: -1 }).limit(500).lean<GuideDoc[]>();
  const counts = await GuideRuns.aggregate<{ _id: { guideId: string; state: string }; n: number }>([{ $match: { companyId, startedAt: { $gt: new Date(ctx.clock.now() - monthMs) } } }, { $group: { _id: { guideId: '$guideId', state: '$state' }, n: { $sum: 1 } } }]);
  return rows.map((guide) => {
    const own = counts.filter((each) => each._id.guideId === guide._id);
    const of = (...states: string[]): number => own.filter((each) => states.includes(each._id.state)).reduce((sum, each) => sum + each.n, 0);
    const ended = of('solved', 'escalated', 'left');
    return { id: guide._id, title: say(guide.draft.title, locale), category: guide.category, audience: guide.audience, brandIds: guide.brandIds ?? [], state: guide.state, version: guide.version, updatedAt: guide.updatedAt.toISOString(), runs: own.reduce((sum, each) => sum + each.n, 0), solved: ended === 0 ? null : of('solved') / ended };
  });
}

type Keys = Awaited<ReturnType<typeof brandKeys>>;
const asFile = (guide: GuideDoc, keysOf: Keys): GuideFile => ({ format: 'trunkline-guide-1', category: guide.category, audience: guide.audience, ...(guide.brandIds?.length ? { brands: keysOf(guide.brandIds) } : {}), graph: guide.draft });

/** The draft as a file. */
export const fileOf = async (guide: GuideDoc): Promise<GuideFile> => asFile(guide, await brandKeys(guide.companyId));

/** Every guide of a company as a file. */
export async function guideFiles(companyId: string): Promise<{ id: string; file: GuideFile }[]> {
  const keysOf = await brandKeys(companyId);
  return (await Guides.find({ companyId }).sort({ _id: 1 }).lean<GuideDoc[]>()).map((guide) => ({ id: guide._id, file: asFile(guide, keysOf) }));
}
