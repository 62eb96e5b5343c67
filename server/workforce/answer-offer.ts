import type { Outcome, RefusalCode } from '../../queues';
import type { ProblemCode } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import { interactionById, Interactions, type InteractionDoc } from './interaction.model';
import { roomOf } from './rooms';

const codes: Record<RefusalCode, ProblemCode> = {
  'offer-expired': 'offer-expired', 'not-your-offer': 'not-your-offer', 'already-accepted': 'already-assigned', 'already-assigned': 'already-assigned', 'unknown-work-item': 'unknown-work-item', duplicate: 'already-exists',
  'at-capacity': 'at-capacity', 'agent-unavailable': 'agent-unavailable', 'not-eligible': 'not-eligible', 'not-pull-queue': 'not-pull-queue', 'nothing-waiting': 'nothing-waiting', 'transfer-to-self': 'transfer-to-self',
  'unknown-queue': 'unknown-queue', 'unknown-agent': 'unknown-account', 'not-assigned': 'unknown-work-item', 'bad-input': 'bad-input', starting: 'starting',
};

/** Writes what was decided; throws the refusal as a problem. */
export async function settleOutcome(ctx: Ctx, outcome: Outcome): Promise<void> {
  await applyDecisions(ctx, outcome.decisions);
  if (!outcome.ok) throw problem(codes[outcome.code]);
}

/** The agent takes what was offered. Answers the ticket. Throws offer-expired, not-your-offer, already-assigned. */
export async function acceptOffer(ctx: Ctx, agentId: string, offerId: string): Promise<{ ticketId: string }> {
  const outcome = await roomOf(ctx).accept(offerId, agentId, ctx.clock.now());
  await settleOutcome(ctx, outcome);
  const taken = outcome.decisions.find((each) => each.kind === 'assigned' && each.offerId === offerId);
  const interaction = taken && 'itemId' in taken ? await interactionById(ctx.companyId, taken.itemId) : await byOffer(ctx, offerId);
  if (!interaction) throw problem('unknown-work-item');
  return { ticketId: interaction.ticketId };
}

/** The agent does not take it; it goes back with its seniority and is not offered to them again for the cool-down. */
export async function declineOffer(ctx: Ctx, agentId: string, { offerId, reason }: { offerId: string; reason: string }): Promise<void> {
  await settleOutcome(ctx, await roomOf(ctx).decline({ offerId, agentId, reason }, ctx.clock.now()));
}

/** Pull mode: the best item of the queue, at once. Throws not-pull-queue, nothing-waiting, at-capacity. */
export async function takeNext(ctx: Ctx, agentId: string, queueId: string): Promise<void> {
  await settleOutcome(ctx, await roomOf(ctx).next(agentId, queueId, ctx.clock.now()));
}

const byOffer = (ctx: Ctx, offerId: string): Promise<InteractionDoc | null> => Interactions.findOne({ companyId: ctx.companyId, offerId }).lean<InteractionDoc>();
