import type { Ctx } from '../kernel';
import { agentById } from './agent.model';
import { applyDecisions } from './apply-decisions';
import { interactionById } from './interaction.model';
import { roomOf } from './rooms';

/** Takes an ended interaction out of the waiting room and frees its agent, or leaves them in wrap-up. Repeating it has no effect. */
export async function releaseWork(ctx: Ctx, id: string): Promise<void> {
  const interaction = await interactionById(ctx.companyId, id);
  if (!interaction || interaction.state !== 'ended') return;
  const room = roomOf(ctx);
  const now = ctx.clock.now();
  const view = await room.item(id);
  if (!view) return;
  if (view.agentId && (view.state === 'assigned' || view.state === 'asleep')) {
    const agent = await agentById(ctx.companyId, view.agentId);
    const outcome = await room.done({ itemId: id, agentId: view.agentId, wrapUp: agent?.wrapUp?.interactionId === id }, now);
    await applyDecisions(ctx, outcome.decisions);
    return;
  }
  const outcome = await room.leave(id, now, interaction.how ?? 'ended');
  await applyDecisions(ctx, outcome.decisions);
}
