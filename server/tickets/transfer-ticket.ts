import { randomUUID } from 'node:crypto';
import { problem, type Actor, type Ctx } from '../kernel';
import { agentById, endWork, liveInteraction, moveWork, queueById } from '../workforce';
import { addMessage } from './add-message';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { putToWork } from './put-to-work';
import { note } from './solve-ticket';
import type { TicketDoc } from './ticket.model';

/** Hands a ticket to a queue or an agent, who is offered it with its seniority. Throws transfer-to-self, unknown-queue, unknown-account, ticket-closed, bad-input. */
export async function transferTicket(ctx: Ctx, actor: Actor, { id, queueId, agentId, text }: { id: string; queueId?: string; agentId?: string; text?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  if (ticket.status === 'closed') throw problem('ticket-closed');
  if ((queueId === undefined) === (agentId === undefined)) throw problem('bad-input', { need: 'queueId or agentId' });
  if (agentId !== undefined && agentId === actor.id) throw problem('transfer-to-self');
  await checkReceiver(ctx, { queueId, agentId });
  if (text) await addMessage(ctx, actor, { ticket, message: { clientId: `transfer-${randomUUID()}`, kind: 'note', channel: ticket.channel, authorId: actor.id, authorName: actor.name, text } });
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId: null, ...(queueId ? { queueId } : {}), ...(ticket.status === 'solved' ? { status: 'open' as const } : {}) } });
  const live = await liveInteraction(ctx.companyId, id);
  if (live) await moveWork(ctx, actor, { interaction: live, ...(queueId ? { queueId } : {}), ...(agentId ? { agentId } : {}) });
  else await putToWork(ctx, actor, { ticket: agentId ? { ...after, ownerId: agentId } : after, channel: ticket.channel, attributes: {} });
  await note(ctx, actor, { ticket: after, code: 'transferred', params: { by: actor.name, queueId: queueId ?? null, agentId: agentId ?? null } });
  return after;
}

async function checkReceiver(ctx: Ctx, { queueId, agentId }: { queueId: string | undefined; agentId: string | undefined }): Promise<void> {
  if (queueId && !(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  if (agentId && !(await agentById(ctx.companyId, agentId))) throw problem('unknown-account');
}

/** Makes somebody the owner without asking, or nobody. What waits or is offered to others ends: the owner has it. Throws unknown-account. */
export async function assignTicket(ctx: Ctx, actor: Actor, { id, ownerId }: { id: string; ownerId: string | null }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  if (ownerId !== null && !(await agentById(ctx.companyId, ownerId))) throw problem('unknown-account');
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId, ...(ticket.status === 'new' && ownerId ? { status: 'open' as const } : {}) } });
  const live = await liveInteraction(ctx.companyId, id);
  if (live && ownerId && live.state !== 'assigned') await endWork(ctx, actor, { interaction: live, end: { how: 'withdrawn', disposition: null } });
  if (!live && !ownerId) await enqueueAgain(ctx, actor, after);
  return after;
}

async function enqueueAgain(ctx: Ctx, actor: Actor, ticket: TicketDoc): Promise<void> {
  if (ticket.waitingSince && ['new', 'open'].includes(ticket.status)) await putToWork(ctx, actor, { ticket, channel: ticket.channel, attributes: {} });
}

