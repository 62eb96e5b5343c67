import type { Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { interactionById, Interactions, type InteractionDoc } from './interaction.model';
import { agrees, mend } from './mend';
import { endOverdue } from './overdue';
import { releaseWork } from './release-work';
import { roomOf } from './rooms';

const quietMs = 5000;

/** Compares what the store says of live work with the waiting room and mends what a crash between the two left. Answers how much was mended. */
export async function reconcile(ctx: Ctx): Promise<number> {
  const { companyId } = ctx;
  const before = new Date(ctx.clock.now() - quietMs);
  const rows = await Interactions.find({ companyId, state: { $in: ['waiting', 'offered', 'assigned'] }, updatedAt: { $lt: before } }).sort({ updatedAt: -1 }).limit(2000).select('state agentId offerId').lean<InteractionDoc[]>();
  const views = await roomOf(ctx).items(rows.map((row) => row._id));
  let mended = 0;
  for (const [index, row] of rows.entries()) {
    const view = views[index] ?? null;
    if (agrees(row, view)) continue;
    // It may have moved on since the list was read.
    const fresh = await interactionById(companyId, row._id);
    if (fresh && fresh.state !== 'ended' && fresh.updatedAt < before && (await mend(ctx, fresh, await roomOf(ctx).item(row._id)))) mended += 1;
  }
  mended += (await releaseEnded(ctx, before)) + (await endOverdue(ctx));
  return mended;
}

async function releaseEnded(ctx: Ctx, before: Date): Promise<number> {
  const recent = await Interactions.find({ companyId: ctx.companyId, endedAt: { $lt: before, $gt: new Date(before.getTime() - 120_000) } }).select('_id').lean<{ _id: string }[]>();
  const views = await roomOf(ctx).items(recent.map(({ _id }) => _id));
  let released = 0;
  for (const [index, { _id }] of recent.entries()) {
    if (!views[index]) continue;
    await releaseWork(ctx, _id);
    released += 1;
  }
  return released;
}

/** Settles what is due in the waiting room, whoever should have; run every second by the scheduler. */
export async function tickRoom(ctx: Ctx): Promise<void> {
  const outcome = await roomOf(ctx).tick(ctx.clock.now());
  await applyDecisions(ctx, outcome.decisions);
}

