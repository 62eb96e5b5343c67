import { formatLanguage, useTranslation } from '../lib/i18n';
import { useNow } from '../lib/clock';
import { clock, dayOf, dueState, duration, exact, percent, relative, stopwatch, type Manner } from '../lib/format';
import { create } from 'zustand';
import { cx } from '../lib/cx';
import { Sign } from './marks';

/** The reader's time zone, set once after log-in. */
export const useZone = create<{ timeZone: string }>()(() => ({ timeZone: '' }));

/** How to write moments and numbers for the reader. */
export function useManner(): Manner {
  useTranslation();
  const { timeZone } = useZone();
  return { language: formatLanguage(), ...(timeZone ? { timeZone } : {}) };
}

/** Writes a share between 0 and 1 as the reader does; a dash where there is none. */
export function usePercent(): (share: number | null) => string {
  const manner = useManner();
  return (share) => (share === null ? '–' : percent(share, manner));
}

/** "2 min. ago", with the exact moment on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const manner = useManner();
  const now = useNow(20_000);
  return <time dateTime={at} title={exact(at, manner)} className={className}>{relative(at, manner, now)}</time>;
}

/** The hour today, the day before that. */
export function At({ at, className }: { at: string; className?: string }) {
  const manner = useManner();
  const now = useNow(60_000);
  const today = dayOf(at, manner, now) === dayOf(new Date(now).toISOString(), manner, now);
  return <time dateTime={at} title={exact(at, manner)} className={className}>{today ? clock(at, manner) : `${dayOf(at, manner, now)}, ${clock(at, manner)}`}</time>;
}

/** How long ago, without "ago". */
export function Since({ at, className }: { at: string; className?: string }) {
  const manner = useManner();
  const now = useNow(10_000);
  return <time dateTime={at} title={exact(at, manner)} className={className}>{duration((now - Date.parse(at)) / 1000, manner)}</time>;
}

/** A running watch since a moment, or down to one. */
export function Watch({ since, until, className }: { since?: string; until?: string; className?: string }) {
  const now = useNow(1000);
  const seconds = until ? Math.ceil((Date.parse(until) - now) / 1000) : (now - Date.parse(since ?? '')) / 1000;
  return <span className={cx('tnum', className)}>{stopwatch(seconds)}</span>;
}

/** When the next answer is due: nothing while there is time, a shape, a colour and words when not. */
export function DueMark({ at, riskAt, always = false }: { at: string | null; riskAt: string | null; always?: boolean }) {
  const { t } = useTranslation();
  const manner = useManner();
  const now = useNow(10_000);
  const state = dueState(at, riskAt, now);
  if (!at || (state === 'fine' && !always)) return null;
  const length = duration(Math.abs(Date.parse(at) - now) / 1000, manner);
  const looks = { fine: 'text-muted', 'at-risk': 'text-warn font-medium', breached: 'text-bad font-medium' };
  return (
    <span className={cx('inline-flex items-center gap-1 text-xs whitespace-nowrap tnum', looks[state])} title={exact(at, manner)}>
      {state === 'fine' ? null : <Sign shape={state === 'breached' ? 'square' : 'diamond'} className="size-2" />}
      {t(state === 'breached' ? 'due.over' : 'due.in', { length })}
    </span>
  );
}
