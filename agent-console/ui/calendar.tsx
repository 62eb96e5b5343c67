import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from '../lib/cx';
import { useTranslation } from '../lib/i18n';
import { wallClock } from '../lib/wall-clock';
import { Button, IconButton } from './button';
import { useManner } from './time';

const dayLong = 86_400_000;
const written = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** 0 for Monday, as the reader's language begins a week. */
function firstOfWeek(language: string): number {
  const locale: Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } } = new Intl.Locale(language);
  return ((locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1) - 1;
}

/** The same day so many months on, or that month's last. */
function monthOn(at: number, months: number): number {
  const day = new Date(at);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, Math.min(day.getUTCDate(), last));
}

/** The six weeks that a month lies in. */
function weeksOf(at: number, first: number): number[][] {
  const day = new Date(at);
  const begin = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
  const start = begin - ((new Date(begin).getUTCDay() + 6 - first) % 7) * dayLong;
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, place) => start + (week * 7 + place) * dayLong));
}

/** Where a key leads from a day; none where it leads nowhere. */
function keyTo(event: KeyboardEvent, at: number, first: number): number | undefined {
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const place = (new Date(at).getUTCDay() + 6 - first) % 7;
  const goals: Record<string, number> = {
    ArrowRight: at + forward * dayLong, ArrowLeft: at - forward * dayLong, ArrowDown: at + 7 * dayLong, ArrowUp: at - 7 * dayLong, Home: at - place * dayLong, End: at + (6 - place) * dayLong,
    PageDown: monthOn(at, event.shiftKey ? 12 : 1), PageUp: monthOn(at, event.shiftKey ? -12 : -1),
  };
  return goals[event.key];
}

export interface CalendarProps {
  /** Days are written YYYY-MM-DD; an empty value has none chosen. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onChoose: (day: string) => void;
}

function Weeks({ at, value, min, max, onChoose, onGo }: CalendarProps & { at: number; onGo: (at: number) => void }) {
  const { language, timeZone } = useManner();
  const first = firstOfWeek(language);
  const grid = useRef<HTMLTableElement>(null);
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(language);
  const today = wallClock(new Date(), timeZone).slice(0, 10);
  const weeks = weeksOf(at, first);
  useEffect(() => {
    if (grid.current?.contains(document.activeElement)) grid.current.querySelector<HTMLElement>('[data-begin]')?.focus();
  }, [at]);
  const go = (event: KeyboardEvent) => {
    const goal = keyTo(event, at, first);
    if (goal === undefined) return;
    event.preventDefault();
    onGo(goal);
  };
  return (
    <table role="grid" ref={grid} onKeyDown={go} className="w-full text-center text-sm tnum">
      <thead><tr>{weeks[0]?.map((day) => <th key={day} scope="col" abbr={new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(day)} className="h-7 text-xs font-normal text-muted">{new Intl.DateTimeFormat(language, { weekday: 'narrow', timeZone: 'UTC' }).format(day)}</th>)}</tr></thead>
      <tbody>
        {weeks.map((week, row) => (
          // By place: a focused day stays where it is when the month changes.
          <tr key={row}>
            {week.map((day, place) => {
              const name = written(day);
              const out = (min !== undefined && name < min) || (max !== undefined && name > max);
              return (
                <td key={place} role="gridcell" aria-selected={name === value} className="p-0">
                  <button type="button" tabIndex={day === at ? 0 : -1} data-begin={day === at || undefined} aria-label={full.format(day)} aria-current={name === today ? 'date' : undefined} aria-disabled={out || undefined} onClick={() => !out && onChoose(name)}
                    className={cx('size-8 rounded-md', name === value ? 'bg-accent font-medium text-on-accent' : out ? 'opacity-40' : cx('hover:bg-hover', new Date(day).getUTCMonth() === new Date(at).getUTCMonth() ? 'text-ink' : 'text-muted', name === today && 'font-semibold ring-1 ring-edge ring-inset'))}>
                    {number.format(new Date(day).getUTCDate())}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A month to choose a day from, by mouse or arrow keys. */
export function Calendar(props: CalendarProps) {
  const { t } = useTranslation();
  const { language, timeZone } = useManner();
  const today = Date.parse(wallClock(new Date(), timeZone).slice(0, 10));
  const [at, setAt] = useState(() => Date.parse(props.value) || today);
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
  return (
    <div>
      <div className="mb-1 flex items-center gap-1">
        <p aria-live="polite" className="flex-1 ps-2 text-md font-medium">{month}</p>
        <IconButton label={t('calendar.before')} small onClick={() => setAt(monthOn(at, -1))}><ChevronLeft size={16} className="rtl:-scale-x-100" /></IconButton>
        <IconButton label={t('calendar.after')} small onClick={() => setAt(monthOn(at, 1))}><ChevronRight size={16} className="rtl:-scale-x-100" /></IconButton>
      </div>
      <Weeks {...props} at={at} onGo={setAt} />
      <div className="mt-1 flex"><Button look="quiet" small onClick={() => setAt(today)}>{t('calendar.today')}</Button></div>
    </div>
  );
}
