import { ArrowDown } from 'lucide-react';
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { dayOf } from '../../lib/format';
import { useOutbox } from '../../realtime/outbox';
import { usePresence } from '../../realtime/presence';
import { Button } from '../../ui/button';
import { useManner } from '../../ui/time';
import { Entry } from './entry';
import { PendingEntry } from './pending-entry';
import { SystemGroup } from './system-entry';
import { group } from './group';

const firstShown = 40;

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

function usePending(ticketId: string, messages: Message[]) {
  const items = useOutbox((outbox) => outbox.items);
  return useMemo(() => {
    const stored = new Set(messages.map((message) => message.clientId));
    return items.filter((item) => item.ticketId === ticketId && !stored.has(item.input.clientId));
  }, [items, messages, ticketId]);
}

/** Everything on the ticket in the order it happened, and what is on its way below. */
export function Timeline({ ticket, messages }: { ticket: Ticket; messages: Message[] }) {
  const { t } = useTranslation();
  const manner = useManner();
  const [shown, setShown] = useState(firstShown);
  const pending = usePending(ticket.id, messages);
  const typing = usePresence((presence) => presence.customers[ticket.id] ?? false);
  const { scroller, below, toEnd, onScroll } = useEnd((messages.at(-1)?.seq ?? 0) + pending.length);
  const hidden = Math.max(0, messages.length - shown);
  const groups = useMemo(() => group(messages.slice(hidden), (at) => dayOf(at, manner)), [messages, hidden, manner.language, manner.timeZone]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section ref={scroller} role="log" aria-label={t('timeline.label')} data-testid="timeline" data-pane tabIndex={0} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className="grid gap-3 px-4 py-4">
          {hidden > 0 ? <Button small look="quiet" className="justify-self-center" onClick={() => setShown(shown + 200)}>{t('timeline.earlier', { count: hidden })}</Button> : null}
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
