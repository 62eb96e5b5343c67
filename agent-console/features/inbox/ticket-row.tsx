import { Check } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { TicketSummary } from '../../../protocol/tickets';
import { useAgentName, useChannel, useMe } from '../../api/shared';
import { cx } from '../../lib/cx';
import { usePreferences } from '../../lib/preferences';
import { subjectText } from '../../lib/subject';
import { usePresence } from '../../realtime/presence';
import { ChannelIcon, PrioritySign } from '../../ui/marks';
import { Ago, DueMark } from '../../ui/time';

interface RowProps { ticket: TicketSummary; top: number; height: number; place: number; total: number; open: boolean; active: boolean; mine: boolean; /** Undefined while nothing is chosen anywhere. */ chosen: boolean | undefined; onOpen: (id: string) => void; onToggle: (id: string) => void }

/** Who else has it open or is typing, in a few words. */
function useTyping(id: string) {
  const { t } = useTranslation();
  const { account } = useMe();
  const customer = usePresence((presence) => presence.customers[id] ?? false);
  const typing = usePresence((presence) => presence.viewers[id]?.find((viewer) => viewer.typing && viewer.accountId !== account.id)?.name);
  if (!customer && !typing) return undefined;
  return <span className="min-w-0 flex-1 truncate text-xs text-accent">{customer ? t('typing.customer') : t('typing.agent', { name: typing })}</span>;
}

function Owner({ ticket }: { ticket: TicketSummary }) {
  const { t } = useTranslation();
  const nameOf = useAgentName();
  const name = nameOf(ticket.ownerId);
  return <span className="max-w-20 shrink-0 truncate text-xs text-muted">{ticket.ownerId ? name : t('owner.none')}</span>;
}

/** One ticket of the list: channel, who, what, since when, what is due, who is typing. */
export const TicketRow = memo(function TicketRow({ ticket, top, height, place, total, open, active, mine, chosen, onOpen, onToggle }: RowProps) {
  const { t } = useTranslation();
  const compact = usePreferences((state) => state.density) === 'compact';
  const channel = useChannel(ticket.channel);
  const typing = useTyping(ticket.id);
  const who = ticket.customer.name || ticket.customer.address || t('customer.unknown');
  const moment = <Ago at={ticket.waitingSince ?? ticket.lastMessageAt} className="shrink-0 text-xs text-muted" />;
  return (
    <div id={`row-${ticket.id}`} role="option" aria-selected={chosen ?? open} aria-current={open ? 'true' : undefined} aria-posinset={place} aria-setsize={total} data-testid="ticket-row" data-ticket={ticket.id} onClick={(event) => (event.ctrlKey || event.metaKey || event.shiftKey ? onToggle(ticket.id) : onOpen(ticket.id))}
      style={{ top, height }}
      className={cx('group absolute inset-x-0 flex cursor-default gap-2 border-b border-line px-3', compact ? 'items-center' : 'py-2', open || chosen ? 'bg-accent-soft' : 'hover:bg-sunken', active && 'shadow-[inset_3px_0_0_var(--color-accent)] rtl:shadow-[inset_-3px_0_0_var(--color-accent)]')}>
      <span className={cx('relative flex text-muted', !compact && 'pt-1')}>
        <ChannelIcon name={channel?.icon ?? ticket.channel} label={channel?.name ?? ticket.channel} className={chosen === undefined ? 'group-hover:invisible' : 'invisible'} />
        <span onClick={(event) => { event.stopPropagation(); onToggle(ticket.id); }} title={t('list.choose')}
          className={cx('absolute inset-0 flex justify-center', compact ? 'items-center' : 'items-start pt-1', chosen === undefined && 'opacity-0 group-hover:opacity-100')}>
          <span className={cx('flex size-4 items-center justify-center rounded-sm ring-1 ring-inset', chosen ? 'bg-accent text-on-accent ring-accent' : 'bg-surface ring-edge')}>{chosen ? <Check size={12} aria-hidden /> : null}</span>
        </span>
      </span>
      {compact ? (
        <>
          <span dir="auto" className={cx('w-24 shrink-0 truncate text-sm', ticket.unread && 'font-semibold')}>{who}</span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm text-soft">{subjectText(t, ticket.subject || ticket.preview)}</span>
          <PrioritySign priority={ticket.priority} /><DueMark at={ticket.dueAt} riskAt={ticket.riskAt} />{moment}
        </>
      ) : (
        <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-px">
          <span className="flex items-center gap-2">
            <span dir="auto" className={cx('min-w-0 flex-1 truncate text-md', ticket.unread ? 'font-semibold' : 'font-medium')}>{who}</span>
            {ticket.unread ? <span className="size-2 shrink-0 rounded-full bg-accent" title={t('list.unread')}><span className="sr-only">{t('list.unread')}</span></span> : null}
            {moment}
          </span>
          <span className="flex items-center gap-2">
            {typing ?? <span dir="auto" className={cx('min-w-0 flex-1 truncate text-sm', ticket.unread ? 'text-ink' : 'text-soft')}>{subjectText(t, ticket.subject || ticket.preview)}</span>}
            <PrioritySign priority={ticket.priority} />
            <DueMark at={ticket.dueAt} riskAt={ticket.riskAt} />
            {mine ? null : <Owner ticket={ticket} />}
          </span>
        </span>
      )}
    </div>
  );
});
