import { dayAfter, momentOf, wallAt, weekdayOf } from './zone';

/** Open from one minute of a day to another, 0 to 1440. */
export interface Span {
  from: number;
  to: number;
}

/** Business hours as the arithmetic needs them. All moments are epoch milliseconds. */
export interface Calendar {
  timeZone: string;
  /** Open times by weekday, Monday first, each in order. */
  week: readonly (readonly Span[])[];
  /** Public holidays on which it is closed. */
  closed: ReadonlySet<string>;
  /** Days that differ, stronger than week and holidays. */
  overrides: ReadonlyMap<string, readonly Span[]>;
}

/** Null is always open. */
export type MaybeCalendar = Calendar | null;

// Nothing is looked for further ahead: hours that never open within a year are closed for good.
const horizonDays = 400;

/** The open times of a day: an override, else none on a holiday, else those of the weekday. */
export function spansOn(calendar: Calendar, day: string): readonly Span[] {
  return calendar.overrides.get(day) ?? (calendar.closed.has(day) ? [] : (calendar.week[weekdayOf(day)] ?? []));
}

/** Open stretches that end after a moment, in order, never overlapping; one may begin where the one before ends. */
export function* stretches(calendar: Calendar, from: number): Generator<[open: number, close: number]> {
  let reached = -Infinity;
  let day = dayAfter(wallAt(calendar.timeZone, from).day, -1);
  for (let n = 0; n <= horizonDays; n += 1, day = dayAfter(day, 1)) {
    for (const span of spansOn(calendar, day)) {
      // An hour that the clock shows twice is open both times.
      const open = Math.max(reached, momentOf(calendar.timeZone, { day, minutes: span.from }, 'first'));
      const close = momentOf(calendar.timeZone, { day, minutes: span.to }, 'last');
      if (close <= open) continue;
      reached = close;
      if (close > from) yield [open, close];
    }
  }
}

/** Whether it is open at a moment. */
export function isOpen(calendar: MaybeCalendar, at: number): boolean {
  if (!calendar) return true;
  const [first] = stretches(calendar, at);
  return first !== undefined && first[0] <= at;
}

/** When it opens or closes next; null: not within the next weeks. */
export function changesAt(calendar: MaybeCalendar, at: number): number | null {
  if (!calendar) return null;
  let closes: number | null = null;
  for (const [open, close] of stretches(calendar, at)) {
    if (closes === null ? open > at : open > closes) return closes ?? open;
    closes = close;
    if (close - at > 21 * 86_400_000) return null;
  }
  return closes;
}

/** When it is open from on: the moment itself when it is open then; null: never again. */
export function opensAt(calendar: MaybeCalendar, at: number): number | null {
  if (!calendar) return at;
  const [first] = stretches(calendar, at);
  return first ? Math.max(at, first[0]) : null;
}

/** Milliseconds of open time between two moments. */
export function openBetween(calendar: MaybeCalendar, from: number, to: number): number {
  if (to <= from) return 0;
  if (!calendar) return to - from;
  let sum = 0;
  for (const [open, close] of stretches(calendar, from)) {
    if (open >= to) break;
    sum += Math.min(close, to) - Math.max(open, from);
  }
  return sum;
}

/** The moment at which so many milliseconds of open time have passed since another; null: that never comes. */
export function addOpen(calendar: MaybeCalendar, from: number, milliseconds: number): number | null {
  if (!calendar) return from + milliseconds;
  let left = milliseconds;
  for (const [open, close] of stretches(calendar, from)) {
    const start = Math.max(open, from);
    if (close - start >= left) return start + left;
    left -= close - start;
  }
  return null;
}
