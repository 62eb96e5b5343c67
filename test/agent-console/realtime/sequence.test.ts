import fc from 'fast-check';
import { makeSequence } from '../../../agent-console/realtime/sequence';
import type { Broadcast } from '../../../protocol/sockets';

const event = (n: number): Broadcast => ({ n, id: `e${n}`, name: 'settings.changed', at: '2026-01-05T09:00:00.000Z', data: { kind: 'x' } });

test('what comes while missed events are fetched is applied after them, in order', () => {
  const seen: number[] = [];
  const sequence = makeSequence((broadcast) => seen.push(broadcast.n));
  sequence.take(event(1));
  sequence.hold();
  sequence.take(event(6));
  sequence.take(event(5));
  expect(seen).toEqual([1]);
  sequence.catchUp([event(2), event(3), event(4), event(5)], 6);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  sequence.take(event(7));
  expect(seen.at(-1)).toBe(7);
});

test('one event told in two ways is applied in both', () => {
  const seen: string[] = [];
  const sequence = makeSequence((broadcast) => seen.push(broadcast.name));
  sequence.take(event(1));
  sequence.take({ ...event(1), name: 'customer.changed', data: { customerId: 'c' } } as Broadcast);
  sequence.take(event(1));
  expect(seen).toEqual(['settings.changed', 'customer.changed']);
});

test('every event once, whatever is repeated over however many outages', () => {
  const steps = fc.array(fc.oneof(fc.record({ take: fc.integer({ min: 1, max: 40 }) }), fc.record({ missed: fc.array(fc.integer({ min: 1, max: 40 })) })), { maxLength: 60 });
  fc.assert(fc.property(steps, (all) => {
    const seen: number[] = [];
    const sequence = makeSequence((broadcast) => seen.push(broadcast.n));
    for (const step of all) {
      if ('take' in step) sequence.take(event(step.take));
      else {
        sequence.hold();
        sequence.catchUp(step.missed.map(event), 0);
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
  }));
});

test('asks again from a little before the last, and from the beginning at first', () => {
  const sequence = makeSequence(() => {});
  expect(sequence.from()).toBe(0);
  sequence.catchUp([], 400);
  expect(sequence.from()).toBe(375);
});
