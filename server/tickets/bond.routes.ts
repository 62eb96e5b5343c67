import { bondEndpoints as api, type TicketBonds } from '../../protocol';
import { accountName } from '../access';
import { problem, route, type Actor, type Ctx, type Route } from '../kernel';
import { loadLiveTicket, loadTicket } from './load-ticket';
import { linkTickets, mergeTickets, splitTicket, unlinkTickets, unmergeTicket } from './merge-tickets';
import { messageById } from './message.model';
import { intakeById, originalOf } from './quarantine';
import { sendMessage } from './send-message';
import { noteTicket, Tickets, type TicketDoc } from './ticket.model';
import { presentTicket } from './ticket.presenter';
import { transcriptOf } from './transcript';

async function bondsOf(ctx: Ctx, actor: Actor, id: string): Promise<TicketBonds> {
  const ticket = await loadTicket(ctx, actor, { id, ability: 'ticket.read' });
  const links = ticket.links ?? [];
  const [others, merged, followers] = await Promise.all([
    Tickets.find({ companyId: ctx.companyId, _id: { $in: links.map((each) => each.id) } }).lean<TicketDoc[]>(), Tickets.find({ companyId: ctx.companyId, 'mergedInto.id': id }).lean<TicketDoc[]>(),
    Promise.all((ticket.followers ?? []).map(async (each) => ({ id: each, name: await accountName(ctx, each) }))),
  ]);
  return {
    links: links.flatMap(({ id: otherId, kind }) => others.filter((each) => each._id === otherId).map((each) => ({ id: otherId, number: each.number, subject: each.subject, status: each.status, kind }))),
    mergedInto: ticket.mergedInto ? { id: ticket.mergedInto.id, number: ticket.mergedInto.number } : null, merged: merged.map((each) => ({ id: each._id, number: each.number })), followers, following: (ticket.followers ?? []).includes(actor.id ?? ''),
  };
}

const bindRoutes: Route[] = [
  route(api.bonds, 'ticket.read', (ctx, actor, { params }) => bondsOf(ctx, actor, params.id)),
  route(api.merge, 'ticket.edit', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await mergeTickets(ctx, actor, { id: params.id, ...body }))),
  route(api.unmerge, 'ticket.edit', async (ctx, actor, { params }) => presentTicket(ctx, actor, await unmergeTicket(ctx, actor, params.id))),
  route(api.split, 'ticket.edit', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await splitTicket(ctx, actor, { id: params.id, ...body }))),
  route(api.link, 'ticket.edit', async (ctx, actor, { params, body }) => {
    await Promise.all([loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.edit' }), loadTicket(ctx, actor, { id: body.otherId, ability: 'ticket.read' })]);
    if (params.id === body.otherId) throw problem('bad-input', { otherId: body.otherId });
    await linkTickets(ctx, { id: params.id, ...body });
    return bondsOf(ctx, actor, params.id);
  }),
  route(api.unlink, 'ticket.edit', async (ctx, actor, { params }) => {
    await loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.edit' });
    await unlinkTickets(ctx, params);
    return bondsOf(ctx, actor, params.id);
  }),
];

const peopleRoutes: Route[] = [
  route(api.participants, 'ticket.edit', async (ctx, actor, { params, body }) => {
    const ticket = await loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.edit' });
    await Tickets.updateOne({ companyId: ctx.companyId, _id: ticket._id }, { $set: { participants: body.participants }, $inc: { version: 1 } });
    return presentTicket(ctx, actor, await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' }));
  }),
  route(api.follow, 'ticket.read', async (ctx, actor, { params, body }) => {
    await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' });
    if (actor.kind !== 'account') throw problem('not-allowed');
    await Tickets.updateOne({ companyId: ctx.companyId, _id: params.id }, body.on ? { $addToSet: { followers: actor.id } } : { $pull: { followers: actor.id } });
    noteTicket(ctx.companyId, params.id, () => null);
    return bondsOf(ctx, actor, params.id);
  }),
  route(api.transcript, 'ticket.read', async (ctx, actor, { params }) => transcriptOf(ctx, await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' }))),
  route(api.sendTranscript, 'ticket.reply', async (ctx, actor, { params, body }) => {
    const ticket = await loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.reply' });
    await sendMessage(ctx, actor, { ticketId: ticket._id, input: { clientId: body.clientId, kind: 'agent', channel: 'email', to: [body.to], text: await transcriptOf(ctx, ticket), quote: false } });
    return {};
  }),
  route(api.original, 'ticket.read', async (ctx, actor, { params }) => {
    await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' });
    const message = await messageById(ctx.companyId, params.messageId);
    if (message?.ticketId !== params.id || !message.originalId) throw problem('not-found');
    return (await originalOf(ctx, await intakeById(ctx, message.originalId))).toString('utf8');
  }),
];

/** What binds tickets to each other and to people. */
export const bondRoutes: Route[] = [...bindRoutes, ...peopleRoutes];
