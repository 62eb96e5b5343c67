import fc from 'fast-check';
import { isPresent, mayBecome, shownState } from '../../../queues/roster/agent-state';
import { carry, isOver, roomFor } from '../../../queues/roster/capacity';

const nothing = { firmLoad: 0, softLoad: 0, counts: {} };
const limits = { capacity: 100, maxima: { chat: 3 } };

test('who may become what', () => {
  expect(mayBecome('available', 'available', 'agent')).toBe(true);
  expect(mayBecome('available', 'not-responding', 'agent')).toBe(false);
  expect(mayBecome('available', 'not-responding', 'engine')).toBe(true);
  expect(mayBecome('offline', 'not-responding', 'engine')).toBe(false);
  expect(mayBecome('offline', 'available', 'supervisor')).toBe(false);
  expect(mayBecome('away', 'available', 'supervisor')).toBe(true);
  expect(mayBecome('available', 'wrap-up', 'supervisor')).toBe(false);
  expect(mayBecome('offline', 'wrap-up', 'agent')).toBe(false);
  expect(['available', 'wrap-up', 'away', 'offline', 'not-responding'].map((s) => isPresent(s as 'away'))).toEqual([true, true, false, false, false]);
});

test('busy is shown, never stored', () => {
  expect(shownState('available', { ...nothing, firmLoad: 100 }, limits)).toBe('busy');
  expect(shownState('available', { ...nothing, firmLoad: 80 }, limits)).toBe('available');
  expect(shownState('away', { ...nothing, firmLoad: 100 }, limits)).toBe('away');
});

test('room for one more', () => {
  const chat = { channel: 'chat', weight: 25 };
  const mail = { channel: 'email', weight: 20, interruptible: true };
  const call = { channel: 'voice', weight: 100 };
  const withMail = carry(nothing, mail, 1);
  expect(roomFor(withMail, limits, call)).toBe('aside');
  expect(roomFor(carry(withMail, call, 1), limits, mail)).toBe('full');
  expect(roomFor({ ...nothing, counts: { chat: 3 } }, limits, chat)).toBe('full');
  expect(roomFor(carry(nothing, chat, 1), limits, call)).toBe('full');
  expect(isOver({ ...nothing, counts: { chat: 4 } }, limits)).toBe(true);
  expect(isOver({ ...nothing, firmLoad: 101 }, limits)).toBe(true);
});

test('whatever is taken while there is room never exceeds the limits', () => {
  const cost = fc.record({ channel: fc.constantFrom('chat', 'voice', 'email'), weight: fc.integer({ min: 1, max: 100 }), interruptible: fc.boolean() });
  fc.assert(fc.property(fc.array(cost, { maxLength: 40 }), (costs) => {
    let carried = nothing as Parameters<typeof carry>[0];
    for (const one of costs) if (roomFor(carried, limits, one) !== 'full') carried = carry(carried, one, 1);
    expect(carried.firmLoad).toBeLessThanOrEqual(100);
    expect(carried.softLoad).toBeLessThanOrEqual(100);
    expect(isOver(carried, limits)).toBe(false);
  }));
});
