import { z } from 'zod';

/** Reasons to be away, as the administrator lists them. */
export const awayReasons = z.object({ rows: z.array(z.string().max(60)).default(['Break', 'Lunch', 'Meeting', 'Training']) });

/** Reasons for declining an offer, as the administrator lists them. */
export const declineReasons = z.object({ rows: z.array(z.string().max(60)).default(['Not my field', 'Conflict of interest', 'About to leave']) });

/** What an item of a channel costs of an agent's capacity, where it differs from what the channel says. */
export const channelWeights = z.object({ weights: z.record(z.string(), z.number()).default({}) });

/** Outcomes of an interaction. */
export const dispositions = z.object({
  rows: z.array(z.object({ code: z.string(), label: z.string() })).default([
    { code: 'solved', label: 'Solved' }, { code: 'information-given', label: 'Information given' }, { code: 'follow-up', label: 'Follow-up needed' },
    { code: 'no-fault', label: 'No fault found' }, { code: 'wrong-number', label: 'Wrong address or number' },
  ]),
});
