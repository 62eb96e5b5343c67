import fc from 'fast-check';
import { addOpen, changesAt, isOpen, openBetween, opensAt, type Calendar, type Span } from '../../server/service-levels/calendar';
import { calendarOf } from '../../server/service-levels/calendar-of';
import { demandPlace } from '../../server/service-levels/configure-hours';
import { countries, holidaysOf } from '../../server/service-levels/holidays';
import { momentOf, offsetAt, wallAt } from '../../server/service-levels/zone';

const utc = (text: string): number => Date.parse(text);
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const hour = 3_600_000;
const nine: Span[] = [{ from: 540, to: 1020 }];
const weekdays = (timeZone: string, spans = nine): Calendar => ({ timeZone, week: [spans, spans, spans, spans, spans, [], []], closed: new Set(), overrides: new Map() });
const daily = (timeZone: string, spans: Span[]): Calendar => ({ ...weekdays(timeZone), week: Array.from({ length: 7 }, () => spans) });
const zones = ['UTC', 'Europe/Lisbon', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Seoul', 'America/St_Johns'];

describe('wall clocks', () => {
  test('a moment read from the wall leads back to it, except where the clock shows a time twice', () => {
    const moments = fc.integer({ min: utc('2025-01-01T00:00:00Z'), max: utc('2028-01-01T00:00:00Z') });
    fc.assert(fc.property(fc.constantFrom(...zones), moments, (zone, at) => {
      const wall = wallAt(zone, at);
      expect([momentOf(zone, wall, 'first'), momentOf(zone, wall, 'last')].some((each) => Math.abs(each - at) < 1000)).toBe(true);
    }), { numRuns: 300 });
  });

  test('02:30 is skipped in spring and comes twice in autumn', () => {
    expect(iso(momentOf('Europe/Berlin', { day: '2026-03-29', minutes: 150 }, 'first'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(momentOf('Europe/Berlin', { day: '2026-10-25', minutes: 150 }, 'first'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(momentOf('Europe/Berlin', { day: '2026-10-25', minutes: 150 }, 'last'))).toBe('2026-10-25T01:30:00.000Z');
    expect(offsetAt('Asia/Kolkata', 0)).toBe(5.5 * hour);
  });
});

describe('open time', () => {
  const spans = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }).map((marks) => marks.sort((a, b) => a - b)).map((marks) => Array.from({ length: Math.floor(marks.length / 2) }, (_, n) => ({ from: (marks[2 * n] ?? 0) * 15, to: (marks[2 * n + 1] ?? 0) * 15 })));
  const calendars = fc.record({ timeZone: fc.constantFrom(...zones), week: fc.array(spans, { minLength: 7, maxLength: 7 }), closed: fc.constant(new Set(['2026-04-03'])), overrides: fc.constant(new Map([['2026-04-01', [{ from: 600, to: 660 }]]])) });
  const start = utc('2026-03-20T00:00:00Z');
  const moments = fc.integer({ min: 0, max: 18 * 24 * 60 }).map((minutes) => start + minutes * 60_000);
  // By looking at the wall clock every five minutes; times the clock shows twice or never are left to the examples.
  const doubtful = (zone: string, at: number): boolean => offsetAt(zone, at - 3 * hour) !== offsetAt(zone, at + 3 * hour);

  test('is what one sees by looking at the wall clock', () => {
    fc.assert(fc.property(calendars, moments, (calendar, at) => {
      fc.pre(!doubtful(calendar.timeZone, at));
      const { day, minutes } = wallAt(calendar.timeZone, at);
      const today = calendar.overrides.get(day) ?? (calendar.closed.has(day) ? [] : calendar.week[(new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7] ?? []);
      expect(isOpen(calendar, at)).toBe(today.some((span) => minutes >= span.from && minutes < span.to));
    }), { numRuns: 200 });
  });

  test('adds up, and adding what lies between two moments leads from one to the other', () => {
    fc.assert(fc.property(calendars, fc.tuple(moments, moments, moments), (calendar, three) => {
      const [a = 0, b = 0, c = 0] = [...three].sort((one, other) => one - other);
      expect(openBetween(calendar, a, b) + openBetween(calendar, b, c)).toBe(openBetween(calendar, a, c));
      const between = openBetween(calendar, a, c);
      const end = addOpen(calendar, a, between);
      if (between > 0 && end !== null) {
        expect(end).toBeLessThanOrEqual(c);
        expect(openBetween(calendar, a, end)).toBe(between);
      }
      const opens = opensAt(calendar, a);
      if (opens !== null) expect([isOpen(calendar, opens), openBetween(calendar, a, opens)]).toEqual([true, 0]);
    }), { numRuns: 150 });
  });

  test('follows the clock when it changes: a night shift has seven hours in spring and nine in autumn', () => {
    const night = daily('Europe/Berlin', [{ from: 0, to: 480 }]);
    const hours = (day: string) => openBetween(night, momentOf('Europe/Berlin', { day, minutes: 0 }, 'first'), momentOf('Europe/Berlin', { day, minutes: 720 }, 'first')) / hour;
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([8, 7, 9]);
    // Nine in the morning stays nine: 8 UTC before, 7 UTC after.
    expect([opensAt(weekdays('Europe/Berlin'), utc('2026-03-27T23:00:00Z')), opensAt(weekdays('Europe/Berlin'), utc('2026-03-26T23:00:00Z'))].map(iso)).toEqual(['2026-03-30T07:00:00.000Z', '2026-03-27T08:00:00.000Z']);
    const split = daily('Europe/Berlin', [{ from: 0, to: 150 }, { from: 150, to: 480 }]);
    expect(openBetween(split, utc('2026-10-24T22:00:00Z'), utc('2026-10-25T12:00:00Z')) / hour).toBe(9);
  });

  test('is found over nights and weekends, joined where one span follows upon the other, and never for hours that never open', () => {
    const office = weekdays('UTC');
    expect(iso(addOpen(office, utc('2026-11-20T16:00:00Z'), 2 * hour))).toBe('2026-11-23T10:00:00.000Z');
    expect(iso(changesAt(office, utc('2026-11-20T16:00:00Z')))).toBe('2026-11-20T17:00:00.000Z');
    expect(iso(changesAt(office, utc('2026-11-21T16:00:00Z')))).toBe('2026-11-23T09:00:00.000Z');
    expect(iso(changesAt(daily('UTC', [{ from: 0, to: 600 }, { from: 600, to: 720 }]), utc('2026-11-20T05:00:00Z')))).toBe('2026-11-20T12:00:00.000Z');
    const always = daily('UTC', [{ from: 0, to: 1440 }]);
    expect([isOpen(always, 0), changesAt(always, 0)]).toEqual([true, null]);
    const never = daily('UTC', []);
    expect([isOpen(never, 0), opensAt(never, 0), addOpen(never, 0, 1), changesAt(never, 0), openBetween(never, 0, hour)]).toEqual([false, null, null, null, 0]);
    expect([isOpen(null, 5), opensAt(null, 5), addOpen(null, 5, 7), changesAt(null, 5), openBetween(null, 5, 7), openBetween(null, 7, 5)]).toEqual([true, 5, 12, null, 2, 0]);
  });
});

describe('holidays', () => {
  const week = Array.from({ length: 7 }, () => [{ from: '09:00', to: '17:00' }]);
  test('close the day where the queue is, unless it is said to be open; a dated override is stronger', async () => {
    const doc = { timeZone: 'Europe/Berlin', week, holidays: { country: 'DE', region: 'BY', open: ['2026-12-26'] }, overrides: [{ date: '2026-12-25', name: 'Emergencies', spans: [{ from: '10:00', to: '12:00' }] }] };
    const calendar = await calendarOf(doc, utc('2026-12-01T00:00:00Z'));
    const at = (day: string, clock: string) => isOpen(calendar, utc(`${day}T${clock}:00+01:00`));
    expect([at('2026-12-24', '10:30'), at('2026-12-25', '10:30'), at('2026-12-25', '09:30'), at('2026-12-26', '10:30'), at('2027-01-01', '10:30'), at('2027-01-06', '10:30'), at('2027-01-07', '10:30')]).toEqual([true, true, false, true, false, false, true]);
  });
  test('are known by country and region; several days count each, halves do not', async () => {
    expect((await holidaysOf('DE', 'BE', 2026)).some(({ day }) => day === '2026-01-06')).toBe(false);
    expect((await holidaysOf('KR', '', 2026)).filter(({ day }) => day >= '2026-02-16' && day <= '2026-02-20').map(({ day }) => day)).toEqual(['2026-02-17', '2026-02-18', '2026-02-19']);
    expect((await holidaysOf('CN', '', 2026)).some(({ day }) => day === '2026-03-08')).toBe(false);
    expect(await holidaysOf('XX', '', 2026)).toEqual([]);
    expect(await demandPlace({ country: 'DE', region: 'BY' })).toBeUndefined();
    await expect(demandPlace({ country: 'XX', region: '' })).rejects.toMatchObject({ code: 'bad-input', fields: { 'holidays.country': expect.any(String) as string } });
    await expect(demandPlace({ country: 'DE', region: 'ZZ' })).rejects.toMatchObject({ code: 'bad-input', fields: { 'holidays.region': expect.any(String) as string } });
    expect((await countries()).find(({ code }) => code === 'DE')?.regions.length).toBe(16);
  });
});
