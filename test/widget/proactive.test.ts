import type { WidgetGreeting } from '../../protocol/channels';
import { due, fits } from '../../widget/frame/proactive';

const day = 86_400_000;
const greeting = (more: Partial<WidgetGreeting>): WidgetGreeting => ({ text: 'Hello', pages: '', seconds: 0, scroll: 0, everyDays: 1, ...more });
const place = { address: '/products/42/returns?from=mail', seconds: 10, scroll: 50 };

test.each([['', true], ['/products', true], ['/products/*/returns', true], ['/returns*/products', false], ['/checkout', false], ['from=mail', true]])('the page %p', (pattern, right) => expect(fits(pattern, place.address)).toBe(right));

test('a greeting waits for its page, its time, its scrolling and its pause; the first that fits is shown', () => {
  const asked = (greetings: WidgetGreeting[], sinceLast = Infinity) => due(greetings, place, sinceLast)?.text;
  expect([
    asked([greeting({ text: 'page', pages: '/checkout' }), greeting({ text: 'time', seconds: 11 }), greeting({ text: 'scroll', scroll: 51 }), greeting({ text: 'fits', seconds: 10, scroll: 50 }), greeting({ text: 'later' })]),
    asked([greeting({ everyDays: 2 })], 2 * day - 1), asked([greeting({ everyDays: 2 })], 2 * day), asked([]),
  ]).toEqual(['fits', undefined, 'Hello', undefined]);
});
