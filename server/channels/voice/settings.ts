import { z } from 'zod';

/** Settings of the voice channel. */
export const voiceSettings = z.object({
  /** Queue for calls that name none; empty: the company's first. */
  queueId: z.string().default(''),
  /** Country of numbers written without one, ISO 3166. */
  country: z.string().default('US'),
  /** Time zone of CDR lines, which carry none. */
  timeZone: z.string().default('UTC'),
});
export type VoiceSettings = z.output<typeof voiceSettings>;
