import { ArrowDown } from 'lucide-react';
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { dayOf } from '../../lib/format';
import { useEarlier } from '../../api/tickets';
import type { Timeline as Known } from '../../lib/timeline';
import { useOutbox } from '../../realtime/outbox';
import { usePresence } from '../../realtime/presence';
import { Button } from '../../ui/button';
import { useManner } from '../../ui/time';
import { Entry } from './entry';
import { PendingEntry } from './pending-entry';
import { SystemGroup } from './system-entry';
import { group } from './group';

/** Keeps the end in sight as long as the reader was there; says so when something arrived below. */
function useEnd(last: number) {
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBelow(true);
  }, [last]);
  useEffect(() => {
    const inside = scroller.current?.firstElementChild;
    if (!inside) return undefined;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(inside);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = scroller.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < 48;
    if (atEnd.current) setBelow(false);
  };
  return { scroller, below, toEnd, onScroll };
}

const aheadPx = 800;

/** Reads what came before when the reader scrolls up to it, and keeps in place what is being read. */
function useBefore(ticketId: string, { rows, earlier }: Known, scroller: RefObject<HTMLElement | null>) {
  const top = useRef<HTMLDivElement>(null);
  const kept = useRef<{ entry: Element; at: number } | null>(null);
  const { mutate, isPending, isError } = useEarlier(ticketId);
  const first = rows[0]?.seq;
  const read = useCallback(() => mutate(() => {
    const edge = scroller.current?.getBoundingClientRect().top ?? 0;
    const entry = [...(scroller.current?.querySelectorAll('article') ?? [])].find((one) => one.getBoundingClientRect().bottom > edge);
    kept.current = entry ? { entry, at: entry.getBoundingClientRect().top } : null;
  }), [mutate, scroller]);
  useLayoutEffect(() => {
    const region = scroller.current;
    const held = kept.current;
    kept.current = null;
    if (!region || !held) return undefined;
    const hold = () => { region.scrollTop += held.entry.getBoundingClientRect().top - held.at; };
    // The browser's own anchoring would count the same lines twice; right after, it takes over: entries that come into sight have other heights than thought.
    region.style.overflowAnchor = 'none';
    hold();
    region.style.removeProperty('overflow-anchor');
    const frame = requestAnimationFrame(hold);
    return () => cancelAnimationFrame(frame);
  }, [first, scroller]);
  useEffect(() => {
    if (!top.current || !earlier) return undefined;
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && read(), { root: scroller.current, rootMargin: `${aheadPx}px 0px 0px 0px` });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [first, earlier, read, scroller]);
  return { top, read, isPending, isError };
}

function usePending(ticketId: string, messages: Message[]) {
  const items = useOutbox((outbox) => outbox.items);
  return useMemo(() => {
    const stored = new Set(messages.map((message) => message.clientId));
    return items.filter((item) => item.ticketId === ticketId && !stored.has(item.input.clientId));
  }, [items, messages, ticketId]);
}

/** Everything on the ticket in the order it happened, and what is on its way below. */
export function Timeline({ ticket, known }: { ticket: Ticket; known: Known }) {
  const { t } = useTranslation();
  const manner = useManner();
  const messages = useMemo(() => known.rows.filter(({ delivery }) => delivery?.reason !== 'taken-back'), [known.rows]);
  const pending = usePending(ticket.id, messages);
  const typing = usePresence((presence) => presence.customers[ticket.id] ?? false);
  const { scroller, below, toEnd, onScroll } = useEnd((messages.at(-1)?.seq ?? 0) + pending.length);
  const before = useBefore(ticket.id, known, scroller);
  const groups = useMemo(() => group(messages, (at) => dayOf(at, manner)), [messages, manner.language, manner.timeZone]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section ref={scroller} role="log" aria-label={t('timeline.label')} data-testid="timeline" data-pane tabIndex={0} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="grid gap-3 px-4 py-4">
          {known.earlier ? <div ref={before.top} className="grid justify-items-center"><Button small look="quiet" disabled={before.isPending} onClick={before.read}>{t(before.isError ? 'retry' : 'timeline.earlier')}</Button></div> : null}
          {groups.map((one) => (
            <Fragment key={one.key}>
              {one.day ? <p className="mt-1 text-center text-xs text-muted first:mt-0">{one.day}</p> : null}
              {one.system ? <SystemGroup messages={one.messages} /> : one.messages.map((message) => <Entry key={message.id} message={message} ticket={ticket} />)}
            </Fragment>
          ))}
          {pending.map((item) => <PendingEntry key={item.input.clientId} item={item} lastSeq={messages.at(-1)?.seq ?? 0} />)}
          {typing ? <p className="text-sm text-accent">{t('typing.customer')}</p> : null}
        </div>
      </section>
      {below ? <Button small className="absolute inset-x-0 bottom-3 mx-auto w-fit shadow-float" onClick={toEnd}><ArrowDown size={14} aria-hidden />{t('timeline.new')}</Button> : null}
    </div>
  );
}
