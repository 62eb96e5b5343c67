import { Users } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { TicketFilter } from '../../api/keys';
import { useCounts, useQueues, useViews } from '../../api/shared';
import { cx } from '../../lib/cx';
import { Link } from 'wouter';
import { SideLabel, SideLink, SidePane } from '../../ui/side-pane';
import { addressOf } from './filter';
import { views } from './views';

const way = (active: boolean) => cx('flex h-7 items-center gap-2 rounded-md px-2 text-md transition-colors duration-(--quick)', active ? 'bg-hover font-medium' : 'text-soft hover:bg-hover');

/** Views and queues with live counts. */
export function ViewsPane({ filter, saved }: { filter: TicketFilter; saved: string | undefined }) {
  const { t } = useTranslation();
  const counts = useCounts().data;
  const queues = useQueues().data ?? [];
  const kept = useViews().data ?? [];
  const unread = filter.view === 'mine' && filter.unread === 'yes' && !saved;
  return (
    <SidePane label={t('inbox.views')}>
      {views.map(({ view, counted }) => (
        <div key={view} className={view === 'solved' ? 'mt-3' : ''}>
          <SideLink href={`/inbox/${view}`} count={counted ? counts?.[counted] : undefined} strong={view === 'mine' && (counts?.unread ?? 0) > 0}>{t(`view.${view}`)}</SideLink>
          {view === 'mine' ? <Link href="/inbox/mine?unread=yes" aria-current={unread ? 'true' : undefined} className={way(unread)}><span className="min-w-0 flex-1 truncate">{t('view.unread')}</span><span className="tnum text-sm text-muted">{counts?.unread}</span></Link> : null}
        </div>
      ))}
      {kept.length > 0 ? <SideLabel>{t('inbox.saved')}</SideLabel> : null}
      {kept.map((view) => (
        <Link key={view.id} href={addressOf(view.filter, { saved: view.id })} aria-current={saved === view.id ? 'true' : undefined} className={way(saved === view.id)}>
          <span dir="auto" className="min-w-0 flex-1 truncate">{view.name}</span>
          {view.shared ? <Users size={12} aria-label={t('view.shared')} className="text-faint" /> : null}
          <span className="tnum text-sm text-muted">{view.count}</span>
        </Link>
      ))}
      {queues.length > 0 ? <SideLabel>{t('inbox.queues')}</SideLabel> : null}
      {queues.map((queue) => {
        const active = filter.queueId === queue.id && !saved;
        return <Link key={queue.id} href={`/inbox/all?queue=${queue.id}`} aria-current={active ? 'true' : undefined} className={way(active)}><span dir="auto" className="truncate">{queue.name}</span></Link>;
      })}
    </SidePane>
  );
}
