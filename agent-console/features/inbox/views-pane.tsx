import { useTranslation } from '../../lib/i18n';
import type { TicketFilter } from '../../api/keys';
import { useCounts, useQueues } from '../../api/shared';
import { cx } from '../../lib/cx';
import { Link } from 'wouter';
import { SideLabel, SideLink, SidePane } from '../../ui/side-pane';
import { views } from './views';

/** Views and queues with live counts. */
export function ViewsPane({ filter }: { filter: TicketFilter }) {
  const { t } = useTranslation();
  const counts = useCounts().data;
  const queues = useQueues().data ?? [];
  return (
    <SidePane label={t('inbox.views')}>
      {views.map(({ view, counted }) => (
        <div key={view} className={view === 'solved' ? 'mt-3' : ''}>
          <SideLink href={`/inbox/${view}`} count={counted ? counts?.[counted] : undefined} strong={view === 'mine' && (counts?.unread ?? 0) > 0}>{t(`view.${view}`)}</SideLink>
        </div>
      ))}
      {queues.length > 0 ? <SideLabel>{t('inbox.queues')}</SideLabel> : null}
      {queues.map((queue) => {
        const active = filter.queueId === queue.id;
        return (
          <Link key={queue.id} href={`/inbox/all?queue=${queue.id}`} aria-current={active ? 'true' : undefined}
            className={cx('flex h-7 items-center rounded-md px-2 text-md transition-colors duration-(--quick)', active ? 'bg-hover font-medium' : 'text-soft hover:bg-hover')}>
            <span className="truncate">{queue.name}</span>
          </Link>
        );
      })}
    </SidePane>
  );
}
