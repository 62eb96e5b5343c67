import type { Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { roomOf } from './rooms';

/** Longer than anything takes from being sent to a queue until it waits there. */
const promisedMs = 15_000;

/** Asks the waiting room for one of a queue's limited places. Answers null when it is promised, else how many wait or come already. */
export async function promisePlace(ctx: Ctx, place: { queueId: string; itemId: string; most: number }): Promise<number | null> {
  const outcome = await roomOf(ctx).promise({ ...place, forMs: promisedMs }, ctx.clock.now());
  await applyDecisions(ctx, outcome.decisions);
  return !outcome.ok && outcome.code === 'queue-full' ? Number(outcome.detail) : null;
}
