import type { Calendar, MaybeCalendar, Span } from './calendar';
import { holidaysOf } from './holidays';
import { hoursById, type HoursDoc } from './hours.model';

type Written = HoursDoc['week'][number];

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const spansOf = (written: Written): Span[] => written.map(({ from, to }) => ({ from: minutes(from), to: minutes(to) }));

/** Business hours for arithmetic around some years: holidays are looked up for the years from one before `at` to two after it. */
export async function calendarOf(doc: Pick<HoursDoc, 'timeZone' | 'week' | 'holidays' | 'overrides'>, at: number): Promise<Calendar> {
  const closed = new Set<string>();
  if (doc.holidays) {
    const year = new Date(at).getUTCFullYear();
    const { country, region, open } = doc.holidays;
    const all = await Promise.all([year - 1, year, year + 1, year + 2].map((each) => holidaysOf(country, region, each)));
    for (const { day } of all.flat()) if (!open.includes(day)) closed.add(day);
  }
  return { timeZone: doc.timeZone, week: doc.week.map(spansOf), closed, overrides: new Map(doc.overrides.map(({ date, spans }) => [date, spansOf(spans)])) };
}

/** The calendar of some hours by their id; null (always open) without hours, or when they are gone. */
export async function calendarById(companyId: string, hoursId: string | null, at: number): Promise<MaybeCalendar> {
  const doc = hoursId ? await hoursById(companyId, hoursId) : null;
  return doc ? calendarOf(doc, at) : null;
}
