import { randomUUID } from 'node:crypto';
import { can, problem, type Actor, type Ctx } from '../kernel';
import { agentById, endInvitation, endWork, liveInteraction, liveInvitations, moveWork, queueById, reassignWork, type InteractionDoc } from '../workforce';
import { addMessage } from './add-message';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { putToWork } from './put-to-work';
import { note } from './solve-ticket';
import type { TicketDoc } from './ticket.model';

/** Who gets something: exactly one of them. */
export interface Receiver { queueId?: string; agentId?: string }

/** Hands a ticket to a queue or an agent, who is offered it with its seniority. Throws transfer-to-self, unknown-queue, unknown-account, ticket-closed, bad-input. */
export async function transferTicket(ctx: Ctx, actor: Actor, { id, text, ...receiver }: Receiver & { id: string; text?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  const { queueId, agentId } = receiver;
  if (ticket.status === 'closed') throw problem('ticket-closed');
  await checkReceiver(ctx, actor, receiver);
  const live = await liveInteraction(ctx.companyId, id);
  if (live && agentId && live.state === 'assigned' && live.agentId === agentId) throw problem('transfer-to-self');
  if (text) await leaveNote(ctx, actor, { ticket, text });
  if (agentId) await endHelpOf(ctx, actor, { ticketId: id, agentId });
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId: null, ...(queueId ? { queueId } : {}), ...(ticket.status === 'solved' ? { status: 'open' as const } : {}) } });
  if (live) await moveWork(ctx, actor, { interaction: live, notTo: agentId ? null : live.agentId, ...receiver });
  else await putToWork(ctx, actor, { ticket: agentId ? { ...after, ownerId: agentId } : after, channel: ticket.channel, attributes: {} });
  await note(ctx, actor, { ticket: after, code: 'transferred', params: { by: actor.name, name: await nameOf(ctx, receiver) } });
  return after;
}

/** The agent gives a ticket back to its queue; it keeps its place and is not offered to them for the cool-down. Throws nothing-in-hand, ticket-closed. */
export async function returnTicket(ctx: Ctx, actor: Actor, { id, text }: { id: string; text?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  if (ticket.status === 'closed') throw problem('ticket-closed');
  const live = await liveInteraction(ctx.companyId, id);
  if (live?.state !== 'assigned') throw problem('nothing-in-hand');
  if (text) await leaveNote(ctx, actor, { ticket, text });
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId: null } });
  await moveWork(ctx, actor, { interaction: live, notTo: live.agentId, why: 'returned' });
  await note(ctx, actor, { ticket: after, code: 'returned', params: { by: actor.name } });
  return after;
}

/** What the giver wants the receiver to know. */
export async function leaveNote(ctx: Ctx, actor: Actor, { ticket, text }: { ticket: TicketDoc; text: string }): Promise<void> {
  await addMessage(ctx, actor, { ticket, message: { clientId: `transfer-${randomUUID()}`, kind: 'note', channel: ticket.channel, authorId: actor.id, authorName: actor.name, text } });
}

/** Throws bad-input unless exactly one is named, transfer-to-self, unknown-queue, unknown-account. */
export async function checkReceiver(ctx: Ctx, actor: Actor, { queueId, agentId }: Receiver): Promise<void> {
  if ((queueId === undefined) === (agentId === undefined)) throw problem('bad-input', { need: 'queueId or agentId' });
  if (agentId !== undefined && agentId === actor.id) throw problem('transfer-to-self');
  if (queueId && !(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  if (agentId && !(await agentById(ctx.companyId, agentId))) throw problem('unknown-account');
}

/** The name of whoever gets it. */
export const nameOf = async (ctx: Ctx, { queueId, agentId }: Receiver): Promise<string> => (queueId ? await queueById(ctx.companyId, queueId) : await agentById(ctx.companyId, agentId ?? ''))?.name ?? '';

// Who helps already cannot be offered it besides.
async function endHelpOf(ctx: Ctx, actor: Actor, { ticketId, agentId }: { ticketId: string; agentId: string }): Promise<void> {
  const theirs = (await liveInvitations(ctx.companyId, ticketId)).filter((each) => each.agentId === agentId || each.invitation?.agentId === agentId);
  for (const { _id } of theirs) await endInvitation(ctx, actor, { id: _id, mayEnd: () => true });
}

/**
 * Makes somebody the owner without asking, or nobody. Work in progress goes to the new owner, within their capacity; who is offline gets the
 * ticket without it. Throws unknown-account, at-capacity, no-choosing.
 */
export async function assignTicket(ctx: Ctx, actor: Actor, { id, ownerId }: { id: string; ownerId: string | null }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  const agent = ownerId === null ? null : await agentById(ctx.companyId, ownerId);
  if (ownerId !== null && !agent) throw problem('unknown-account');
  const live = await liveInteraction(ctx.companyId, id);
  if (live && agent) await giveWork(ctx, actor, { live, agentId: agent._id, here: agent.state !== 'offline' && agent.state !== 'not-responding' });
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId, ...(ticket.status === 'new' && ownerId ? { status: 'open' as const } : {}) } });
  if (!ownerId) await waitAgain(ctx, actor, { ticket: after, live });
  return after;
}

async function giveWork(ctx: Ctx, actor: Actor, { live, agentId, here }: { live: InteractionDoc; agentId: string; here: boolean }): Promise<void> {
  if (live.state === 'assigned' && live.agentId === agentId) return;
  if (live.state === 'waiting' && !can(actor, 'work.reassign') && (await queueById(ctx.companyId, live.queueId))?.pull) throw problem('no-choosing');
  if (here) return reassignWork(ctx, live._id, agentId);
  await endWork(ctx, actor, { interaction: live, end: { how: live.acceptedAt ? 'handled' : 'withdrawn', disposition: null } });
}

async function waitAgain(ctx: Ctx, actor: Actor, { ticket, live }: { ticket: TicketDoc; live: InteractionDoc | null }): Promise<void> {
  if (live?.state === 'assigned') await moveWork(ctx, actor, { interaction: live, notTo: live.agentId, why: 'returned' });
  else if (!live && ticket.waitingSince && ['new', 'open'].includes(ticket.status)) await putToWork(ctx, actor, { ticket, channel: ticket.channel, attributes: {} });
}
