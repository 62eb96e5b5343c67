import { clock, dayOf, dueState, duration, exact, fileSize, percent, relative, stopwatch } from '../../../agent-console/lib/format';
import { directionOf, nearest, translator } from '../../../agent-console/lib/i18n';
import { pseudo } from '../../../agent-console/lib/pseudo';
import { daysToMonday, momentOf, morningIn, wallClock } from '../../../agent-console/lib/wall-clock';
import { uuid } from '../../../agent-console/lib/ids';

const english = { language: 'en', timeZone: 'Europe/Lisbon' };
const now = Date.parse('2026-01-05T12:00:00.000Z');
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

test.each([[5, 'now'], [130, '2 min. ago'], [3 * 3600, '3 hr. ago'], [26 * 3600, 'yesterday'], [9 * 86_400, 'Dec 27, 2025'], [-300, 'in 5 min.']])('%d s ago reads %s', (seconds, words) => {
  expect(relative(ago(seconds), english, now)).toBe(words);
});

test('moments are written in the zone and language of the reader', () => {
  expect(clock('2026-07-01T12:00:00.000Z', english)).toBe('1:00 PM');
  expect(clock('2026-07-01T12:00:00.000Z', { language: 'ja', timeZone: 'Asia/Seoul' })).toBe('21:00');
  expect(dayOf('2026-01-04T12:00:00.000Z', english, now)).toBe('Jan 4');
  expect(exact('2026-01-04T12:00:00.000Z', english)).toContain('January 4, 2026');
});

test.each([[0, '0s'], [59, '59s'], [60, '1m'], [3600, '1h'], [3900, '1h 5m'], [90_000, '1d'], [-4, '0s']])('%d s as a length: %s', (seconds, words) => expect(duration(seconds, english)).toBe(words));
test.each([[0, '0:00'], [187, '3:07'], [3729, '1:02:09'], [-1, '0:00']])('%d s on the watch: %s', (seconds, words) => expect(stopwatch(seconds)).toBe(words));

test('figures', () => {
  expect(percent(0.644, english)).toBe('64%');
  expect(fileSize(184_320, english)).toBe('184.3 kB');
  expect(fileSize(20, english)).toBe('20 byte');
  expect(fileSize(2_500_000, english)).toBe('2.5 MB');
});

test('what is due', () => {
  expect(dueState(null, null, now)).toBe('fine');
  expect(dueState(ago(-3600), ago(-1800), now)).toBe('fine');
  expect(dueState(ago(-600), ago(10), now)).toBe('at-risk');
  expect(dueState(ago(1), ago(900), now)).toBe('breached');
});

test('texts: parameters, plurals, numbers, unknown keys', () => {
  const t = translator('en', { hello: 'Hello {{name}}', items_one: '{{count}} item', items_other: '{{count}} items' });
  expect(t('hello', { name: 'Ana' })).toBe('Hello Ana');
  expect([1, 2, 2000].map((count) => t('items', { count }))).toEqual(['1 item', '2 items', '2,000 items']);
  expect(t('nowhere')).toBe('nowhere');
  expect(translator('ko', { items_other: '{{count}}개' })('items', { count: 1 })).toBe('1개');
});

test('languages', () => {
  expect([nearest('zh-Hant-TW'), nearest('ko-KR'), nearest('pt'), nearest('en-XB')]).toEqual(['zh', 'ko', 'en', 'en-XB']);
  expect([directionOf('ar-EG'), directionOf('en-XB'), directionOf('ja')]).toEqual(['rtl', 'rtl', 'ltr']);
});

test('the pseudo-language is longer and keeps its parameters', () => {
  expect(pseudo('Close {{name}}')).toMatch(/^\[Çlóšé \{\{name\}\}·+\]$/);
  expect(pseudo('Close').length).toBeGreaterThanOrEqual(7);
});

test('ids are version 4 UUIDs', () => expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

test.each([
  ['Asia/Tokyo', '2026-11-25T09:30', '2026-11-25T00:30:00.000Z'], ['America/New_York', '2026-07-01T23:05', '2026-07-02T03:05:00.000Z'], ['UTC', '2026-01-01T00:00', '2026-01-01T00:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'], ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'], ['Australia/Lord_Howe', '2026-10-04T12:00', '2026-10-04T01:00:00.000Z'],
])('a field for date and time stands on the clock of the reader: %s %s', (timeZone, shown, moment) => {
  expect([momentOf(shown, timeZone).toISOString(), wallClock(new Date(moment), timeZone)]).toEqual([moment, shown]);
});

test('tomorrow morning and next Monday are those of the reader, wherever the browser is', () => {
  const lateOnSaturday = new Date('2026-11-28T20:00:00.000Z');
  expect(morningIn(1, 'Europe/Lisbon', lateOnSaturday).toISOString()).toBe('2026-11-29T09:00:00.000Z');
  expect(morningIn(1, 'Asia/Seoul', lateOnSaturday).toISOString()).toBe('2026-11-30T00:00:00.000Z');
  expect([daysToMonday('Europe/Lisbon', lateOnSaturday), daysToMonday('Asia/Seoul', lateOnSaturday), daysToMonday('UTC', new Date('2026-11-30T10:00:00.000Z'))]).toEqual([2, 1, 7]);
  expect(Number.isNaN(momentOf('', 'UTC').getTime())).toBe(true);
});
