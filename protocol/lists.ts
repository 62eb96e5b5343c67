import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, flag, id, line, nothing, partialOf, text } from './fields';
import { priority, ticketFilter, ticketStatus } from './tickets';

const tags = z.array(line(60, 'Tag')).min(1).max(30);

/** One step done to a ticket: by hand to several at once, or kept in a macro. */
export const ticketAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status').describe('What is done'), status: ticketStatus.exclude(['new', 'closed']).describe('New status') }),
  z.strictObject({ kind: z.literal('priority').describe('What is done'), priority }),
  z.strictObject({ kind: z.literal('add-tags').describe('What is done'), tags: tags.describe('Tags to add') }),
  z.strictObject({ kind: z.literal('remove-tags').describe('What is done'), tags: tags.describe('Tags to take away') }),
  z.strictObject({ kind: z.literal('assign').describe('What is done'), to: z.union([z.enum(['me', 'nobody']), id('Account')]).describe('me: whoever runs it; nobody: no owner; else an account') }),
  z.strictObject({ kind: z.literal('transfer').describe('What is done'), queueId: id('Queue it goes to') }),
  z.strictObject({ kind: z.literal('note').describe('What is done'), text: text(20_000, 'Note for colleagues') }),
  z.strictObject({ kind: z.literal('write').describe('What is done'), text: text(20_000, 'Put into the composer for the agent to look over and send; done by the console, nothing on the server') }),
  z.strictObject({ kind: z.literal('spam').describe('What is done') }),
  z.strictObject({ kind: z.literal('trash').describe('What is done') }),
]);
export type TicketAction = z.output<typeof ticketAction>;
const actions = z.array(ticketAction).min(1).max(20).describe('What is done, in order');

/** Actions kept under a name. */
export const macro = z.object({ id: id('Macro'), name: line(80, 'Name'), actions, shared: flag('Everybody sees it; else only its author'), mine: flag('The reader made it') });
export type Macro = z.output<typeof macro>;
const macroFields = { name: macro.shape.name, actions, shared: macro.shape.shared };

/** A filter kept under a name. */
export const savedView = z.object({ id: id('View'), name: line(80, 'Name'), filter: ticketFilter, shared: flag('Everybody sees it; else only its author'), mine: flag('The reader made it'), count: count('How many tickets it holds for the reader') });
export type SavedView = z.output<typeof savedView>;
const viewFields = { name: savedView.shape.name, filter: ticketFilter, shared: savedView.shape.shared };

/** What came of acting on several tickets. */
export const actionOutcome = z.object({ done: z.array(id('Ticket')).describe('Tickets on which every step was done'), refused: z.array(z.object({ id: id('Ticket'), code: z.string().describe('Problem code') }).describe('A ticket and why not')).describe('Tickets on which a step was refused; the steps before it stay') });

const byId = z.strictObject({ id: id('Which') });

/** Endpoints of saved views, macros, and work on several tickets at once. */
export const listEndpoints = {
  count: endpoint({ name: 'ticket.count', method: 'GET', path: '/ticket-count', summary: 'How many tickets a list holds', audience: 'account', query: ticketFilter, response: z.object({ count: count('Tickets') }) }),
  act: endpoint({ name: 'ticket.act', method: 'POST', path: '/ticket-actions', summary: 'Do the same to several tickets', audience: 'account', body: z.strictObject({ ticketIds: z.array(id('Ticket')).min(1).max(200).describe('Which'), actions }), response: actionOutcome }),
  views: endpoint({ name: 'view.list', method: 'GET', path: '/views', summary: 'My views and those shared with everybody, by name, with live counts', audience: 'account', response: z.object({ rows: z.array(savedView) }) }),
  addView: endpoint({ name: 'view.add', method: 'POST', path: '/views', summary: 'Keep a view; a shared one needs queue.manage', audience: 'account', body: z.strictObject(viewFields), response: savedView }),
  changeView: endpoint({ name: 'view.change', method: 'PATCH', path: '/views/:id', summary: 'Change a view', audience: 'account', params: byId, body: partialOf(viewFields), response: savedView }),
  removeView: endpoint({ name: 'view.remove', method: 'DELETE', path: '/views/:id', summary: 'Remove a view', audience: 'account', params: byId, response: nothing }),
  macros: endpoint({ name: 'macro.list', method: 'GET', path: '/macros', summary: 'My macros and those shared with everybody, by name', audience: 'account', response: z.object({ rows: z.array(macro) }) }),
  addMacro: endpoint({ name: 'macro.add', method: 'POST', path: '/macros', summary: 'Keep a macro; a shared one needs queue.manage', audience: 'account', body: z.strictObject(macroFields), response: macro }),
  changeMacro: endpoint({ name: 'macro.change', method: 'PATCH', path: '/macros/:id', summary: 'Change a macro', audience: 'account', params: byId, body: partialOf(macroFields), response: macro }),
  removeMacro: endpoint({ name: 'macro.remove', method: 'DELETE', path: '/macros/:id', summary: 'Remove a macro', audience: 'account', params: byId, response: nothing }),
};
