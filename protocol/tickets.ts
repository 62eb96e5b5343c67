import { z } from 'zod';
import { customerSummary, fieldValues } from './customers';
import { endpoint } from './endpoint';
import { clientId, count, email, flag, id, line, moment, nothing, page, paging, phoneNumber, text } from './fields';
import { helper, invitationKind } from './invitations';
import { attachment, callDirection, callOutcome, message, messageInput } from './messages';
import { sortAspect, sorting } from './sorting';
import { ticketTarget } from './targets';

export const ticketStatus = z.enum(['new', 'open', 'pending', 'on-hold', 'solved', 'closed'])
  .describe('new: nobody worked on it; open: our turn; pending: the customer\'s turn; on-hold: a third party\'s; solved: answered; closed: archived');
export const priority = z.enum(['low', 'normal', 'high', 'urgent']).describe('How much it matters');
export type TicketStatus = z.output<typeof ticketStatus>;
export type Priority = z.output<typeof priority>;

/** A ticket as lists show it. */
export const ticketSummary = z.object({
  id: id('Ticket id'),
  number: count('Number people use, from 1 per company'),
  subject: text(998, 'Subject'),
  status: ticketStatus,
  priority,
  channel: z.string().describe('Channel of the last customer message'),
  queueId: id('Queue'),
  ownerId: id('Account that owns it').nullable(),
  customer: customerSummary.pick({ id: true, name: true, address: true }),
  tags: z.array(z.string()).describe('Tags'),
  preview: text(200, 'Beginning of the last message'),
  lastSeq: count('Place of the last message'),
  lastMessageAt: moment('When the last message came'),
  waitingSince: moment('Since when the customer waits for an answer').nullable(),
  dueAt: moment('When the next answer or the solution is due, whichever comes first').nullable(),
  riskAt: moment('From when on that is at risk: 75 % of its time used').nullable(),
  dueState: z.enum(['fine', 'at-risk', 'breached', 'paused']).nullable().describe('How the service level stands now; null: no target'),
  snoozedUntil: moment('When it comes back as work').nullable(),
  unread: flag('Has customer messages the owner has not opened'),
  spam: flag('Marked as spam'),
  trashedAt: moment('When it was put into the trash').nullable(),
  createdAt: moment('When it was opened'),
  version: count('Goes up with every change'),
});
export type TicketSummary = z.output<typeof ticketSummary>;

/** A ticket as its page shows it. */
export const ticket = ticketSummary.extend({
  participants: z.array(z.object({ address: z.string().describe('Mail address'), name: z.string().describe('Name') })).describe('Everybody in the exchange besides the customer'),
  fields: fieldValues,
  givenEmail: z.string().nullable().describe('Mail address the customer typed before the chat or into the form; nobody has proven it'),
  disposition: z.string().nullable().describe('Outcome code of the last interaction'),
  mergedInto: z.object({ id: id('Ticket'), number: count('Number') }).nullable().exactOptional().describe('Folded into this one: go there instead'),
  workItem: z.object({ id: id('Work item id'), state: z.enum(['waiting', 'offered', 'assigned', 'wrap-up', 'ended']).describe('Where it is'), agentId: id('Agent').nullable(), why: text(300, 'Why this agent') }).nullable()
    .describe('The interaction in progress'),
  helpers: z.array(helper).describe('Colleagues asked to take over or to help'),
  targets: z.array(ticketTarget).describe('Its clocks by its queue\'s service level'),
  snooze: z.object({ at: moment('When it comes back'), kind: z.enum(['snooze', 'follow-up', 'callback']).describe('Why'), note: text(500, 'What is to be done then') }).nullable().describe('Set aside until a moment'),
  sorting: sorting.nullable().describe('Topic, language, urgency and sentiment by its words; null: never sorted'),
  can: z.array(z.string()).describe('What the reader may do with this ticket'),
});
export type Ticket = z.output<typeof ticket>;

const byId = z.strictObject({ id: id('Ticket') });
const filter = {
  view: z.enum(['mine', 'team', 'unassigned', 'all', 'following', 'at-risk', 'snoozed', 'solved', 'spam', 'trash']).default('all').describe('Which tickets'),
  queueId: id('Only this queue').exactOptional(),
  customerId: id('Only this customer').exactOptional(),
  tag: z.string().max(60).exactOptional().describe('Only with this tag'),
  q: z.string().max(200).exactOptional().describe('Number, address, or words of subject and messages; the last word may be a beginning'),
  status: ticketStatus.exactOptional(),
  priority: priority.exactOptional(),
  channel: z.string().max(40).exactOptional().describe('Only of this channel'),
  ownerId: id('Only of this owner').exactOptional(),
  unread: z.enum(['yes']).exactOptional().describe('yes: only with customer messages the owner has not opened'),
};

