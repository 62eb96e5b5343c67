import { z } from 'zod';
import type { QueueWriting } from '../../protocol';
import { readSetting, type Ctx } from '../kernel';

const automatic = z.object({ locale: z.string(), hours: z.enum(['always', 'open', 'closed']), subject: z.string(), text: z.string() });
const shape = z.object({
  signature: z.string().default(''), quote: z.enum(['none', 'last', 'all']).default('last'), acknowledgements: z.array(automatic).default([]), followUps: z.array(automatic).default([]), followUpHours: z.number().default(0),
});

/** Where the way a queue writes is kept among the settings. */
export const writingKind = (queueId: string): string => `writing-${queueId}`;

/** How a queue writes, with what holds for one nobody has set up. */
export const writingOf = (ctx: Ctx, queueId: string): Promise<QueueWriting> => readSetting(ctx.companyId, writingKind(queueId), shape);

type Automatic = QueueWriting['acknowledgements'][number];

/** The text for a reader: in the first of the languages there is one for, the one for these hours before the one for any. Null when there is none. */
export function textFor(texts: Automatic[], { languages, open }: { languages: (string | null | undefined)[]; open: boolean }): Automatic | null {
  const hours = open ? 'open' : 'closed';
  for (const language of languages) {
    const mine = texts.filter((each) => language && each.locale.split('-')[0] === language.split('-')[0]);
    const found = mine.find((each) => each.hours === hours) ?? mine.find((each) => each.hours === 'always');
    if (found) return found;
  }
  return null;
}
