import { subscriber, system, type Ctx, type DomainEvent, type Subscriber } from '../kernel';
import { heardCustomer, liveInvitations, type InteractionDoc } from '../workforce';
import { changeTicket } from './change-ticket';
import { ticketPorts } from './ports';
import { planFollowUp } from './follow-up';
import { planMentionMails } from './mail-mention';
import { hasServiceLevels, refreshDue } from './routing/service-level';
import { keepPlace, movesPlace } from './routing/keep-place';
import { summariseMessage } from './summarise';
import { ticketById, type TicketHelper } from './ticket.model';

const text = (event: DomainEvent, key: string): string => String(event.data[key] ?? '');

async function takeOver(ctx: Ctx, event: DomainEvent): Promise<void> {
  const ticket = await ticketById(ctx.companyId, text(event, 'ticketId'));
  if (!ticket) return;
  await changeTicket(ctx, system('router'), { ticket, set: { ownerId: text(event, 'agentId'), ...(ticket.status === 'new' ? { status: 'open' as const } : {}) } });
}

// What waits again belongs to nobody until somebody accepts it.
async function letGo(ctx: Ctx, event: DomainEvent): Promise<void> {
  const ticket = await ticketById(ctx.companyId, text(event, 'ticketId'));
  if (ticket && ticket.ownerId !== null && ticket.ownerId === event.data['agentId']) await changeTicket(ctx, system('router'), { ticket, set: { ownerId: null } });
}

const helperOf = ({ _id, queueId, agentId, state, arrivedAt, invitation }: InteractionDoc): TicketHelper =>
  ({ id: _id, kind: invitation?.kind ?? 'consult', agentId: agentId ?? invitation?.agentId ?? null, queueId, state: state === 'ended' ? 'waiting' : state, since: arrivedAt });

async function noteHelpers(ctx: Ctx, event: DomainEvent): Promise<void> {
  const ticket = await ticketById(ctx.companyId, text(event, 'ticketId'));
  if (ticket) await changeTicket(ctx, system('router'), { ticket, set: { helpers: (await liveInvitations(ctx.companyId, ticket._id)).map(helperOf) } });
}

async function wake(ctx: Ctx, event: DomainEvent): Promise<void> {
  const live = ticketPorts().manifestOf(text(event, 'channel'))?.pace === 'live';
  if (live && event.data['kind'] === 'customer' && event.data['automatic'] !== true) await heardCustomer(ctx, text(event, 'ticketId'));
}

/** What tickets do when messages come and work is taken. */
export const ticketSubscribers: Subscriber[] = [
  subscriber({ name: 'summarise-message', on: ['message.added'], kind: 'quick', meanwhile: true, run: summariseMessage }),
  // After the summary, before consoles are told: what they read has its due times.
  subscriber({ name: 'service-level', on: ['ticket.opened', 'ticket.changed', 'message.added'], kind: 'quick', needed: hasServiceLevels, run: (ctx, event) => refreshDue(ctx, text(event, 'ticketId')) }),
  subscriber({ name: 'keep-place', on: ['ticket.changed', 'work.declined', 'work.expired', 'work.withdrawn', 'work.requeued'], kind: 'quick', run: async (ctx, event) => { if (movesPlace(event)) await keepPlace(ctx, text(event, 'ticketId')); } }),
  subscriber({ name: 'wake-work', on: ['message.added'], kind: 'quick', meanwhile: true, run: wake }),
  subscriber({ name: 'follow-up', on: ['message.added'], kind: 'quick', meanwhile: true, run: planFollowUp }),
  subscriber({ name: 'mail-mentions', on: ['message.added'], kind: 'quick', meanwhile: true, run: planMentionMails }),
  subscriber({ name: 'take-over', on: ['work.accepted', 'work.handed-over'], kind: 'quick', run: takeOver }),
  subscriber({ name: 'let-go', on: ['work.requeued'], kind: 'quick', run: letGo }),
  subscriber({ name: 'note-helpers', on: ['invitation.made', 'invitation.moved', 'invitation.ended'], kind: 'quick', run: noteHelpers }),
];
