import { sortingSettings, type SortAspect } from '../../../protocol';
import { newId, readSetting, type Ctx, type Services } from '../../kernel';
import { trainInBackground, type LabelledText } from '../classify';
import { sortingPorts, type SortedTicket } from './ports';
import { sentimentSeeds, urgencySeeds } from './seeds';
import { Sorters, sortersOf, type SorterDoc } from './sorter.model';

/** What requests are sorted by. */
export const aspects: readonly SortAspect[] = ['topic', 'urgency', 'sentiment'];
const builtIn: Record<SortAspect, readonly LabelledText[]> = { topic: [], urgency: urgencySeeds, sentiment: sentimentSeeds };
const fewestRows = 6;
/** So many newly sorted tickets, or this share of them, make it worth learning again. */
const fresh = 10;
const freshShare = 0.1;
const trainMs = 60 * 60_000;

/** The settings of sorting. */
export const settingsOf = (companyId: string) => readSetting(companyId, 'sorting', sortingSettings);

/** Asks for learning; a worker does it in the background. Asking again while it waits has no effect. */
export async function askTraining(ctx: Ctx): Promise<void> {
  await ctx.jobs.add('sorting.train', { companyId: ctx.companyId, at: ctx.clock.now() });
}

const key = (companyId: string): string => `{t:${companyId}}:sorting:training`;

/** Whether a worker is learning. */
export const isTraining = async (ctx: Ctx): Promise<boolean> => (await ctx.redis.exists(key(ctx.companyId))) === 1;

/** The job: learns every aspect anew, a few milliseconds at a time, and puts the new models in the place of the old ones. */
export async function trainSorters(ctx: Ctx): Promise<void> {
  await ctx.redis.set(key(ctx.companyId), '1', 'PX', trainMs);
  try {
    const { seeds } = await settingsOf(ctx.companyId);
    const tickets = await sortingPorts().sortedTickets(ctx);
    for (const aspect of aspects) await learn(ctx, aspect, { rows: rowsOf(aspect, { seeds, tickets }), tickets: tickets.length });
  } finally {
    await ctx.redis.del(key(ctx.companyId));
  }
}

// What people decided counts as it is; what came with the product fills in until a company has examples of its own.
function rowsOf(aspect: SortAspect, { seeds, tickets }: { seeds: readonly LabelledText[]; tickets: readonly SortedTicket[] }): LabelledText[] {
  const own = tickets.flatMap((ticket) => (ticket[aspect] ? [{ text: ticket.text, label: ticket[aspect] }] : []));
  return [...builtIn[aspect], ...(aspect === 'topic' ? seeds : []), ...own];
}

async function learn(ctx: Ctx, aspect: SortAspect, { rows, tickets }: { rows: LabelledText[]; tickets: number }): Promise<void> {
  const { companyId } = ctx;
  const counts = new Map<string, number>();
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
  const before = await Sorters.findOne({ companyId, aspect }).lean<SorterDoc>();
  if (counts.size < 2 || rows.length < fewestRows) {
    await Sorters.deleteOne({ companyId, aspect });
  } else {
    const model = await trainInBackground(rows);
    const { _id: blobId } = await ctx.blobs.put({ companyId, owner: { kind: 'sorter', id: aspect }, name: aspect, type: 'application/octet-stream', content: Buffer.from(model.save()) });
    const labels = [...counts].map(([label, count]) => ({ label, rows: count })).sort((a, b) => b.rows - a.rows);
    const learnt = { blobId, trainedAt: new Date(ctx.clock.now()), rows: rows.length, labels, measured: model.measured ?? null, tickets };
    await Sorters.updateOne({ companyId, aspect }, { $set: learnt, $setOnInsert: { _id: newId() } }, { upsert: true });
  }
  if (before) await ctx.blobs.remove(companyId, [before.blobId]);
}

/** Learns where nothing was learnt yet, or where people sorted enough since. */
export async function sweepSorters(contextFor: (companyId: string) => Ctx, services: Services): Promise<void> {
  for (const companyId of await sortingPorts().companyIds()) {
    const ctx = contextFor(companyId);
    const [sorters, count] = await Promise.all([sortersOf(companyId), sortingPorts().countSorted(ctx)]);
    const known = sorters.find((each) => each.aspect === 'sentiment');
    const more = known ? count - known.tickets : fresh;
    if (!known || (more >= fresh && more >= known.tickets * freshShare)) await askTraining(ctx).catch((error: unknown) => services.log.warn({ err: error }, 'could not ask for learning'));
  }
}
