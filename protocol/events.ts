import { z } from 'zod';
import { count, id, moment } from './fields';

const state = z.string().describe('State');
const work = { workItemId: id('Work item'), ticketId: id('Ticket'), queueId: id('Queue'), channel: z.string().describe('Channel id') };
const agent = { agentId: id('Agent') };
const invitation = { invitationId: id('Invitation'), kind: z.enum(['transfer', 'consult', 'conference']).describe('What for'), byId: id('Who asked').nullable() };
const why = z.string().max(200).describe('Why');

/** Everything that can happen inside Trunkline: name → what is recorded. Ids only, never bodies or addresses. Kept for good in `events`. */
export const domainEvents = {
  'ticket.opened': z.object({ ticketId: id('Ticket'), customerId: id('Customer'), queueId: id('Queue'), channel: z.string().describe('Channel id') }),
  'ticket.changed': z.object({ ticketId: id('Ticket'), changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])).describe('Field → before, after') }),
  'ticket.merged': z.object({ ticketId: id('Kept'), otherId: id('Folded in'), undone: z.boolean().describe('Taken back') }),
  'message.added': z.object({ ticketId: id('Ticket'), queueId: id('Queue the ticket is in; missing on events from before it was kept').exactOptional(), messageId: id('Message'), seq: count('Place'), kind: z.string().describe('Message kind'), channel: z.string().describe('Channel id'), automatic: z.boolean().describe('By a machine'), agentId: id('Agent who had the call').exactOptional() }),
  'message.delivery': z.object({ ticketId: id('Ticket'), messageId: id('Message'), state }),
  'work.arrived': z.object({ ...work, priority: z.int().describe('Minutes'), rule: z.string().nullable().default(null).describe('Name of the routing rule that decided; null: none') }),
  'work.overflowed': z.object({ ...work, from: id('Queue it would have waited in'), to: z.enum(['queue', 'callback', 'message', 'email']).describe('Where it went'), why: z.enum(['closed', 'expected-wait', 'waiting', 'waited']).describe('Why'), measured: z.number().describe('Seconds or items, by `why`; 0 when closed') }),
  'work.callback': z.object({ ...work, dueAt: moment('When to call; null: in its turn').nullable() }),
  'work.offered': z.object({ ...work, ...agent, offerId: z.string().describe('Offer'), ring: count('Ring'), expiresAt: moment('Until') }),
  'work.accepted': z.object({ ...work, ...agent, waitSeconds: z.number().describe('Arrival to acceptance') }),
  'work.declined': z.object({ ...work, ...agent, why }),
  'work.expired': z.object({ ...work, ...agent, notResponding: z.boolean().describe('The agent was set to not-responding') }),
  'work.withdrawn': z.object({ ...work, ...agent, why: z.string().describe('left, assigned, agent-gone, changed or requeued') }),
  'work.handed-over': z.object({ ...work, ...agent, fromAgentId: id('Who had it until then') }),
  'work.asleep': z.object({ ...work, ...agent }),
  'work.woken': z.object({ ...work, ...agent, exceeds: z.boolean().describe('The agent now carries one more than allowed') }),
  'invitation.made': z.object({ ...work, ...invitation, agentId: id('Who was asked; null: whoever serves the queue').nullable() }),
  'invitation.moved': z.object({ ...work, ...invitation, ...agent, state: z.enum(['offered', 'accepted', 'declined', 'expired', 'withdrawn']).describe('What became of it'), why }),
  'invitation.ended': z.object({ ...work, ...invitation, agentId: id('Who was asked or helped').nullable(), why: z.string().describe('taken-over, unanswered, stale or ended') }),
  'work.requeued': z.object({ ...work, agentId: id('Agent who had it').nullable(), why }),
  'work.ended': z.object({ ...work, agentId: id('Agent').nullable(), how: z.enum(['handled', 'abandoned', 'withdrawn']).describe('How it ended'), handleSeconds: z.number().describe('Acceptance to end'), waitSeconds: z.number().describe('Arrival to acceptance or end'), disposition: z.string().nullable().describe('Outcome') }),
  'service-level.warned': z.object({ ticketId: id('Ticket'), queueId: id('Queue'), target: z.string().describe('first-response, next-response, resolution'), percent: z.union([z.literal(75), z.literal(90)]).describe('Share of the time used'), dueAt: moment('When it is due') }),
  'service-level.breached': z.object({ ticketId: id('Ticket'), queueId: id('Queue'), target: z.string().describe('first-response, next-response, resolution'), dueAt: moment('When it was due') }),
  'wrap-up.started': z.object({ ...agent, ...work }),
  'wrap-up.ended': z.object({ ...agent, ...work }),
  'agent.state-changed': z.object({ ...agent, from: state, to: state, reason: z.string().describe('Why') }),
  'agent.changed': z.object({ ...agent }),
  'queue.changed': z.object({ queueId: id('Queue'), waiting: z.boolean().describe('What waits in it is asked for other skills, or offered in another way').exactOptional() }),
  'settings.changed': z.object({ kind: z.string().describe('What: skills, dispositions, widget, mailboxes, fields, roles, company …') }),
  'customer.changed': z.object({ customerId: id('Customer'), why }),
  'customer.merged': z.object({ customerId: id('Kept'), otherId: id('Folded in'), undone: z.boolean().describe('Taken back') }),
  'account.changed': z.object({ accountId: id('Account') }),
  'article.changed': z.object({ articleId: id('Article') }),
  'articles.imported': z.object({ articleIds: z.array(id('Article')).max(500).describe('Added or changed') }),
  'guide.changed': z.object({ guideId: id('Guide') }),
  'guide-run.ended': z.object({ runId: id('Run'), guideId: id('Guide'), state: z.enum(['solved', 'escalated']).describe('How'), ticketId: id('Ticket').nullable() }),
} as const;

export type DomainEventName = keyof typeof domainEvents;
export type DomainEventData<N extends DomainEventName> = z.output<(typeof domainEvents)[N]>;
