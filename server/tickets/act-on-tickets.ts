import type { TicketAction } from '../../protocol';
import { demand, ProblemError, type Actor, type Ctx } from '../kernel';
import { changeTicket } from './change-ticket';
import { loadLiveTicket } from './load-ticket';
import { sendMessage } from './send-message';
import { solveTicket } from './solve-ticket';
import { assignTicket, transferTicket } from './transfer-ticket';
import { markSpam, trashTicket } from './trash-ticket';
import type { TicketDoc } from './ticket.model';

const mostTags = 30;

/** What came of it: tickets that took every step, and those that refused one, with the code. */
export interface Outcome {
  done: string[];
  refused: { id: string; code: string }[];
}

/** Does the same steps to several tickets, one ticket after the other. A refusal ends that ticket's steps and not the rest. */
export async function actOnTickets(ctx: Ctx, actor: Actor, { ticketIds, actions }: { ticketIds: string[]; actions: TicketAction[] }): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  for (const id of new Set(ticketIds)) {
    try {
      for (const [place, action] of actions.entries()) await act(ctx, actor, { id, action, place });
      outcome.done.push(id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      outcome.refused.push({ id, code: error.code });
    }
  }
  return outcome;
}

async function change(ctx: Ctx, actor: Actor, { id, set }: { id: string; set: (ticket: TicketDoc) => Partial<Pick<TicketDoc, 'status' | 'priority' | 'tags'>> }): Promise<void> {
  const ticket = await loadLiveTicket(ctx, actor, { id, ability: 'ticket.edit' });
  await changeTicket(ctx, actor, { ticket, set: set(ticket) });
}

async function act(ctx: Ctx, actor: Actor, { id, action, place }: { id: string; action: TicketAction; place: number }): Promise<unknown> {
  switch (action.kind) {
    case 'status': return action.status === 'solved' ? solveTicket(ctx, actor, { id, disposition: null, status: 'solved' }) : change(ctx, actor, { id, set: () => ({ status: action.status }) });
    case 'priority': return change(ctx, actor, { id, set: () => ({ priority: action.priority }) });
    case 'add-tags': return change(ctx, actor, { id, set: ({ tags }) => ({ tags: [...new Set([...tags, ...action.tags])].slice(0, mostTags) }) });
    case 'remove-tags': return change(ctx, actor, { id, set: ({ tags }) => ({ tags: tags.filter((tag) => !action.tags.includes(tag)) }) });
    case 'assign': return assignTicket(ctx, actor, { id, ownerId: action.to === 'me' ? actor.id : action.to === 'nobody' ? null : action.to });
    case 'transfer': return transferTicket(ctx, actor, { id, queueId: action.queueId });
    case 'note': return sendMessage(ctx, actor, { ticketId: id, input: { clientId: `act-${ctx.requestId}-${place}`.slice(0, 64), kind: 'note', text: action.text } });
    case 'spam': return markSpam(ctx, actor, { id, spam: true, blockSender: false });
    case 'trash': return trashTicket(ctx, actor, id);
    case 'write':
      demand(actor, 'ticket.reply');
      return undefined;
  }
}
