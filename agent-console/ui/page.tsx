import { isValidElement, type CSSProperties, type ReactNode } from 'react';
import { ChevronLeft } from 'lucide-react';
import { Link } from 'wouter';
import { cx } from '../lib/cx';
import { Sideways } from './sideways';

interface PageProps {
  title: string;
  about?: string;
  /** The place this one belongs to, one step up. */
  back?: { href: string; text: string };
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}

/** A page that is read from top to bottom: one heading, a sentence, actions, content. */
export function Page({ title, about, back, actions, children, narrow = false }: PageProps) {
  return (
    <main data-pane tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto bg-surface">
      <div className={cx('mx-auto px-4 pt-6 pb-24 sm:px-12', narrow ? 'max-w-[760px]' : 'max-w-[1120px]')}>
        <header className="mb-6 flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-[240px] flex-1">
            {back ? <Link href={back.href} className="mb-1 -ms-1 inline-flex min-h-6 items-center gap-1 rounded-sm pe-1 text-sm text-muted hover:text-ink"><ChevronLeft size={14} aria-hidden className="rtl:-scale-x-100" />{back.text}</Link> : null}
            <h1 className="text-xl font-semibold">{title}</h1>
            {about ? <p className="mt-1 max-w-[60ch] text-md text-muted">{about}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
        {children}
      </div>
    </main>
  );
}

/** A part of a page with its own heading. */
export function Section({ title, about, actions, children }: { title: string; about?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line py-6 first:border-t-0 first:pt-0">
      <div className="mb-3 flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold">{title}</h2>
          {about ? <p className="max-w-[60ch] text-sm text-muted">{about}</p> : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** What a heading says, however it is set. */
const wordsOf = (cell: ReactNode): string => (typeof cell === 'string' ? cell : isValidElement<{ children?: ReactNode }>(cell) ? wordsOf(cell.props.children) : '');

/** Each column's heading for the style sheet, which puts it beside the cell on a phone; the first column and those without one need none. */
const headings = (head: ReactNode[]): CSSProperties => Object.fromEntries(head.flatMap((cell, index) => {
  const words = index === 0 ? '' : wordsOf(cell);
  return words === '' ? [[`--in-${index + 1}`, '0px']] : [[`--head-${index + 1}`, JSON.stringify(words)]];
}));

interface TableProps {
  label: string;
  head: ReactNode[];
  children: ReactNode;
  /** Figures to compare across: scrolls sideways on a phone instead of standing in blocks. */
  wide?: boolean;
}

/** Rows under headings; on a phone each row is a block with its headings beside what they are about. */
export function Table({ label, head, children, wide = false }: TableProps) {
  return (
    <Sideways label={label}>
      <table className={cx('w-full border-collapse text-md', !wide && 'in-blocks')} style={wide ? undefined : headings(head)}>
        <thead>
          <tr className="border-b border-line">
            {head.map((cell, index) => <th key={index} scope="col" className="h-8 pe-4 text-start text-xs font-medium whitespace-nowrap text-muted last:pe-0">{cell}</th>)}
          </tr>
        </thead>
        <tbody className="[&_td]:h-10 [&_td]:py-1 [&_td]:pe-4 [&_td:last-child]:pe-0 [&_tr]:border-b [&_tr]:border-line">{children}</tbody>
      </table>
    </Sideways>
  );
}
