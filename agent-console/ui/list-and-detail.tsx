import type { ReactNode } from 'react';
import { cx } from '../lib/cx';

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
