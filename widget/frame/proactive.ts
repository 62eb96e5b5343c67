import type { WidgetGreeting } from '../../protocol/channels';

/** Where the visitor is on the page and since when. */
export interface Place {
  address: string;
  /** Seconds on this page. */
  seconds: number;
  /** How much of it was scrolled at most, in per cent. */
  scroll: number;
}

const DAY = 86_400_000;
const EVERY = 1000;

/** Whether an address contains a pattern in which * stands for anything. */
export function fits(pattern: string, address: string): boolean {
  let from = 0;
  return pattern.split('*').every((part) => {
    const at = address.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** The first greeting whose page, time, scroll and pause since the last one all fit. */
export const due = (greetings: readonly WidgetGreeting[], { address, seconds, scroll }: Place, sinceLast: number): WidgetGreeting | undefined =>
  greetings.find((one) => fits(one.pages, address) && seconds >= one.seconds && scroll >= one.scroll && sinceLast >= one.everyDays * DAY);

const scrolled = () => {
  const { scrollHeight } = document.documentElement;
  return scrollHeight <= innerHeight ? 100 : Math.round(((scrollY + innerHeight) / scrollHeight) * 100);
};

interface Ports {
  greetings(): readonly WidgetGreeting[];
  /** When something was last shown, ms; 0: never. */
  last(): number;
  greet(greeting: WidgetGreeting): void;
}

/** Looks once a second whether a greeting is due; a new address begins a new page, also where no page was loaded. */
export function watchPage({ greetings, last, greet }: Ports): void {
  let place: Place = { address: '', seconds: 0, scroll: 0 };
  const timer = setInterval(() => {
    if (document.hidden) return;
    const address = location.pathname + location.search;
    const same = address === place.address;
    place = { address, seconds: same ? place.seconds + 1 : 0, scroll: Math.max(same ? place.scroll : 0, scrolled()) };
    const found = due(greetings(), place, Date.now() - last());
    if (!found) return;
    clearInterval(timer);
    greet(found);
  }, EVERY);
}
