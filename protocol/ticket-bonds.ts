import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, email, flag, id, line, nothing, text } from './fields';
import { ticket } from './tickets';

const person = z.strictObject({ address: email('Address'), name: text(200, 'Name').default('') });
const linkKind = z.enum(['related', 'duplicate', 'parent', 'child', 'forwarded']).describe('What the other ticket is to this one; forwarded: one was opened by forwarding the other');

/** Another ticket this one is linked with. */
export const ticketLink = z.object({ id: id('Other ticket'), number: count('Its number'), subject: z.string().describe('Its subject'), status: z.string().describe('Its status'), kind: linkKind });
export type TicketLink = z.output<typeof ticketLink>;

/** Who and what a ticket is bound to. */
export const ticketBonds = z.object({
  links: z.array(ticketLink), mergedInto: z.object({ id: id('Ticket'), number: count('Number') }).nullable().describe('Where its messages went; go there instead'),
  merged: z.array(z.object({ id: id('Ticket'), number: count('Number') }).describe('A ticket')).describe('Tickets folded into this one'), followers: z.array(z.object({ id: id('Account'), name: z.string().describe('Name') }).describe('A colleague')).describe('Colleagues who hear of every message'), following: flag('The reader does'),
});
export type TicketBonds = z.output<typeof ticketBonds>;

const byId = z.strictObject({ id: id('Ticket') });
const byOther = z.strictObject({ id: id('Ticket'), otherId: id('Other ticket') });

/** Endpoints that bind tickets to each other and to people. */
export const bondEndpoints = {
  bonds: endpoint({ name: 'ticket-bonds.read', method: 'GET', path: '/tickets/:id/bonds', summary: 'Links, merges and followers of a ticket', audience: 'account', params: byId, response: ticketBonds }),
  merge: endpoint({ name: 'ticket.merge', method: 'POST', path: '/tickets/:id/merge', summary: 'Fold another ticket into this one: its messages come here, later mail too; can be undone', audience: 'account', params: byId, body: z.strictObject({ otherId: id('Ticket to fold into this one') }), response: ticket }),
  unmerge: endpoint({ name: 'ticket.unmerge', method: 'DELETE', path: '/tickets/:id/merge', summary: 'Take this ticket out of the one it was folded into, with its messages', audience: 'account', params: byId, response: ticket }),
  split: endpoint({ name: 'ticket.split', method: 'POST', path: '/tickets/:id/split', summary: 'Move messages into a ticket of their own, linked with this one', audience: 'account', params: byId,
    body: z.strictObject({ messageIds: z.array(id('Message')).min(1).max(200).describe('Messages to move'), subject: line(998, 'Subject of the new ticket'), queueId: id('Its queue, else the same').exactOptional() }), response: ticket }),
  link: endpoint({ name: 'ticket.link', method: 'POST', path: '/tickets/:id/links', summary: 'Link with another ticket', audience: 'account', params: byId, body: z.strictObject({ otherId: id('Other ticket'), kind: linkKind }), response: ticketBonds }),
  unlink: endpoint({ name: 'ticket.unlink', method: 'DELETE', path: '/tickets/:id/links/:otherId', summary: 'Take a link away', audience: 'account', params: byOther, response: ticketBonds }),
  participants: endpoint({ name: 'ticket-participants.put', method: 'PUT', path: '/tickets/:id/participants', summary: 'Say who takes part besides the customer', audience: 'account', params: byId, body: z.strictObject({ participants: z.array(person).max(50).describe('Everybody, in order') }), response: ticket }),
  follow: endpoint({ name: 'ticket.follow', method: 'PUT', path: '/tickets/:id/follow', summary: 'Follow a ticket or stop', audience: 'account', params: byId, body: z.strictObject({ on: flag('Follow') }), response: ticketBonds }),
  transcript: endpoint({ name: 'transcript.read', method: 'GET', path: '/tickets/:id/transcript', summary: 'The exchange with the customer as text, without notes', audience: 'account', params: byId, produces: 'text/plain', response: z.string() }),
  sendTranscript: endpoint({ name: 'transcript.send', method: 'POST', path: '/tickets/:id/transcript', summary: 'Mail the exchange to somebody', audience: 'account', params: byId, body: z.strictObject({ to: email('Recipient'), clientId: z.string().regex(/^[\w-]{8,64}$/).describe('The same one again sends nothing') }), response: nothing }),
  original: endpoint({ name: 'message.original', method: 'GET', path: '/tickets/:id/messages/:messageId/original', summary: 'A received mail as it came, as text', audience: 'account', params: z.strictObject({ id: id('Ticket'), messageId: id('Message') }), produces: 'text/plain', response: z.string() }),
};
