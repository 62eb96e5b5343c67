import fc from 'fast-check';
import type { Calendar } from '../../server/service-levels/calendar';
import { clocksOf, type Clock, type Turn } from '../../server/service-levels/clocks';

const minute = 60_000;
const at = (clock: string, day = 20): number => Date.parse(`2026-11-${day}T${clock}:00Z`);
const turn = (what: Turn['what'], clock: string, day = 20): Turn => ({ at: at(clock, day), what });
const targets = { firstResponse: 60, nextResponse: 30, resolution: 480 };
const office: Calendar = { timeZone: 'UTC', week: [...Array.from({ length: 5 }, () => [{ from: 540, to: 1020 }]), [], []], closed: new Set(), overrides: new Map() };
const clocks = (turns: Turn[], now: number, calendar: Calendar | null = null): Record<string, Clock> => Object.fromEntries(clocksOf(turns, { targets, calendar, now }).map((each) => [each.kind, each]));
const time = (value: number | null | undefined): string | null => (value == null ? null : new Date(value).toISOString().slice(8, 16));
const begun: Turn[] = [turn('opened', '10:00'), turn('customer', '10:00')];

test('the first answer, the next ones and the solution each have a clock', () => {
  expect(Object.fromEntries(Object.entries(clocks(begun, at('10:30'))).map(([kind, clock]) => [kind, [time(clock.marks[100]), clock.state]]))).toEqual({ resolution: ['20T18:00', 'running'], 'first-response': ['20T11:00', 'running'] });
  const answered = [...begun, turn('agent', '10:40'), turn('customer', '10:50'), turn('customer', '10:55')];
  const now = clocks(answered, at('11:00'));
  expect([now['first-response']?.state, now['next-response']?.state, time(now['next-response']?.marks[100])]).toEqual(['met', 'running', '20T11:20']);
  expect(clocks([...answered, turn('agent', '11:21')], at('12:00'))['next-response']).toMatchObject({ state: 'missed', breached: true });
});

test('what an agent began owes no first answer, and a ticket without targets has no clocks', () => {
  expect(Object.keys(clocks([turn('opened', '10:00'), turn('agent', '10:00'), turn('customer', '12:00')], at('12:01'))).sort()).toEqual(['next-response', 'resolution']);
  expect(clocksOf(begun, { targets: { firstResponse: null, nextResponse: null, resolution: null }, calendar: null, now: at('11:00') })).toEqual([]);
});

test('pending and on hold stop the clock; what was used stays used', () => {
  const turns = [...begun, turn('pending', '10:20'), turn('open', '12:00'), turn('on-hold', '12:10'), turn('open', '13:00')];
  expect(clocks(turns.slice(0, 3), at('11:00'))['first-response']).toMatchObject({ state: 'paused', breached: false, usedMs: 20 * minute, marks: { 75: null, 90: null, 100: null } });
  expect(time(clocks(turns.slice(0, 4), at('12:01'))['first-response']?.marks[100])).toBe('20T12:40');
  expect([75, 90, 100].map((mark) => time(clocks(turns, at('13:01'))['first-response']?.marks[mark as 75]))).toEqual(['20T13:15', '20T13:24', '20T13:30']);
});

test('only the hours of the queue count: over a night, over a weekend', () => {
  const late: Turn[] = [turn('opened', '16:30'), turn('customer', '16:30')];
  const now = clocks(late, at('16:45'), office);
  expect([time(now['first-response']?.marks[100]), time(now['resolution']?.marks[100])]).toEqual(['23T09:30', '23T16:30']);
  expect(clocks(late, at('08:00', 22), office)['first-response']?.usedMs).toBe(30 * minute);
});

test('what is due when the day ends is over a minute later, as its mark says', () => {
  const turns = [turn('opened', '16:00'), turn('customer', '16:00')];
  expect(clocks(turns, at('17:00'), office)['first-response']).toMatchObject({ breached: false, usedMs: 60 * minute, marks: { 100: at('17:00') } });
  expect(clocks(turns, at('17:01'), office)['first-response']).toMatchObject({ breached: true, state: 'running', usedMs: 60 * minute });
});

test('solving ends the clocks, reopening lets the solution run on, and the next question has its own', () => {
  const solved = [...begun, turn('solved', '10:30')];
  expect(Object.values(clocks(solved, at('23:00'))).map(({ kind, state }) => [kind, state])).toEqual([['resolution', 'met'], ['first-response', 'met']]);
  const again = [...solved, turn('customer', '12:00'), turn('open', '12:00')];
  expect(time(clocks(again, at('12:01'))['resolution']?.marks[100])).toBe('20T19:30');
  expect(clocks([...again, turn('customer', '12:05')], at('12:06'))['first-response']?.state).toBeDefined();
});

test('whatever happens, a clock never runs backwards and is due when exactly its time is used', () => {
  const what = fc.constantFrom<Turn['what']>('customer', 'agent', 'open', 'pending', 'on-hold', 'solved');
  const steps = fc.array(fc.tuple(what, fc.integer({ min: 1, max: 300 })), { maxLength: 15 });
  fc.assert(fc.property(steps, fc.boolean(), (list, always) => {
    let moment = at('09:30');
    const turns: Turn[] = [{ at: moment, what: 'opened' }, { at: moment, what: 'customer' }, ...list.map(([each, gap]): Turn => ({ what: each, at: (moment += gap * minute) }))];
    const calendar = always ? null : office;
    for (const clock of clocksOf(turns, { targets, calendar, now: moment + 7 * minute })) {
      const later = clocksOf(turns, { targets, calendar, now: moment + 20 * minute }).find((each) => each.kind === clock.kind);
      expect(later?.usedMs).toBeGreaterThanOrEqual(clock.usedMs);
      expect([...clock.stretches].every((each, n, all) => n === all.length - 1 || (each.to !== null && each.to <= (all[n + 1]?.from ?? 0)))).toBe(true);
      if (clock.marks[100] !== null) {
        const then = clocksOf(turns.filter((each) => each.at <= (clock.marks[100] ?? 0)), { targets, calendar, now: clock.marks[100] }).find((each) => each.kind === clock.kind && each.startedAt === clock.startedAt);
        if (then) expect(Math.abs(then.usedMs - clock.targetMs)).toBeLessThan(2);
      }
      // Due at the very end of the day: over with it, though no further time is used until the next one begins.
      if (clock.state === 'running' && clock.usedMs !== clock.targetMs) expect(clock.breached).toBe(clock.usedMs > clock.targetMs);
    }
  }), { numRuns: 300, examples: [[[['on-hold', 54], ['customer', 211], ['open', 179]], false]] });
});
