import { ticketEndpoints as api } from '../../protocol';
import { checkFields } from '../customers';
import { demand, route, type Route } from '../kernel';
import { askColleague, endHelp } from './ask-colleague';
import { changeTicket } from './change-ticket';
import { retryMessage, undoMessage } from './deliver-message';
import { exportTickets } from './export-tickets';
import { countTickets, listTickets } from './list-tickets';
import { loadLiveTicket, loadTicket } from './load-ticket';
import { messagesAfter, messagesBefore } from './message.model';
import { openTicket } from './open-ticket';
import { receiveUpload } from './receive-upload';
import { routingRoutes } from './routing/routing.routes';
import { sendMessage } from './send-message';
import { sortTicket } from './sort-ticket';
import { solveTicket } from './solve-ticket';
import { presentMessage, presentSummary, presentTicket } from './ticket.presenter';
import { assignTicket, returnTicket, transferTicket } from './transfer-ticket';
import { markSpam, restoreTicket, trashTicket } from './trash-ticket';

const listRoutes: Route[] = [
  route(api.list, 'ticket.read', async (ctx, actor, { query }) => {
    const { after, limit, ...filter } = query;
    const page = await listTickets(ctx, actor, { filter, limit, ...(after === undefined ? {} : { after }) });
    return { rows: page.rows.map((ticket) => presentSummary(ticket, ctx.clock.now())), next: page.next };
  }),
  route(api.counts, 'ticket.read', (ctx, actor) => countTickets(ctx, actor)),
  route(api.exportCsv, 'ticket.export', (ctx, actor, { query }) => exportTickets(ctx, actor, query)),
  route(api.open, 'ticket.open', async (ctx, actor, { body }) => presentTicket(ctx, actor, await openTicket(ctx, actor, body))),
];

const readRoutes: Route[] = [
  route(api.read, 'ticket.read', async (ctx, actor, { params }) => presentTicket(ctx, actor, await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' }))),
  route(api.messages, 'ticket.read', async (ctx, actor, { params, query }) => {
    const ticket = await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' });
    const limit = query.limit + 1;
    if (query.beforeSeq !== undefined) {
      const rows = await messagesBefore(ctx.companyId, ticket._id, { beforeSeq: query.beforeSeq, limit });
      return { rows: rows.slice(-query.limit).map(presentMessage), more: rows.length > query.limit };
    }
    const rows = await messagesAfter(ctx.companyId, ticket._id, { afterSeq: query.afterSeq, limit });
    return { rows: rows.slice(0, query.limit).map(presentMessage), more: rows.length > query.limit };
  }),
  route(api.markRead, 'ticket.read', async (ctx, actor, { params }) => {
    const ticket = await loadTicket(ctx, actor, { id: params.id, ability: 'ticket.read' });
    if (ticket.unread && ticket.ownerId === actor.id) await changeTicket(ctx, actor, { ticket, set: { unread: false } });
    return {};
  }),
];

const messageRoutes: Route[] = [
  route(api.send, 'ticket.note', async (ctx, actor, { params, body }) => presentMessage(await sendMessage(ctx, actor, { ticketId: params.id, input: body }))),
  route(api.undo, 'ticket.reply', async (ctx, actor, { params }) => {
    await undoMessage(ctx, actor, { ticketId: params.id, messageId: params.messageId });
    return {};
  }),
  route(api.retry, 'ticket.reply', async (ctx, actor, { params }) => presentMessage(await retryMessage(ctx, actor, { ticketId: params.id, messageId: params.messageId }))),
  route(api.upload, 'ticket.note', async (ctx, actor, { request }) => {
    demand(actor, 'ticket.note');
    return receiveUpload(ctx, actor, request);
  }),
];

const changeRoutes: Route[] = [
  route(api.change, 'ticket.edit', async (ctx, actor, { params, body }) => {
    const { version, ...set } = body;
    const ticket = await loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.edit' });
    if (set.fields) await checkFields(ctx, 'ticket', set.fields);
    return presentTicket(ctx, actor, await changeTicket(ctx, actor, { ticket, set, ...(version === undefined ? {} : { basedOn: version }) }));
  }),
  route(api.sort, 'ticket.edit', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await sortTicket(ctx, actor, { id: params.id, ...body }))),
  route(api.assign, 'ticket.assign', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await assignTicket(ctx, actor, { id: params.id, ownerId: body.ownerId }))),
  route(api.transfer, 'ticket.assign', async (ctx, actor, { params, body }) => {
    const { note, ...receiver } = body;
    return presentTicket(ctx, actor, await transferTicket(ctx, actor, { id: params.id, ...receiver, ...(note === undefined ? {} : { text: note }) }));
  }),
  route(api.returnToQueue, 'ticket.assign', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await returnTicket(ctx, actor, { id: params.id, ...(body.note === undefined ? {} : { text: body.note }) }))),
  route(api.invite, 'ticket.note', async (ctx, actor, { params, body }) => {
    const { note, ...asked } = body;
    return presentTicket(ctx, actor, await askColleague(ctx, actor, { id: params.id, ...asked, ...(note === undefined ? {} : { text: note }) }));
  }),
  route(api.endInvitation, 'ticket.read', async (ctx, actor, { params }) => {
    await endHelp(ctx, actor, params);
    return {};
  }),
  route(api.solve, 'ticket.solve', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await solveTicket(ctx, actor, { id: params.id, disposition: body.disposition ?? null, status: body.status, wrapUp: body.wrapUp ?? false }))),
  route(api.spam, 'ticket.spam', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await markSpam(ctx, actor, { id: params.id, ...body }))),
  route(api.trash, 'ticket.trash', async (ctx, actor, { params }) => presentTicket(ctx, actor, await trashTicket(ctx, actor, params.id))),
  route(api.restore, 'ticket.trash', async (ctx, actor, { params }) => presentTicket(ctx, actor, await restoreTicket(ctx, actor, params.id))),
];

/** REST routes of tickets and messages. */
export const ticketRoutes: Route[] = [...routingRoutes, ...listRoutes, ...readRoutes, ...messageRoutes, ...changeRoutes];
