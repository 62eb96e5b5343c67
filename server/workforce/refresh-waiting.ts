import type { Ctx } from '../kernel';
import { changeWork } from './change-work';
import { Interactions, type InteractionDoc } from './interaction.model';

const page = 500;

/** What waits in a queue is asked for the skills, and will be offered in the way, that its settings say now; it keeps its place. */
export async function refreshWaiting(ctx: Ctx, queueId: string): Promise<void> {
  for (let last = ''; ;) {
    const rows = await Interactions.find({ companyId: ctx.companyId, queueId, state: 'waiting', _id: { $gt: last } }).sort({ _id: 1 }).limit(page).lean<InteractionDoc[]>();
    for (const interaction of rows) await changeWork(ctx, { interaction, set: {} });
    if (rows.length < page) return;
    last = rows.at(-1)?._id ?? '';
  }
}
