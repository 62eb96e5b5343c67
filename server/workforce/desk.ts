import type { Desk, Offer } from '../../protocol';
import { readSetting, type Ctx } from '../kernel';
import { agentById } from './agent.model';
import { interactionsOfAgent, type InteractionDoc } from './interaction.model';
import { queuesOf, type QueueDoc } from './queue.model';
import { isOver } from '../../queues';
import { roomOf } from './rooms';
import { awayReasons, declineReasons } from './settings';

const empty: Omit<Desk, 'since'> = { state: 'offline', reason: '', load: 0, over: false, offers: [], assigned: [], wrapUp: null, awayReasons: [], declineReasons: [], pullQueues: [] };

/** The agent's desk as their console shows it; that of somebody who takes no work is an empty one. */
export async function deskOf(ctx: Ctx, agentId: string): Promise<Desk> {
  const [agent, held, queues, seat, reasons, declining] = await Promise.all([agentById(ctx.companyId, agentId), interactionsOfAgent(ctx.companyId, agentId), queuesOf(ctx.companyId), roomOf(ctx).agent(agentId), readSetting(ctx.companyId, 'away-reasons', awayReasons), readSetting(ctx.companyId, 'decline-reasons', declineReasons)]);
  if (!agent) return { ...empty, since: new Date(ctx.clock.now()).toISOString() };
  const load = seat ? seat.firmLoad + seat.softLoad : 0;
  const state = seat?.state ?? agent.state;
  const aside = seat ? seat.firmLoad + seat.softLoad > agent.capacity : false;
  return {
    state: state === 'available' && load >= agent.capacity ? 'busy' : state, reason: agent.reason, since: agent.since.toISOString(), load, over: seat ? isOver(seat, seat.profile) : false,
    offers: held.filter((each) => each.state === 'offered').map((each) => presentOffer(each, queues)),
    assigned: held.filter((each) => each.state === 'assigned').map((each) => ({
      workItemId: each._id, ticketId: each.ticketId, channel: each.channel, since: (each.acceptedAt ?? each.arrivedAt).toISOString(), kind: each.invitation?.kind ?? null, asleep: each.asleep ?? false, aside: aside && each.interruptible,
    })),
    wrapUp: agent.wrapUp ? { ticketId: agent.wrapUp.ticketId, until: agent.wrapUp.until?.toISOString() ?? null, extended: agent.wrapUp.extended, dispositionRequired: agent.wrapUp.dispositionRequired } : null,
    awayReasons: reasons.rows, declineReasons: declining.rows, pullQueues: queues.filter((queue) => queue.pull && agent.queueIds.includes(queue._id)).map((queue) => ({ id: queue._id, name: queue.name })),
  };
}

function presentOffer(interaction: InteractionDoc, queues: QueueDoc[]): Offer {
  const queue = queues.find((each) => each._id === interaction.queueId);
  return {
    id: interaction.offerId ?? '', workItemId: interaction._id, ticketId: interaction.ticketId, ticketNumber: interaction.ticketNumber, channel: interaction.channel, queueId: interaction.queueId, queueName: queue?.name ?? '',
    subject: interaction.subject, customerName: interaction.customerName, arrivedAt: interaction.arrivedAt.toISOString(), offeredAt: interaction.updatedAt.toISOString(),
    expiresAt: (interaction.offerExpiresAt ?? interaction.updatedAt).toISOString(), autoAccept: queue?.autoAccept ?? false, phone: interaction.phone ?? null,
    invitation: interaction.invitation ? { kind: interaction.invitation.kind, byName: interaction.invitation.byName, note: interaction.invitation.note } : null,
  };
}
