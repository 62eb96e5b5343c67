import { z } from 'zod';
import type { Agent, Desk } from './workforce';
import type { BoardQueue } from './board';
import { count, flag, id } from './fields';
import { messageInput, type Message } from './messages';
import type { Problem } from './problems';
import type { TicketSummary } from './tickets';

const ticketId = id('Ticket');

/** What a console sends on the namespace /agent; every event is acknowledged with an Ack. */
export const agentSends = {
  hello: z.strictObject({ lastEvent: count('Number of the last event this client has applied; 0 on first load') }),
  'state.set': z.strictObject({ state: z.enum(['available', 'away', 'offline']).describe('New state'), reason: z.string().max(60).exactOptional().describe('Why away'), handBack: flag('Give my work back to the queue').exactOptional() }),
  'offer.accept': z.strictObject({ offerId: z.string().max(100).describe('Offer') }),
  'offer.decline': z.strictObject({ offerId: z.string().max(100).describe('Offer'), reason: z.string().max(200).default('').describe('Why') }),
  'ticket.watch': z.strictObject({ ticketId }),
  'ticket.unwatch': z.strictObject({ ticketId }),
  'message.send': z.strictObject({ ticketId, message: messageInput.describe('As POST /tickets/:id/messages; the same clientId again, either way, has no second effect') }),
  typing: z.strictObject({ ticketId, on: flag('Started or stopped'), aside: flag('A note: colleagues are told, the customer is not').exactOptional() }),
  'board.watch': z.strictObject({ on: flag('Start or stop') }),
  active: z.strictObject({}),
} as const;

/** What each of them answers. */
export interface AgentAnswers {
  hello: { lastEvent: number; missed: Broadcast[]; reload: boolean; desk: Desk };
  'state.set': { desk: Desk };
  'offer.accept': { ticketId: string; desk: Desk };
  'offer.decline': { desk: Desk };
  'ticket.watch': { viewers: Viewer[] };
  'ticket.unwatch': Record<string, never>;
  'message.send': { message: Message };
  typing: Record<string, never>;
  'board.watch': Record<string, never>;
  active: Record<string, never>;
}

/** Acknowledgement of any event from a client. */
export type Ack<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Somebody who has a ticket open. */
export interface Viewer {
  accountId: string;
  name: string;
  typing: boolean;
}

/** What a broadcast may carry, by name. */
export interface BroadcastData {
  'ticket.changed': { ticket: TicketSummary };
  'message.added': { message: Message };
  'message.changed': { message: Message };
  /** A call the reader has taken on the telephone: its ticket comes up on their screen only. */
  'call.taken': { ticketId: string; from: string };
  /** Something was written on a ticket the reader follows, or a note speaks to them. */
  'follower.told': { ticketId: string; number: number; subject: string; by: string; why: 'mention' | 'followed' };
  'board.queue': { queue: BoardQueue };
  'board.agent': { agent: Agent };
  'customer.changed': { customerId: string };
  'article.changed': { articleId: string };
  'settings.changed': { kind: string };
}

/** One thing that happened, as told to a room. `n` is the company's event number: apply in order, ignore what was applied. */
export type Broadcast = { [N in keyof BroadcastData]: { n: number; id: string; name: N; at: string; data: BroadcastData[N] } }[keyof BroadcastData];

/** What the server tells a console. */
export interface ToAgent {
  event: Broadcast;
  desk: Desk;
  presence: { ticketId: string; viewers: Viewer[] };
  'customer.typing': { ticketId: string; on: boolean };
  'logged-out': Record<string, never>;
}
