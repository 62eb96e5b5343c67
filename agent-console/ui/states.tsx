import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../lib/i18n';
import { Link } from 'wouter';
import { isForbidden, isUnreachable } from '../api/client';
import { problemText } from '../api/problem';
import { cx } from '../lib/cx';
import { Button } from './button';

/** Words for a place with nothing in it, and what to do next. */
export function Empty({ title, text, action, className }: { title: string; text?: string; action?: ReactNode; className?: string }) {
  return (
    <div data-empty className={cx('mx-auto flex max-w-[340px] flex-col items-center gap-1 px-6 py-12 text-center', className)}>
      <p className="text-md font-medium text-soft">{title}</p>
      {text ? <p className="text-sm text-muted">{text}</p> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}

/** Grey bars in the shape of what is coming, only after 300 ms. */
export function Skeleton({ rows = 6, className }: { rows?: number; className?: string }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div role="status" className={cx('grid gap-4 p-4', className)}>
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_unused, index) => (
        <div key={index} aria-hidden className="grid gap-2 animate-appear">
          <div className="h-3 rounded-sm bg-hover" style={{ width: `${45 + ((index * 29) % 40)}%` }} />
          <div className="h-3 rounded-sm bg-sunken" style={{ width: `${60 + ((index * 17) % 35)}%` }} />
        </div>
      ))}
    </div>
  );
}

/** What failed and how to try again; something else when the reader may not see it. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  if (isForbidden(error)) return <Empty title={t('state.forbidden')} text={t('state.forbidden.text')} action={<Button asChild><Link href="/">{t('state.nowhere.go')}</Link></Button>} />;
  return <Empty title={t('state.failed')} text={problemText(t, error)} action={<Button onClick={retry}>{t('retry')}</Button>} />;
}

/** What keeps a list from being shown: also a server that cannot be reached, while it is still being tried by itself. */
export const troubleOf = ({ error, failureReason }: Pick<UseQueryResult, 'error' | 'failureReason'>): Error | null => error ?? (isUnreachable(failureReason) ? failureReason : null);

/** Shows the right one of loading, failed, not allowed, and the content. */
export function Loaded<T>({ query, children, rows }: { query: Pick<UseQueryResult<T>, 'data' | 'error' | 'failureReason' | 'refetch'>; children: (data: NonNullable<T>) => ReactNode; rows?: number }) {
  if (query.data !== undefined && query.data !== null) return children(query.data);
  const trouble = troubleOf(query);
  if (trouble) return <Failed error={trouble} retry={() => void query.refetch()} />;
  return <Skeleton {...(rows ? { rows } : {})} />;
}
