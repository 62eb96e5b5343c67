import type { ReactNode } from 'react';
import { cx } from '../lib/cx';
import { Sideways } from './sideways';

/** A page that is read from top to bottom: one heading, a sentence, actions, content. */
export function Page({ title, about, actions, children, narrow = false }: { title: string; about?: string; actions?: ReactNode; children: ReactNode; narrow?: boolean }) {
  return (
    <main data-pane tabIndex={-1} className="min-w-0 flex-1 overflow-y-auto bg-surface">
      <div className={cx('mx-auto px-4 pt-6 pb-24 sm:px-12', narrow ? 'max-w-[760px]' : 'max-w-[1120px]')}>
        <header className="mb-6 flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-[240px] flex-1">
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

/** Rows under headings. */
export function Table({ label, head, children }: { label: string; head: ReactNode[]; children: ReactNode }) {
  return (
    <Sideways label={label}>
      <table className="w-full border-collapse text-md">
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
