import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { cx } from '../lib/cx';
import { IconButton } from './button';

interface ListAndDetailProps {
  /** Heading for readers who hear the page, while nothing is chosen; what is chosen brings its own. */
  title: string;
  list: ReactNode;
  chosen: boolean;
  detail: ReactNode;
  /** The detail divides its own height, rather than being scrolled as a whole. */
  columns?: boolean;
}

/** A list and what was chosen from it, side by side; on a phone one at a time. */
export function ListAndDetail({ title, list, chosen, detail, columns = false }: ListAndDetailProps) {
  return (
    <main className="flex min-h-0 min-w-0 flex-1">
      {chosen ? null : <h1 className="sr-only">{title}</h1>}
      {list}
      <div data-pane tabIndex={-1} className={cx('min-h-0 min-w-0 flex-1', columns ? 'sm:flex' : 'overflow-y-auto bg-surface sm:block', chosen ? (columns ? 'flex' : 'block') : 'hidden')}>{detail}</div>
    </main>
  );
}

/** The way from what was chosen back to its list, on a phone, where one stands at a time. */
export function BackToList({ label, href }: { label: string; href: string }) {
  const [, go] = useLocation();
  return <IconButton label={label} onClick={() => go(href)} className="m-2 -mb-3 sm:hidden"><ArrowLeft size={16} className="rtl:-scale-x-100" /></IconButton>;
}
