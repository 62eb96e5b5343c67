import { listEndpoints as api, type Macro, type SavedView } from '../../protocol';
import { route, type Actor, type Ctx, type Route } from '../kernel';
import { actOnTickets } from './act-on-tickets';
import { changeKept, keep, listKept, macroShelf, removeKept, viewShelf } from './keep';
import type { MacroDoc, ViewDoc } from './kept.model';
import { countMatching } from './list-tickets';

const presentView = async (ctx: Ctx, actor: Actor, { _id: id, name, filter, shared, authorId }: ViewDoc): Promise<SavedView> =>
  ({ id, name, filter, shared, mine: authorId === actor.id, count: await countMatching(ctx, actor, filter) });
const presentMacro = (actor: Actor, { _id: id, name, actions, shared, authorId }: MacroDoc): Macro => ({ id, name, actions, shared, mine: authorId === actor.id });

/** REST routes of saved views, macros, and work on several tickets. */
export const listRoutes: Route[] = [
  route(api.count, 'ticket.read', async (ctx, actor, { query }) => ({ count: await countMatching(ctx, actor, query) })),
  route(api.act, 'ticket.read', (ctx, actor, { body }) => actOnTickets(ctx, actor, body)),
  route(api.views, 'ticket.read', async (ctx, actor) => ({ rows: await Promise.all((await listKept(ctx, actor, viewShelf)).map((view) => presentView(ctx, actor, view))) })),
  route(api.addView, 'ticket.read', async (ctx, actor, { body }) => presentView(ctx, actor, await keep(ctx, actor, { shelf: viewShelf, fields: body }))),
  route(api.changeView, 'ticket.read', async (ctx, actor, { params, body }) => presentView(ctx, actor, await changeKept(ctx, actor, { shelf: viewShelf, id: params.id, fields: body }))),
  route(api.removeView, 'ticket.read', async (ctx, actor, { params }) => {
    await removeKept(ctx, actor, { shelf: viewShelf, id: params.id });
    return {};
  }),
  route(api.macros, 'ticket.read', async (ctx, actor) => ({ rows: (await listKept(ctx, actor, macroShelf)).map((each) => presentMacro(actor, each)) })),
  route(api.addMacro, 'ticket.edit', async (ctx, actor, { body }) => presentMacro(actor, await keep(ctx, actor, { shelf: macroShelf, fields: body }))),
  route(api.changeMacro, 'ticket.edit', async (ctx, actor, { params, body }) => presentMacro(actor, await changeKept(ctx, actor, { shelf: macroShelf, id: params.id, fields: body }))),
  route(api.removeMacro, 'ticket.edit', async (ctx, actor, { params }) => {
    await removeKept(ctx, actor, { shelf: macroShelf, id: params.id });
    return {};
  }),
];
