import { z } from 'zod';
import { id, moment, text } from './fields';

/** What a second agent is asked for. */
export const invitationKind = z.enum(['transfer', 'consult', 'conference'])
  .describe('transfer: take it over, until then the giver keeps it; consult: look in and help by notes; conference: join and write to the customer too');
/** What a second agent is asked for. */
export type InvitationKind = z.output<typeof invitationKind>;

/** Somebody asked to take over or to help with a ticket. */
export const helper = z.object({
  id: id('Invitation id'),
  kind: invitationKind,
  agentId: id('Who was asked, is offered it or helps').nullable(),
  queueId: id('Queue it waits in when nobody in particular was asked'),
  state: z.enum(['waiting', 'offered', 'assigned']).describe('assigned: they are in'),
  since: moment('When they were asked'),
});
/** Somebody asked to take over or to help with a ticket. */
export type Helper = z.output<typeof helper>;

/** How an offer says that a colleague asks, not a customer. */
export const invitation = z.object({ kind: invitationKind, byName: z.string().describe('Who asks'), note: text(2000, 'What they wrote') });
