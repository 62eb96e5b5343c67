import { z } from 'zod';

/** Outcomes as stored; an empty list admits any. */
export const dispositionSettings = z.object({ rows: z.array(z.object({ code: z.string(), label: z.string() })).default([]) });

/** How many days a ticket stays in the trash. */
export const trashDays = 30;
