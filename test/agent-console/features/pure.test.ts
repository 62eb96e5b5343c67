import { group } from '../../../agent-console/features/ticket/group';
import { frameDocument, hasOwnLook, hasRemoteImages } from '../../../agent-console/features/ticket/mail-document';
import { codeOf, isCode, keyOf } from '../../../agent-console/features/settings/code';
import { byRisk, levelRisk, waitRisk } from '../../../agent-console/features/supervision/risk';
import { sum } from '../../../agent-console/features/supervision/sum';
import type { BoardQueue, DailyRow } from '../../../protocol/board';
import type { Message } from '../../../protocol/messages';

const entry = (id: string, kind: Message['kind'], at: string): Message => ({ id, kind, at }) as Message;
const day = (at: string): string => at.slice(0, 10);

test('neighbouring system entries of a day fold, and a new day is marked', () => {
  const groups = group([entry('1', 'customer', '2026-01-05T09'), entry('2', 'system', '2026-01-05T10'), entry('3', 'system', '2026-01-05T11'), entry('4', 'system', '2026-01-06T09'), entry('5', 'agent', '2026-01-06T10')], day);
  expect(groups.map((one) => [one.messages.map((message) => message.id).join(''), one.day])).toEqual([['1', '2026-01-05'], ['23', null], ['4', '2026-01-06'], ['5', null]]);
});

test('a mail frame forbids everything but styles and our own pictures until pictures are asked for', () => {
  const html = '<p>x</p><img src="https://example.test/x.png">';
  expect(hasRemoteImages(html)).toBe(true);
  expect(hasRemoteImages('<p style="background:url(//example.test/x)">')).toBe(true);
  expect(hasRemoteImages('<img src="data:image/png;base64,AA"><img src="/api/v1/attachments/1">')).toBe(false);
  expect(frameDocument(html, { images: false, dark: false })).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: blob:\"");
  expect(frameDocument(html, { images: true, dark: true })).toContain('blob: http: https:');
  const aside = '<img width="5" data-remote-src="https://example.test/a.png?x=1&amp;y=2">';
  expect([true, false].map((images) => frameDocument(aside, { images, dark: false }).includes(' src="https://example.test/a.png?x=1&amp;y=2"'))).toEqual([true, false]);
  expect([hasOwnLook('<p>x</p>'), hasOwnLook('<table bgcolor="white">'), hasOwnLook('<p style="color:red">')]).toEqual([false, true, true]);
});

test('codes and keys out of names', () => {
  expect(codeOf('Fault reported', [])).toBe('fault-reported');
  expect(codeOf('Crème brûlée!', [])).toBe('creme-brulee');
  expect(codeOf('환불', ['code'])).toBe('code-2');
  expect(codeOf('루멘', ['brand'], 'brand')).toBe('brand-2');
  expect(['lumen-2', '', '-lumen', 'Lumen', '루멘', 'x'.repeat(41)].map(isCode)).toEqual([true, false, false, false, false, false]);
  expect(keyOf('2nd Order no.', [])).toBe('nd_order_no');
  expect(keyOf('Order', ['order'])).toBe('order_2');
});

const queue = (more: Partial<BoardQueue>): BoardQueue => ({ name: 'a', withinTarget: null, target: 0.8, waitingByChannel: {}, oldestArrivedAt: null, ...more }) as BoardQueue;

test('risk of a service level and of a wait', () => {
  expect([levelRisk(null, 0.8), levelRisk(0.79, 0.8), levelRisk(0.82, 0.8), levelRisk(0.9, 0.8), levelRisk(0.5, null), levelRisk(1, 0.98)]).toEqual(['fine', 'breached', 'at-risk', 'fine', 'fine', 'fine']);
  const now = Date.parse('2026-01-05T09:10:00.000Z');
  const waiting = (minutes: number) => waitRisk(queue({ waitingByChannel: { email: 1, webchat: 0 }, oldestArrivedAt: new Date(now - minutes * 60_000).toISOString() }), { email: { percent: 80, withinSeconds: 600 }, webchat: { percent: 80, withinSeconds: 10 } }, now);
  expect([waiting(1), waiting(8), waiting(11)]).toEqual(['fine', 'at-risk', 'breached']);
  expect(waitRisk(queue({}), {}, now)).toBe('fine');
  expect([queue({ name: 'b' }), queue({ name: 'c', withinTarget: 0.1 }), queue({ name: 'a' })].sort(byRisk).map((one) => one.name)).toEqual(['c', 'a', 'b']);
});

test('daily rows add up', () => {
  const row = { arrived: 2, accepted: 1, handled: 1, abandoned: 0, declined: 3, expired: 0, replies: 4, waitSeconds: 10, handleSeconds: 20 } as DailyRow;
  expect(sum([row, row])).toEqual({ arrived: 4, accepted: 2, handled: 2, abandoned: 0, declined: 6, expired: 0, replies: 8, waitSeconds: 20, handleSeconds: 40 });
});
