import { useEffect } from 'react';
import { notify } from '../../lib/attention';
import { useTranslation } from '../../lib/i18n';
import { useTold } from '../../realtime/told';
import { toast } from '../../ui/toast';

/** Says that a note speaks to the reader, or that something was written on a ticket they follow, with the way there. */
export function useFollowed(open: (ticketId: string) => void): void {
  const { t } = useTranslation();
  const last = useTold((state) => state.last);
  useEffect(() => {
    if (!last) return;
    useTold.setState({ last: null });
    if (location.pathname.endsWith(last.ticketId)) return;
    const words = t(`told.${last.why}`, { name: last.by, number: `#${last.number}`, subject: last.subject });
    toast(words, { action: { label: t('told.open'), run: () => open(last.ticketId) } });
    if (last.why === 'mention') notify({ title: words, body: last.subject, tag: last.ticketId, open: () => open(last.ticketId) });
  }, [last, open, t]);
}
