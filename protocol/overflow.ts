import { z } from 'zod';
import { id, text } from './fields';

const channels = z.array(z.string().max(40)).max(20).describe('Only on these channels; none: on all');

/** Where work goes instead of waiting here. */
export const overflowAction = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('queue').describe('To another queue, with its seniority'), queueId: id('Queue') }),
  z.strictObject({ to: z.literal('callback').describe('Called back; a number that is not known is asked for, and the place is kept meanwhile'), text: text(2000, 'What the customer is told') }),
  z.strictObject({ to: z.literal('message').describe('The customer is told something; the work waits on'), text: text(2000, 'What the customer is told') }),
  z.strictObject({ to: z.literal('email').describe('Answered by e-mail; an address that is not known is asked for'), text: text(2000, 'What the customer is told') }),
]);
/** Where work goes instead of waiting here. */
export type OverflowAction = z.output<typeof overflowAction>;

const before = z.strictObject({
  when: z.enum(['closed', 'expected-wait', 'waiting']).describe('closed: outside the queue\'s hours; expected-wait: longer than `over` seconds; waiting: `over` items wait already'),
  over: z.int().min(0).max(1_000_000).describe('Seconds or items; without meaning when closed'), channels, then: overflowAction,
});
const after = z.strictObject({ afterSeconds: z.int().min(1).max(604_800).describe('Seconds in this queue'), channels, then: overflowAction });

/** What happens instead of waiting: looked at on arrival, first that holds; and when work has waited for long. */
export const overflow = z.strictObject({ before: z.array(before).max(6).describe('On arrival, in order; the first that holds counts'), after: z.array(after).max(6).describe('While it waits; each once') });
/** What happens instead of waiting. */
export type Overflow = z.output<typeof overflow>;
