import { randomUUID } from 'node:crypto';
import { can, problem, type Actor, type Ctx } from '../kernel';
import { agentById, agentsOf, endInvitation, endWork, liveInteraction, liveInvitations, moveWork, queueById, reassignWork, skillsOf, type InteractionDoc } from '../workforce';
import { addMessage } from './add-message';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { putToWork } from './put-to-work';
import { note } from './solve-ticket';
import type { TicketDoc } from './ticket.model';

/** Who gets something: a queue, an agent, or whoever has a skill in a queue, by default the one it is in. */
export interface Receiver { queueId?: string; agentId?: string; skill?: { id: string; level: number } }

/** Hands a ticket to a queue, an agent or whoever has a skill; they are offered it with its seniority. Throws transfer-to-self, unknown-queue, unknown-account, unknown-skill, nobody-has-skill, ticket-closed, bad-input. */
export async function transferTicket(ctx: Ctx, actor: Actor, { id, text, ...receiver }: Receiver & { id: string; text?: string }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.assign' });
  const { queueId, agentId } = receiver;
  if (ticket.status === 'closed') throw problem('ticket-closed');
  await checkReceiver(ctx, actor, { ...receiver, home: ticket.queueId });
  const requirement = requirementOf(receiver);
  const live = await liveInteraction(ctx.companyId, id);
  if (live && agentId && live.state === 'assigned' && live.agentId === agentId) throw problem('transfer-to-self');
  if (text) await leaveNote(ctx, actor, { ticket, text });
  if (agentId) await endHelpOf(ctx, actor, { ticketId: id, agentId });
  const after = await changeTicket(ctx, actor, { ticket, set: { ownerId: null, ...(queueId ? { queueId } : {}), ...(ticket.status === 'solved' ? { status: 'open' as const } : {}) } });
  if (live) await moveWork(ctx, actor, { interaction: live, notTo: agentId ? null : live.agentId, ...receiver, requirement });
  else await putToWork(ctx, actor, { ticket: { ...after, ownerId: agentId ?? after.ownerId, requirement: { ...after.requirement, ...requirement } }, channel: ticket.channel, attributes: {} });
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

/** The skills a receiver has to have. */
export const requirementOf = ({ skill }: Receiver): Record<string, number> => (skill ? { [skill.id]: skill.level } : {});

/** Throws bad-input unless either an agent or a queue, a skill or both are named; transfer-to-self, unknown-queue, unknown-account, unknown-skill, nobody-has-skill. */
export async function checkReceiver(ctx: Ctx, actor: Actor, { queueId, agentId, skill, home }: Receiver & { home: string }): Promise<void> {
  if ((queueId === undefined && skill === undefined) === (agentId === undefined)) throw problem('bad-input', { need: 'queueId, skill or agentId' });
  if (agentId !== undefined && agentId === actor.id) throw problem('transfer-to-self');
  if (queueId && !(await queueById(ctx.companyId, queueId))) throw problem('unknown-queue');
  if (agentId && !(await agentById(ctx.companyId, agentId))) throw problem('unknown-account');
  if (skill) await checkSkill(ctx, skill, queueId ?? home);
}

async function checkSkill(ctx: Ctx, skill: NonNullable<Receiver['skill']>, queueId: string): Promise<void> {
  if (!(await skillsOf(ctx.companyId)).some(({ _id }) => _id === skill.id)) throw problem('unknown-skill');
  if (!(await agentsOf(ctx.companyId)).some((agent) => agent.queueIds.includes(queueId) && (agent.skills[skill.id] ?? 0) >= skill.level)) throw problem('nobody-has-skill');
}

/** The name of whoever gets it. */
export async function nameOf(ctx: Ctx, { queueId, agentId, skill }: Receiver): Promise<string> {
  const [queue, agent, skills] = await Promise.all([queueId ? queueById(ctx.companyId, queueId) : null, agentId ? agentById(ctx.companyId, agentId) : null, skill ? skillsOf(ctx.companyId) : []]);
  return [queue?.name, agent?.name, skills.find(({ _id }) => _id === skill?.id)?.name].filter(Boolean).join(', ');
}

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
