import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';
import { useLocation, useParams, useSearch } from 'wouter';
import { cx } from '../../lib/cx';
import { Empty } from '../../ui/states';
import { ListHeader } from './list-header';
import { TicketList } from './ticket-list';
import { viewOf } from './views';
import { ViewsPane } from './views-pane';
import type { TicketFilter } from '../../api/keys';
import { useCommand } from '../../lib/shortcuts';

const NewTicket = lazy(() => import('./new-ticket').then((file) => ({ default: file.NewTicket })));

/** What the address says about the list. */
function useFilter(): { filter: TicketFilter; base: string; search: string } {
  const { view } = useParams<{ view?: string }>();
  const search = useSearch();
  const asked = new URLSearchParams(search);
  const queueId = asked.get('queue');
  const q = asked.get('q');
  const tag = asked.get('tag');
  const filter = { view: viewOf(view), ...(queueId ? { queueId } : {}), ...(q ? { q } : {}), ...(tag ? { tag } : {}) };
  return { filter, base: `/inbox/${filter.view}`, search: search ? `?${search}` : '' };
}

/** Three panes: views, list, and whatever is shown for the chosen ticket. Below 720 px one at a time. */
export function InboxPage({ ticket }: { ticket: (id: string, leave: () => void) => ReactNode }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { ticketId } = useParams<{ ticketId?: string }>();
  const { filter, base, search } = useFilter();
  const [writing, setWriting] = useState(false);
  useCommand('list.new', () => setWriting(true));
  const leave = () => go(base + search);
  return (
    <>
      <ViewsPane filter={filter} />
      <section aria-label={t('list.label')} data-pane tabIndex={-1} className={cx('min-h-0 w-full shrink-0 flex-col border-e border-line bg-surface sm:flex sm:w-72 lg:w-80', ticketId ? 'hidden' : 'flex')}>
        <ListHeader filter={filter} onNew={() => setWriting(true)} />
        <TicketList key={JSON.stringify(filter)} filter={filter} openId={ticketId} open={(id) => go(`${base}/${id}${search}`)} />
      </section>
      <main data-pane tabIndex={-1} className={cx('min-h-0 min-w-0 flex-1 sm:flex', ticketId ? 'flex' : 'hidden')}>
        {ticketId ? ticket(ticketId, leave) : <div className="grid flex-1 place-items-center"><h1 className="sr-only">{t('nav.inbox')}</h1><Empty title={t('inbox.none-open')} text={t('inbox.none-open.text')} /></div>}
      </main>
      {writing ? <Suspense fallback={null}><NewTicket onClose={() => setWriting(false)} onOpened={(id) => go(`/inbox/all/${id}`)} /></Suspense> : null}
    </>
  );
}
