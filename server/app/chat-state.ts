import type { ChatState } from '../../protocol';
import { readSetting, type Ctx } from '../kernel';
import { calendarById, opensAt } from '../service-levels';
import type { TicketDoc } from '../tickets';
import { agentsOf, liveInteraction, queueById, queuesOf, roomOf, type QueueDoc } from '../workforce';
import { widgetShape } from './widget-settings';

/** How it stands with a queue for somebody who would like to talk now. */
export interface OnlineState {
  /** Within its hours, and somebody who serves it is there. */
  online: boolean;
  /** Seconds a new item would wait; null: not known. */
  expectedWait: number | null;
  /** When it opens again; null while it is open, or when it never does. */
  opensAt: string | null;
}

/** The same for the queue of chats, or of another. */
export async function onlineState(ctx: Ctx, queueId?: string): Promise<OnlineState> {
  const queue = await queueOf(ctx, queueId);
  if (!queue) return { online: false, expectedWait: null, opensAt: null };
  const now = ctx.clock.now();
  const [agents, wait, calendar] = await Promise.all([agentsOf(ctx.companyId), roomOf(ctx).expectedWait(queue._id), calendarById(ctx.companyId, queue.hoursId, now)]);
  const opens = opensAt(calendar, now);
  const open = opens === now;
  const there = agents.some((agent) => agent.queueIds.includes(queue._id) && ['available', 'wrap-up'].includes(agent.state));
  return { online: open && there, expectedWait: wait.seconds, opensAt: open || opens === null ? null : new Date(opens).toISOString() };
}

async function queueOf(ctx: Ctx, queueId?: string): Promise<QueueDoc | null> {
  const id = queueId ?? (await readSetting(ctx.companyId, 'channel-webchat', widgetShape)).queueId;
  return (id ? await queueById(ctx.companyId, id) : null) ?? (await queuesOf(ctx.companyId))[0] ?? null;
}

/** Where a customer stands with a ticket. */
export async function chatStateOf(ctx: Ctx, ticket: TicketDoc | null): Promise<ChatState> {
  const { online, expectedWait, opensAt: opens } = await onlineState(ctx, ticket?.queueId);
  const none: ChatState = { phase: 'none', position: null, expectedWait, agentName: null, online, readSeq: 0, opensAt: opens, ask: null, answerBy: null };
  if (!ticket) return none;
  const live = await liveInteraction(ctx.companyId, ticket._id);
  const { answerBy } = ticket;
  const known: ChatState = { ...none, readSeq: ticket.unread ? 0 : ticket.lastSeq, ask: ticket.ask, answerBy: answerBy ? { kind: answerBy.kind, value: answerBy.value, at: answerBy.at?.toISOString() ?? null } : null };
  if (!live) return { ...known, phase: ticket.status === 'solved' || ticket.status === 'closed' ? 'ended' : ticket.snooze?.kind === 'callback' ? 'waiting' : 'active', agentName: await nameOf(ctx, ticket.ownerId) };
  if (live.state === 'assigned') return { ...known, phase: 'active', agentName: await nameOf(ctx, live.agentId), expectedWait: null };
  const place = await roomOf(ctx).position(live._id);
  return { ...known, phase: 'waiting', position: place?.position ?? 1, expectedWait: place?.expectedSeconds ?? expectedWait };
}

const nameOf = async (ctx: Ctx, agentId: string | null): Promise<string | null> => (agentId ? ((await agentsOf(ctx.companyId)).find((agent) => agent._id === agentId)?.name ?? null) : null);
