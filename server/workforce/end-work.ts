import { happened, type Actor, type Ctx } from '../kernel';
import { Agents } from './agent.model';
import { Interactions, type InteractionDoc, type Segment, type Settling } from './interaction.model';
import { queueById } from './queue.model';
import { startWrapUp } from './wrap-up';

/** How an episode ends. */
export interface WorkEnd {
  how: 'handled' | 'abandoned' | 'withdrawn';
  disposition: string | null;
  /** What the ticket is to become right after; whoever makes it that calls `settled`. */
  settling?: Settling;
  /** The agent asks for time to wrap up, where the queue leaves it to them. */
  wrapUp?: boolean;
}

/** Ends an interaction, whoever has it, and frees the agent (or sends them to wrap-up). Ended ones stay as they are. */
export async function endWork(ctx: Ctx, actor: Actor, { interaction, end }: { interaction: InteractionDoc; end: WorkEnd }): Promise<void> {
  const { companyId } = ctx;
  const now = ctx.clock.now();
  const event = happened('work.ended', {
    workItemId: interaction._id, ticketId: interaction.ticketId, queueId: interaction.queueId, channel: interaction.channel, agentId: interaction.state === 'assigned' ? interaction.agentId : null, how: end.how, disposition: end.disposition,
    waitSeconds: seconds(interaction.arrivedAt, interaction.acceptedAt ?? new Date(now)), handleSeconds: interaction.acceptedAt ? seconds(interaction.acceptedAt, new Date(now)) : 0,
  }, { by: actor, subject: interaction._id, at: now });
  const written = await Interactions.updateOne({ companyId, _id: interaction._id, endedAt: null }, {
    $set: { state: 'ended', endedAt: new Date(now), how: end.how, disposition: end.disposition, ...(end.settling ? { settling: end.settling } : {}), updatedAt: new Date(now), segments: segmentsOf(interaction, now) }, $push: { pending: event },
  });
  if (written.modifiedCount === 0) return;
  if (interaction.state === 'assigned' && end.how === 'handled') await beginWrapUp(ctx, actor, { interaction, end });
  await ctx.relay.publish({ collection: 'interactions', companyId, id: interaction._id }, [event]);
}

const seconds = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / 1000);

function segmentsOf(interaction: InteractionDoc, now: number): Segment[] {
  // What was handed over or returned has its earlier stretches already.
  const from = interaction.segments.at(-1)?.to ?? interaction.arrivedAt;
  const waiting: Segment = { kind: 'waiting', agentId: null, queueId: interaction.queueId, from, to: interaction.acceptedAt ?? new Date(now) };
  if (!interaction.acceptedAt) return [...interaction.segments, waiting];
  return [...interaction.segments, waiting, { kind: 'handling', agentId: interaction.agentId, queueId: interaction.queueId, from: interaction.acceptedAt, to: new Date(now) }];
}

async function beginWrapUp(ctx: Ctx, actor: Actor, { interaction, end }: { interaction: InteractionDoc; end: WorkEnd }): Promise<void> {
  const queue = await queueById(ctx.companyId, interaction.queueId);
  const agent = await Agents.findOne({ companyId: ctx.companyId, _id: interaction.agentId ?? '' }).lean();
  if (!queue || !agent || queue.wrapUp.mode === 'none' || agent.state !== 'available') return;
  if (queue.wrapUp.mode === 'optional' && !end.wrapUp) return;
  await startWrapUp(ctx, actor, { interaction, queue, dispositionRequired: queue.wrapUp.dispositionRequired && end.disposition === null });
}
