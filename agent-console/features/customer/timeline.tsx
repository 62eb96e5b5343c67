import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { customerEndpoints } from '../../../protocol/customers';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useChannels } from '../../api/shared';
import { cx } from '../../lib/cx';
import { ChannelIcon } from '../../ui/marks';
import { Loaded } from '../../ui/states';
import { Ago } from '../../ui/time';

const isOpen = (status: string): boolean => ['new', 'open', 'on-hold'].includes(status);

/** Everything with this customer over all channels, newest first. */
export function CustomerTimeline({ id, except }: { id: string; except?: string }) {
  const { t, has } = useTranslation();
  const channels = useChannels().data;
  const timeline = useQuery({ queryKey: keys.customerTimeline(id), queryFn: () => call(customerEndpoints.timeline, { params: { id }, query: { limit: 50 } }) });
  return (
    <Loaded query={timeline} rows={2}>
      {({ rows }) => {
        const shown = rows.filter((entry) => !except || entry.ticketId !== except);
        if (shown.length === 0) return <p className="text-sm text-muted">{t(except ? 'customer.no-history' : 'customer.no-history-yet')}</p>;
        return (
          <ul className="-mx-2">
            {shown.map((entry) => (
              <li key={`${entry.kind}${entry.id}`}>
                <Link href={entry.ticketId ? `/inbox/all/${entry.ticketId}` : '#'} className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm hover:bg-hover">
                  <ChannelIcon name={channels?.find((one) => one.id === entry.channel)?.icon ?? entry.channel} label={t(`timeline.kind.${entry.kind}`)} size={14} className="text-muted" />
                  <span dir="auto" className="min-w-0 flex-1 truncate">{entry.title}</span>
                  <span className={cx('shrink-0 text-xs', isOpen(entry.status) ? 'text-accent' : 'text-muted')}>{isOpen(entry.status) && has(`status.${entry.status}`) ? t(`status.${entry.status}`) : <Ago at={entry.at} />}</span>
                </Link>
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
