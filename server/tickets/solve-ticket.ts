import { contextOf, problem, readSetting, system, type Actor, type Ctx, type Services } from '../kernel';
import { endWork, liveInteraction, queueById, settled, unsettled, type InteractionDoc } from '../workforce';
import { addMessage } from './add-message';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { dispositionSettings } from './ticket.settings';
import { ticketById, type TicketDoc } from './ticket.model';

/** Solves a ticket (or sets it aside) with an outcome; its interaction ends. Throws disposition-required, ticket-closed, bad-input. */
export async function solveTicket(ctx: Ctx, actor: Actor, { id, disposition, status, wrapUp }: { id: string; disposition: string | null; status: 'solved' | 'pending' | 'on-hold'; wrapUp?: boolean }): Promise<TicketDoc> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.solve' });
  if (ticket.status === 'closed') throw problem('ticket-closed');
  const live = await liveInteraction(ctx.companyId, id);
  await checkDisposition(ctx, { ticket, disposition });
  const ownerId = ticket.ownerId ?? (actor.kind === 'account' ? actor.id : null);
  // The work first: a message that comes in between finds none and waits anew, and a crash leaves no solved ticket that fills an agent's hands. What the ticket becomes is written with it.
  const settling = { status, by: { id: actor.id, name: actor.name }, at: new Date(ctx.clock.now()) };
  if (live) await endWork(ctx, actor, { interaction: live, end: { how: live.state === 'assigned' || live.acceptedAt ? 'handled' : 'withdrawn', disposition, wrapUp: wrapUp ?? false, settling } });
  const after = await changeTicket(ctx, actor, { ticket, set: { status, ownerId, ...(disposition === null ? {} : { disposition }), ...(status === 'solved' ? { waitingSince: null } : {}) } });
  if (status === 'solved' && ticket.status !== 'solved') await note(ctx, actor, { ticket: after, code: 'solved', params: { by: actor.name, disposition } });
  if (live) await settled(ctx.companyId, live._id);
  return after;
}

const settleMs = 5000;

/** Makes tickets what they were to become when their work ended and a process died; the sweep. */
export async function sweepUnsettled(services: Services): Promise<void> {
  for (const work of await unsettled(new Date(services.clock.now() - settleMs))) await settle(contextOf(services, work.companyId), work);
}

async function settle(ctx: Ctx, { _id, ticketId, settling, disposition }: InteractionDoc): Promise<void> {
  const ticket = await ticketById(ctx.companyId, ticketId);
  const newer = !ticket || !settling || ticket.lastMessageAt > settling.at || (await liveInteraction(ctx.companyId, ticketId)) !== null;
  if (!newer && ![settling.status, 'solved', 'closed'].includes(ticket.status)) {
    const after = await changeTicket(ctx, system('solving'), { ticket, set: { status: settling.status, ownerId: ticket.ownerId ?? settling.by.id, ...(disposition === null ? {} : { disposition }), ...(settling.status === 'solved' ? { waitingSince: null } : {}) } });
    if (settling.status === 'solved') await note(ctx, system('solving'), { ticket: after, code: 'solved', params: { by: settling.by.name, disposition } });
  }
  await settled(ctx.companyId, _id);
}

async function checkDisposition(ctx: Ctx, { ticket, disposition }: { ticket: TicketDoc; disposition: string | null }): Promise<void> {
  const queue = await queueById(ctx.companyId, ticket.queueId);
  if (disposition === null) {
    if (queue?.wrapUp.dispositionRequired && queue.wrapUp.mode === 'none') throw problem('disposition-required');
    return;
  }
  const { rows } = await readSetting(ctx.companyId, 'dispositions', dispositionSettings);
  if (rows.length > 0 && !rows.some((each) => each.code === disposition)) throw problem('bad-input', { disposition });
}

/** Adds a line to the timeline about something Trunkline or a colleague did. */
export async function note(ctx: Ctx, actor: Actor, { ticket, code, params }: { ticket: TicketDoc; code: string; params: Record<string, string | number | null> }): Promise<void> {
  const clientId = `${code}-${ctx.clock.now()}-${Math.random().toString(36).slice(2, 10)}`;
  await addMessage(ctx, actor, { ticket, message: { clientId, kind: 'system', channel: ticket.channel, authorId: actor.id, authorName: actor.name, system: { code, params }, automatic: true } });
}
