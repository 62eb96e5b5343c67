// Wall time and moments, with the rules of a time zone. Days are YYYY-MM-DD, minutes count from midnight of the wall clock.

const formats = new Map<string, Intl.DateTimeFormat>();
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A wall clock's reading. */
export interface Wall {
  day: string;
  /** Minutes since midnight, with fractions. */
  minutes: number;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(timeZone, made);
  return made;
}

/** By how many milliseconds the zone's wall clock is ahead of UTC at a moment. */
export function offsetAt(timeZone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) if (type !== 'literal') part[type] = Number(value);
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
  return wall - Math.floor(at / 1000) * 1000;
}

/** What the wall clock shows at a moment. */
export function wallAt(timeZone: string, at: number): Wall {
  const shown = at + offsetAt(timeZone, at);
  const midnight = Math.floor(shown / dayMs) * dayMs;
  return { day: new Date(midnight).toISOString().slice(0, 10), minutes: (shown - midnight) / minuteMs };
}

/**
 * The moment at which the wall clock shows a time. When it shows it twice (clocks go back) the first or the last of the two; when it never
 * does (clocks go forward) the moment of the jump.
 */
export function momentOf(timeZone: string, { day, minutes }: Wall, which: 'first' | 'last'): number {
  const shown = Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs;
  const offsets = [...new Set([offsetAt(timeZone, shown - dayMs), offsetAt(timeZone, shown + dayMs)])];
  const right = offsets.map((offset) => shown - offset).filter((at) => at + offsetAt(timeZone, at) === shown).sort((a, b) => a - b);
  return (which === 'first' ? right[0] : right.at(-1)) ?? jumpBetween(timeZone, shown - Math.max(...offsets), shown - Math.min(...offsets));
}

// The moment between the two at which the offset changes.
function jumpBetween(timeZone: string, before: number, after: number): number {
  const old = offsetAt(timeZone, before - minuteMs);
  let [low, high] = [before - minuteMs, after + minuteMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** The day so many days later. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
