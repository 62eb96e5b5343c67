import { WifiOff } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import { useLink } from '../../realtime/link';
import { useOutbox } from '../../realtime/outbox';

/** Tells the truth about the connection; not there while everything is live. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const down = useLink((link) => link.state === 'down');
  const waiting = useOutbox((outbox) => outbox.items.filter((item) => item.state !== 'failed').length);
  return (
    <div role="status" aria-live="polite">
      {down ? (
        <p data-testid="banner-offline" className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-md font-medium text-warn">
          <WifiOff size={16} aria-hidden />
          {t('offline.banner')} {waiting > 0 ? t('offline.waiting', { count: waiting }) : null}
        </p>
      ) : null}
    </div>
  );
}
