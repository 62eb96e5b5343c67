import type { Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { interactionById, type InteractionDoc } from './interaction.model';
import { queueById } from './queue.model';
import { roomOf } from './rooms';
import { workItemOf } from './work-item-of';

/** Lets a waiting interaction into the waiting room. Repeating it has no effect. */
export async function admitWork(ctx: Ctx, id: string, known?: InteractionDoc): Promise<void> {
  const interaction = known ?? (await interactionById(ctx.companyId, id));
  if (!interaction || interaction.state !== 'waiting') return;
  const queue = await queueById(ctx.companyId, interaction.queueId);
  if (!queue) return;
  const outcome = await roomOf(ctx).arrive(workItemOf(interaction, queue), ctx.clock.now());
  if (!outcome.ok && outcome.code !== 'duplicate') ctx.log.warn({ workItem: id, code: outcome.code, detail: outcome.detail }, 'not admitted to the waiting room');
  await applyDecisions(ctx, outcome.decisions);
}
