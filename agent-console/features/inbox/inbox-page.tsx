import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';
import { useLocation, useParams } from 'wouter';
import { cx } from '../../lib/cx';
import { useCommand } from '../../lib/shortcuts';
import { ListAndDetail } from '../../ui/list-and-detail';
import { Empty } from '../../ui/states';
import { addressOf, useFilter } from './filter';
import { ListHeader } from './list-header';
import { TicketList } from './ticket-list';
import { ViewsPane } from './views-pane';

/** Three panes: views, list, and whatever is shown for the chosen ticket. Below 720 px one at a time. */
export function InboxPage({ ticket, writeFirst }: { ticket: (id: string, leave: () => void) => ReactNode; writeFirst: (close: () => void, opened: (id: string) => void) => ReactNode }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { ticketId } = useParams<{ ticketId?: string }>();
  const { filter, saved } = useFilter();
  const [writing, setWriting] = useState(false);
  useCommand('list.new', () => setWriting(true));
  const leave = () => go(addressOf(filter, { saved }));
  return (
    <>
      <ViewsPane filter={filter} saved={saved} />
      <ListAndDetail columns title={t('nav.inbox')} chosen={ticketId !== undefined}
        list={
          <section aria-label={t('list.label')} data-pane tabIndex={-1} className={cx('min-h-0 w-full shrink-0 flex-col border-e border-line bg-surface sm:flex sm:w-72 lg:w-80', ticketId ? 'hidden' : 'flex')}>
            <ListHeader filter={filter} saved={saved} onNew={() => setWriting(true)} />
            <TicketList key={JSON.stringify(filter)} filter={filter} openId={ticketId} open={(id) => go(addressOf(filter, { ticketId: id, saved }))} />
          </section>
        }
        detail={ticketId ? ticket(ticketId, leave) : <div className="grid flex-1 place-items-center bg-surface"><Empty title={t('inbox.none-open')} text={t('inbox.none-open.text')} /></div>} />
      {writing ? <Suspense fallback={null}>{writeFirst(() => setWriting(false), (id) => go(`/inbox/all/${id}`))}</Suspense> : null}
    </>
  );
}
