import { z } from 'zod';

/** Settings of the web form channel. */
export const formSettings = z.object({
  /** Queue for forms; empty: the company's first. */
  queueId: z.string().default(''),
});
