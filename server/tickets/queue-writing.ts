import { z } from 'zod';
import type { QueueWriting } from '../../protocol';
import { readSetting, type Ctx } from '../kernel';

const automatic = z.object({ locale: z.string(), hours: z.enum(['always', 'open', 'closed']), subject: z.string(), text: z.string() });
const shape = z.object({
  signature: z.string().default(''), quote: z.enum(['none', 'last', 'all']).default('last'), acknowledgements: z.array(automatic).default([]), followUps: z.array(automatic).default([]), followUpHours: z.number().default(0),
  hours: z.array(z.object({ day: z.number(), from: z.string(), to: z.string() })).default([]),
});

/** Where the way a queue writes is kept among the settings. */
export const writingKind = (queueId: string): string => `writing-${queueId}`;

/** How a queue writes, with what holds for one nobody has set up. */
export const writingOf = (ctx: Ctx, queueId: string): Promise<QueueWriting> => readSetting(ctx.companyId, writingKind(queueId), shape);

/** Whether a moment lies within the hours, in a time zone; without hours it always does. */
export function isOpen(hours: QueueWriting['hours'], at: number, timeZone: string): boolean {
  if (hours.length === 0) return true;
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at).map(({ type, value }) => [type, value]));
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '') + 1;
  const time = `${parts['hour']}:${parts['minute']}`;
  return hours.some((each) => each.day === day && each.from <= time && time < each.to);
}

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
