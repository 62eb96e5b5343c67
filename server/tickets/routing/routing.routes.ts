import { routingRuleEndpoints as rules, ticketEndpoints as api } from '../../../protocol';
import { audit } from '../../access';
import { route, type Route } from '../../kernel';
import { loadLiveTicket } from '../load-ticket';
import { presentTicket } from '../ticket.presenter';
import { callBack } from './answer-otherwise';
import { putRules, rulesOf } from './routing-rules';
import { snoozeTicket, wakeTicket } from './snooze-ticket';
import { tryRules } from './try-rules';

/** REST routes of routing rules, callbacks and scheduled work. */
export const routingRoutes: Route[] = [
  route(rules.rules, 'queue.manage', (ctx) => rulesOf(ctx)),
  route(rules.putRules, 'queue.manage', async (ctx, actor, { body }) => {
    const { before, after } = await putRules(ctx, body);
    await audit(ctx, actor, { action: 'routing-rules.changed', subject: { kind: 'settings', id: null, name: 'routing rules' }, before: { rows: before.rows }, after: { rows: after.rows } });
    return after;
  }),
  route(rules.tryRules, 'queue.manage', (ctx, actor, { body }) => tryRules(ctx, actor, body)),
  route(api.snooze, 'ticket.edit', async (ctx, actor, { params, body }) => presentTicket(ctx, actor, await snoozeTicket(ctx, actor, { id: params.id, at: new Date(body.at), kind: body.kind, text: body.note }))),
  route(api.wake, 'ticket.edit', async (ctx, actor, { params }) => presentTicket(ctx, actor, await wakeTicket(ctx, actor, params.id))),
  route(api.callBack, 'ticket.edit', async (ctx, actor, { params, body }) => {
    const ticket = await loadLiveTicket(ctx, actor, { id: params.id, ability: 'ticket.edit' });
    return presentTicket(ctx, actor, await callBack(ctx, actor, { ticket, phone: body.phone, at: body.at === undefined ? null : new Date(body.at) }));
  }),
];
