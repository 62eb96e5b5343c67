import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react';
import { cx } from '../lib/cx';
import { Link, useLocation, useRoute } from 'wouter';

/** What the shell puts on top of every side pane: the state switch. */
export const SideTop = createContext<ReactNode>(null);

/** The second column: where one is, and the ways from here. Hidden on a phone, where the page's own header takes over. */
export function SidePane({ label, children }: { label: string; children: ReactNode }) {
  const top = useContext(SideTop);
  return (
    <nav aria-label={label} data-pane tabIndex={-1} className="hidden w-52 shrink-0 flex-col border-e border-line bg-canvas sm:flex">
      <div className="p-2">{top}</div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">{children}</div>
    </nav>
  );
}

/** One way, with a count when there is something to count. */
export function SideLink({ href, children, count, strong = false }: { href: string; children: ReactNode; count?: number | undefined; strong?: boolean }) {
  const [active] = useRoute(`${href.split('?')[0]}/*?`);
  const link = useRef<HTMLAnchorElement>(null);
  // A long list of ways may have the present one out of sight.
  useEffect(() => {
    if (active) link.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <Link ref={link} href={href} aria-current={active ? 'page' : undefined}
      className={cx('flex h-7 scroll-my-14 items-center gap-2 rounded-md px-2 text-md transition-colors duration-(--quick)', active ? 'bg-hover font-medium text-ink' : 'text-soft hover:bg-hover')}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {count === undefined ? null : <span className={cx('tnum text-sm', strong ? 'font-semibold text-accent' : 'text-muted')}>{count}</span>}
    </Link>
  );
}

/** The same ways as one choice, on a phone, where there is no second column. */
export function PhoneWays({ label, at, ways }: { label: string; at: string; ways: { href: string; text: string }[] }) {
  const [, go] = useLocation();
  return (
    <select aria-label={label} value={at} onChange={(event) => go(event.target.value)} className="h-9 w-full rounded-md bg-sunken px-2 text-md sm:hidden">
      {ways.some(({ href }) => href === at) ? null : <option value={at} />}
      {ways.map(({ href, text }) => <option key={href} value={href}>{text}</option>)}
    </select>
  );
}

/** A heading between ways. */
export function SideLabel({ children }: { children: ReactNode }) {
  return <p className="px-2 pt-4 pb-1 text-xs font-medium text-muted">{children}</p>;
}
