/** How the reader writes numbers and moments. */
export interface Manner {
  language: string;
  timeZone?: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const made = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.NumberFormat>();

function keep<T extends Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const found = made.get(key) as T | undefined;
  if (found) return found;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

const dates = (manner: Manner, options: Intl.DateTimeFormatOptions) =>
  keep(`d${manner.language}${manner.timeZone ?? ''}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(manner.language, { ...options, ...(manner.timeZone ? { timeZone: manner.timeZone } : {}) }));

/** Date and time in full, for a tooltip. */
export const exact = (at: string, manner: Manner): string => dates(manner, { dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));

/** Hours and minutes only. */
export const clock = (at: string, manner: Manner): string => dates(manner, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));

/** A day without time; the year only when it is not this one. */
export function dayOf(at: string, manner: Manner, now = Date.now()): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dates(manner, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(new Date(at));
}

/** "2 min. ago", "in 3 hr", and a date beyond a week. */
export function relative(at: string, manner: Manner, now = Date.now()): string {
  const gap = Date.parse(at) - now;
  const size = Math.abs(gap);
  if (size >= 7 * day) return dayOf(at, manner, now);
  const words = keep(`r${manner.language}`, () => new Intl.RelativeTimeFormat(manner.language, { numeric: 'auto', style: 'short' }));
  if (size < minute) return words.format(0, 'second');
  if (size < hour) return words.format(Math.trunc(gap / minute), 'minute');
  if (size < day) return words.format(Math.trunc(gap / hour), 'hour');
  return words.format(Math.trunc(gap / day), 'day');
}

/** A length without direction, two units at most: "45 s", "12 min", "3 h 5 min", "2 d". */
export function duration(seconds: number, manner: Manner): string {
  const unit = (value: number, name: string) =>
    keep(`u${manner.language}${name}`, () => new Intl.NumberFormat(manner.language, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: 0 })).format(value);
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return unit(whole, 'second');
  if (whole < 3600) return unit(Math.floor(whole / 60), 'minute');
  if (whole < 86_400) {
    const minutes = Math.floor((whole % 3600) / 60);
    return minutes === 0 ? unit(Math.floor(whole / 3600), 'hour') : `${unit(Math.floor(whole / 3600), 'hour')} ${unit(minutes, 'minute')}`;
  }
  return unit(Math.floor(whole / 86_400), 'day');
}

/** Minutes and seconds as on a stop-watch: "3:07", "1:02:09". */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${hours > 0 ? two(Math.floor((whole % 3600) / 60)) : Math.floor(whole / 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A share between 0 and 1 as a percentage without decimals. */
export const percent = (share: number, manner: Manner): string =>
  keep(`p${manner.language}`, () => new Intl.NumberFormat(manner.language, { style: 'percent', maximumFractionDigits: 0 })).format(share);

/** A day of a calendar, written YYYY-MM-DD, which is the same day in every zone. */
export const calendarDay = (date: string, { language }: Manner): string => dates({ language, timeZone: 'UTC' }, { weekday: 'short', day: 'numeric', month: 'short' }).format(Date.parse(date));

/** A whole number with the reader's separators. */
export const number = (value: number, manner: Manner): string => keep(`n${manner.language}`, () => new Intl.NumberFormat(manner.language)).format(value);

/** Bytes for people. */
export function fileSize(bytes: number, manner: Manner): string {
  const [value, unit] = bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return keep(`f${manner.language}${unit}`, () => new Intl.NumberFormat(manner.language, { style: 'unit', unit: String(unit), unitDisplay: 'short', maximumFractionDigits: 1 })).format(Number(value));
}

export type DueState = 'fine' | 'at-risk' | 'breached';

/** at-risk from `riskAt` on (three quarters of the time used), breached once due. */
export function dueState(dueAt: string | null, riskAt: string | null, now: number): DueState {
  if (!dueAt) return 'fine';
  if (Date.parse(dueAt) < now) return 'breached';
  return riskAt !== null && Date.parse(riskAt) <= now ? 'at-risk' : 'fine';
}
