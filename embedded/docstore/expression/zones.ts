import { fail } from '../errors';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formatters.set(zone, made);
    return made;
  } catch {
    return fail(40485, `unrecognized time zone identifier: "${zone}"`);
  }
}

/** Minutes a zone is ahead of UTC at a moment; a zone is a name of the tz database or an offset like +02:00. */
export function offsetAt(date: Date, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed) return (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * (fixed[1] === '-' ? -1 : 1);
  const found: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(date)) found[type] = Number(value);
  const local = Date.UTC(found['year']!, found['month']! - 1, found['day'], found['hour'], found['minute'], found['second']);
  return Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60_000);
}

/** A date whose UTC fields are the local fields of the zone. */
export function zoned(date: Date, zone: string): Date {
  const offset = offsetAt(date, zone);
  return offset === 0 ? date : new Date(date.getTime() + offset * 60_000);
}
