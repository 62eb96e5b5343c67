import type { Outcome, RefusalCode } from '../../queues';
import type { ProblemCode } from '../../protocol';
import { problem, type Ctx } from '../kernel';
import { applyDecisions } from './apply-decisions';
import type { Asked } from './decision-changes';
import { interactionById, type InteractionDoc } from './interaction.model';
import { agrees, mend } from './mend';
import { roomOf } from './rooms';

const codes: Record<RefusalCode, ProblemCode> = {
  'offer-expired': 'offer-expired', 'not-your-offer': 'not-your-offer', 'already-accepted': 'already-assigned', 'already-assigned': 'already-assigned', 'unknown-work-item': 'unknown-work-item', duplicate: 'already-exists',
  'at-capacity': 'at-capacity', 'agent-unavailable': 'agent-unavailable', 'not-eligible': 'not-eligible', 'not-pull-queue': 'not-pull-queue', 'nothing-waiting': 'nothing-waiting', 'transfer-to-self': 'transfer-to-self',
  'unknown-queue': 'unknown-queue', 'unknown-agent': 'unknown-account', 'not-assigned': 'unknown-work-item', 'queue-full': 'at-capacity', 'bad-input': 'bad-input', starting: 'starting',
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
  const itemId = offerId.split('~')[0] ?? '';
  // What was to be handed over ended or moved in the meantime.
  if (outcome.decisions.some((each) => each.kind === 'left' && each.itemId === itemId && each.why === 'stale')) throw problem('unknown-work-item');
  const { ticketId } = await confirmOwner(ctx, itemId, agentId);
  return { ticketId };
}

// Nobody is told that something is theirs before room and store agree: Redis may have been lost, and the room rebuilt, between the decision and
// its writing. Throws offer-expired when it is not.
async function confirmOwner(ctx: Ctx, id: string, agentId: string): Promise<InteractionDoc> {
  for (let tries = 0; tries < 2; tries += 1) {
    const [row, view] = await Promise.all([interactionById(ctx.companyId, id), roomOf(ctx).item(id)]);
    if (!row) throw problem('unknown-work-item');
    if (row.invitation || (row.state === 'assigned' && row.agentId === agentId && agrees(row, view))) return row;
    if (tries === 0) await mend(ctx, row, view);
  }
  throw problem('offer-expired');
}

/** The agent does not take it; it goes back with its seniority and is not offered to them again for the cool-down. */
export async function declineOffer(ctx: Ctx, agentId: string, { offerId, reason }: { offerId: string; reason: string }): Promise<void> {
  await settleOutcome(ctx, await roomOf(ctx).decline({ offerId, agentId, reason }, ctx.clock.now()), { why: reason });
}

/** Pull mode: the best item of the queue, at once. Throws not-pull-queue, nothing-waiting, at-capacity, not-eligible, agent-unavailable. */
export async function takeNext(ctx: Ctx, agentId: string, queueId: string): Promise<void> {
  const outcome = await roomOf(ctx).next(agentId, queueId, ctx.clock.now());
  await settleOutcome(ctx, outcome);
  for (const each of outcome.decisions) if (each.kind === 'assigned' && each.by === 'next') await confirmOwner(ctx, each.itemId, agentId);
}
