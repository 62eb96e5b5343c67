import { z } from 'zod';
import { count, flag, moment } from './fields';

/** One clock of a ticket. */
export const ticketTarget = z.object({
  kind: z.enum(['first-response', 'next-response', 'resolution']).describe('What is measured'), dueAt: moment('When it is due; null while paused').nullable(), warnAt: moment('75 % of the time is used').nullable(),
  state: z.enum(['running', 'paused', 'met', 'missed']).describe('running; paused while it is not our turn; met: done in time; missed: done too late'), breached: flag('The time ran out'), targetMinutes: count('Target in minutes of the queue\'s hours'), usedSeconds: z.number().min(0).describe('Open, unpaused seconds used when it was last computed'),
});
/** One clock of a ticket. */
export type TicketTarget = z.output<typeof ticketTarget>;