/** Which tickets a list holds. */
export const ticketFilter = z.strictObject(filter);
export type TicketFilter = z.output<typeof ticketFilter>;

const receiver = {
  queueId: id('Queue').exactOptional(), agentId: id('Agent').exactOptional(),
  skill: z.strictObject({ id: id('Skill'), level: z.int().min(1).max(5).default(1).describe('Least level') }).exactOptional().describe('Somebody who has it, in the queue named, else the one it is in'),
};

/** Endpoints of tickets, messages and uploads. */
export const ticketEndpoints = {
  list: endpoint({ name: 'ticket.list', method: 'GET', path: '/tickets', summary: 'Tickets, last active first', audience: 'account', query: z.strictObject({ ...paging, ...filter }), response: page(ticketSummary) }),
  counts: endpoint({ name: 'ticket.counts', method: 'GET', path: '/ticket-counts', summary: 'How many open tickets each view holds', audience: 'account',
    response: z.object({ mine: count('Mine'), team: count('My team\'s'), unassigned: count('Without owner'), all: count('All open'), unread: count('Mine with something new') }) }),
  exportCsv: endpoint({ name: 'ticket.export', method: 'GET', path: '/tickets.csv', summary: 'Tickets as CSV', audience: 'account', produces: 'text/csv', query: z.strictObject(filter), response: z.string() }),
  read: endpoint({ name: 'ticket.read', method: 'GET', path: '/tickets/:id', summary: 'One ticket', audience: 'account', params: byId, response: ticket }),
  messages: endpoint({ name: 'message.list', method: 'GET', path: '/tickets/:id/messages', summary: 'Timeline of a ticket, oldest first; afterSeq for what is new, beforeSeq for a page of what came before', audience: 'account', params: byId,
    query: z.strictObject({ afterSeq: z.coerce.number().int().min(0).default(0).describe('Only later messages'), beforeSeq: z.coerce.number().int().min(1).exactOptional().describe('Only earlier messages, and of these the latest; any number beyond the end gives the newest'), limit: z.coerce.number().int().min(1).max(500).default(200).describe('Rows') }),
    response: z.object({ rows: z.array(message), more: flag('Whether later ones follow') }) }),
  open: endpoint({ name: 'ticket.open', method: 'POST', path: '/tickets', summary: 'Open a ticket and write first: a mail to a customer, or a call logged by hand', audience: 'account',
    body: z.strictObject({ clientId, channel: z.enum(['email', 'voice']).describe('email: the text is mailed; voice: the call is logged'),
      to: z.union([email('Mail address'), z.string().regex(/^\+?[0-9 ()/.-]{5,30}$/).describe('Phone number')]).describe('Whom it concerns'), name: text(200, 'Their name').exactOptional(),
      queueId: id('Queue'), subject: line(998, 'Subject'), text: text(500_000, 'Text of the mail or note about the call'), html: text(1_000_000, 'HTML').exactOptional(),
      cc: z.array(email('Copy')).max(50).exactOptional(), bcc: z.array(email('Hidden copy')).max(50).exactOptional(), attachmentIds: z.array(id('Uploaded file')).max(50).exactOptional(), sendAt: moment('Send later, at this moment').exactOptional(),
      call: z.strictObject({ direction: callDirection, seconds: count('Talk time in seconds'), outcome: callOutcome }).describe('The call, when channel is voice').exactOptional() }), response: ticket }),
  send: endpoint({ name: 'message.send', method: 'POST', path: '/tickets/:id/messages', summary: 'Reply to the customer, or leave a note', audience: 'account', byClientId: true, params: byId, body: messageInput, response: message }),
  undo: endpoint({ name: 'message.undo', method: 'DELETE', path: '/tickets/:id/messages/:messageId', summary: 'Take back a message that has not left yet', audience: 'account',
    params: z.strictObject({ id: id('Ticket'), messageId: id('Message') }), response: nothing }),
  retry: endpoint({ name: 'message.retry', method: 'POST', path: '/tickets/:id/messages/:messageId/retry', summary: 'Send a failed message again', audience: 'account',
    params: z.strictObject({ id: id('Ticket'), messageId: id('Message') }), response: message }),
  change: endpoint({ name: 'ticket.change', method: 'PATCH', path: '/tickets/:id', summary: 'Change subject, status, priority, tags, fields, queue or owner', audience: 'account', params: byId,
    body: z.strictObject({ subject: line(998, 'Subject').exactOptional(), status: ticketStatus.exactOptional(), priority: priority.exactOptional(), tags: z.array(line(60, 'Tag')).max(30).exactOptional(),
      fields: fieldValues.exactOptional(), version: count('The version the change is based on').exactOptional() }), response: ticket }),
  sort: endpoint({ name: 'ticket.sort', method: 'PATCH', path: '/tickets/:id/sorting', summary: 'Say what a ticket is about, how much it hurries or how the customer feels; learnt from once it is solved', audience: 'account', params: byId,
    body: z.strictObject({ aspect: sortAspect, label: line(80, 'Label') }), response: ticket }),
  assign: endpoint({ name: 'ticket.assign', method: 'POST', path: '/tickets/:id/assign', summary: 'Give the ticket to an agent, or to nobody', audience: 'account', params: byId,
    body: z.strictObject({ ownerId: id('Agent').nullable() }), response: ticket }),
  transfer: endpoint({ name: 'ticket.transfer', method: 'POST', path: '/tickets/:id/transfer', summary: 'Hand over to a queue, an agent, or whoever has a skill; they get it offered with its seniority', audience: 'account', params: byId,
    body: z.strictObject({ ...receiver, note: text(2000, 'For the receiver').exactOptional() }), response: ticket }),
  invite: endpoint({ name: 'invitation.add', method: 'POST', path: '/tickets/:id/invitations', summary: 'Ask a colleague, or whoever serves a queue, to take over or to help; they are offered it and the owner keeps it until then', audience: 'account', params: byId,
    body: z.strictObject({ kind: invitationKind, ...receiver, note: text(2000, 'For the receiver').exactOptional() }), response: ticket }),
  endInvitation: endpoint({ name: 'invitation.end', method: 'DELETE', path: '/tickets/:id/invitations/:invitationId', summary: 'Take an invitation back, or end the help: by the one who helps or the owner', audience: 'account',
    params: z.strictObject({ id: id('Ticket'), invitationId: id('Invitation') }), response: nothing }),
  returnToQueue: endpoint({ name: 'ticket.return', method: 'POST', path: '/tickets/:id/return', summary: 'Give it back to its queue with its seniority', audience: 'account', params: byId,
    body: z.strictObject({ note: text(2000, 'For whoever gets it').exactOptional() }), response: ticket }),
  solve: endpoint({ name: 'ticket.solve', method: 'POST', path: '/tickets/:id/solve', summary: 'Solve with an outcome; ends the interaction and starts wrap-up where the queue has one', audience: 'account', params: byId,
    body: z.strictObject({ disposition: z.string().max(60).exactOptional().describe('Outcome code'), status: z.enum(['solved', 'pending', 'on-hold']).default('solved').describe('Status afterwards'), wrapUp: flag('Time to wrap up is wanted, where it is optional').exactOptional() }), response: ticket }),
  snooze: endpoint({ name: 'ticket.snooze', method: 'POST', path: '/tickets/:id/snooze', summary: 'Set a ticket aside; it comes back as work at that moment, or when the customer writes', audience: 'account', params: byId,
    body: z.strictObject({ at: moment('When it comes back'), kind: z.enum(['snooze', 'follow-up']).default('snooze').describe('snooze: set aside; follow-up: something is to be done then'), note: text(500, 'What is to be done then').default('') }), response: ticket }),
  wake: endpoint({ name: 'ticket.wake', method: 'DELETE', path: '/tickets/:id/snooze', summary: 'Take a ticket back now that was set aside', audience: 'account', params: byId, response: ticket }),
  callBack: endpoint({ name: 'ticket.call-back', method: 'POST', path: '/tickets/:id/callback', summary: 'Call the customer back instead of letting them wait: in turn, keeping their place, or at a moment', audience: 'account', params: byId,
    body: z.strictObject({ phone: phoneNumber, at: moment('When to call; absent: in turn').exactOptional() }), response: ticket }),
  markRead: endpoint({ name: 'ticket.mark-read', method: 'POST', path: '/tickets/:id/read', summary: 'Say that the owner has seen everything', audience: 'account', params: byId, response: nothing }),
  spam: endpoint({ name: 'ticket.spam', method: 'POST', path: '/tickets/:id/spam', summary: 'Mark as spam and block the sender, or take it back', audience: 'account', params: byId,
    body: z.strictObject({ spam: flag('Spam or not'), blockSender: flag('Refuse further messages of this sender') }), response: ticket }),
  trash: endpoint({ name: 'ticket.trash', method: 'DELETE', path: '/tickets/:id', summary: 'Put into the trash; erased after 30 days', audience: 'account', params: byId, response: ticket }),
  restore: endpoint({ name: 'ticket.restore', method: 'POST', path: '/tickets/:id/restore', summary: 'Take out of the trash', audience: 'account', params: byId, response: ticket }),
  upload: endpoint({ name: 'attachment.upload', method: 'POST', path: '/attachments', summary: 'Upload one file (multipart/form-data, part "file", up to 25 MB)', audience: 'account', response: attachment }),
};
