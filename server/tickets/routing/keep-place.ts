import type { Ctx, DomainEvent } from '../../kernel';
import { changeWork, liveInteraction, routingSettingsOf } from '../../workforce';
import { ticketById } from '../ticket.model';

/** What waits takes the place its ticket's priority and due time give it; what is offered keeps its place until it comes back. */
export async function keepPlace(ctx: Ctx, ticketId: string): Promise<void> {
  const live = await liveInteraction(ctx.companyId, ticketId);
  if (live?.state !== 'waiting') return;
  const ticket = await ticketById(ctx.companyId, ticketId);
  if (!ticket) return;
  const minutes = (await routingSettingsOf(ctx.companyId)).priorityMinutes[ticket.priority];
  if (minutes === live.priorityMinutes && live.dueAt?.getTime() === ticket.dueAt?.getTime()) return;
  await changeWork(ctx, { interaction: live, set: { priorityMinutes: minutes, dueAt: ticket.dueAt } });
}

/** Whether an event may have moved a ticket's work. */
export const movesPlace = ({ name, data }: DomainEvent): boolean => name !== 'ticket.changed' || (typeof data['changes'] === 'object' && data['changes'] !== null && 'priority' in data['changes']);
