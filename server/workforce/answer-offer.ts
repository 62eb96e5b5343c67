import type { Outcome, RefusalCode } from '../../queues';
import type { ProblemCode } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import type { Asked } from './decision-changes';
import { interactionById, Interactions, type InteractionDoc } from './interaction.model';
import { roomOf } from './rooms';

const codes: Record<RefusalCode, ProblemCode> = {
  'offer-expired': 'offer-expired', 'not-your-offer': 'not-your-offer', 'already-accepted': 'already-assigned', 'already-assigned': 'already-assigned', 'unknown-work-item': 'unknown-work-item', duplicate: 'already-exists',
  'at-capacity': 'at-capacity', 'agent-unavailable': 'agent-unavailable', 'not-eligible': 'not-eligible', 'not-pull-queue': 'not-pull-queue', 'nothing-waiting': 'nothing-waiting', 'transfer-to-self': 'transfer-to-self',
  'unknown-queue': 'unknown-queue', 'unknown-agent': 'unknown-account', 'not-assigned': 'unknown-work-item', 'bad-input': 'bad-input', starting: 'starting',
};

/** Writes what was decided; throws the refusal as a problem. */
export async function settleOutcome(ctx: Ctx, outcome: Outcome, asked?: Asked): Promise<void> {
  await applyDecisions(ctx, outcome.decisions, asked);
  if (!outcome.ok) throw problem(codes[outcome.code]);
}

/** The agent takes what was offered. Answers the ticket. Throws offer-expired, not-your-offer, already-assigned, unknown-work-item. */
export async function acceptOffer(ctx: Ctx, agentId: string, offerId: string): Promise<{ ticketId: string }> {
  const outcome = await roomOf(ctx).accept(offerId, agentId, ctx.clock.now());
  await settleOutcome(ctx, outcome);
  const taken = outcome.decisions.find((each) => each.kind === 'assigned' && each.offerId === offerId);
  const itemId = taken && 'itemId' in taken ? taken.itemId : null;
  const interaction = itemId ? await interactionById(ctx.companyId, itemId) : await byOffer(ctx, offerId);
  // What was to be handed over ended or moved in the meantime.
  if (!interaction || outcome.decisions.some((each) => each.kind === 'left' && each.itemId === itemId && each.why === 'stale')) throw problem('unknown-work-item');
  return { ticketId: interaction.ticketId };
}

/** The agent does not take it; it goes back with its seniority and is not offered to them again for the cool-down. */
export async function declineOffer(ctx: Ctx, agentId: string, { offerId, reason }: { offerId: string; reason: string }): Promise<void> {
  await settleOutcome(ctx, await roomOf(ctx).decline({ offerId, agentId, reason }, ctx.clock.now()), { why: reason });
}

/** Pull mode: the best item of the queue, at once. Throws not-pull-queue, nothing-waiting, at-capacity, not-eligible, agent-unavailable. */
export async function takeNext(ctx: Ctx, agentId: string, queueId: string): Promise<void> {
  await settleOutcome(ctx, await roomOf(ctx).next(agentId, queueId, ctx.clock.now()));
}

const byOffer = (ctx: Ctx, offerId: string): Promise<InteractionDoc | null> => Interactions.findOne({ companyId: ctx.companyId, offerId }).lean<InteractionDoc>();
