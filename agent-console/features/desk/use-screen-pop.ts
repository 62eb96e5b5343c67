import { useEffect } from 'react';
import { useTranslation } from '../../lib/i18n';
import { useTakenCall } from '../../realtime/taken-call';
import { toast } from '../../ui/toast';

const isWorking = (): boolean => /^\/inbox\/[^/]+\/[0-9a-f]{24}/.test(location.pathname);

/** Brings up the ticket of a call just taken; somebody amid another ticket is told, and goes there when they like. */
export function useScreenPop(open: (ticketId: string) => void): void {
  const { t } = useTranslation();
  const { ticketId, from } = useTakenCall();
  useEffect(() => {
    if (ticketId === null) return;
    useTakenCall.setState({ ticketId: null, from: null });
    if (location.pathname.endsWith(ticketId)) return;
    if (isWorking()) toast(t('call.taken', { from }), { action: { label: t('call.open'), run: () => open(ticketId) } });
    else open(ticketId);
  }, [ticketId, from, open, t]);
}
