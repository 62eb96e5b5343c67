import type { Ctx } from '../kernel';
import type { InteractionDoc } from './interaction.model';
import { overflowWhileWaiting } from './overflow';
import type { QueueDoc } from './queue.model';

type Timing = Pick<InteractionDoc, 'queuedAt' | 'overflowAt' | 'overflowStep'>;

/** When what enters a queue now is to overflow, as the interaction keeps it. */
export function timingIn(queue: QueueDoc, { channel, now, step = 0, queuedAt = now }: { channel: string; now: number; step?: number; queuedAt?: number }): Timing {
  const next = overflowWhileWaiting(queue.overflow, { channel, queuedAt, step });
  return { queuedAt: new Date(queuedAt), overflowAt: next ? new Date(Math.max(next.at, now)) : null, overflowStep: step };
}

/** Adds the job of the next overflow; the sweep adds it again if it is missing. */
export async function setOverflowTimer(ctx: Ctx, { _id, overflowAt }: Pick<InteractionDoc, '_id' | 'overflowAt'>): Promise<void> {
  if (!overflowAt) return;
  const at = overflowAt.getTime();
  await ctx.jobs.add('work.overflow', { companyId: ctx.companyId, workItemId: _id, at }, { at }).catch((error: unknown) => ctx.log.warn({ err: error }, 'an overflow waits for the sweep'));
}
