import { useQuery } from '@tanstack/react-query';
import type { Message } from '../../../protocol/messages';
import { bondEndpoints } from '../../../protocol/ticket-bonds';
import { call } from '../../api/call';
import { useTranslation } from '../../lib/i18n';
import { Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/states';

const mostShown = 300_000;

/** A mail as it came, with its headers; nothing of it is interpreted. */
export function OriginalDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation();
  const original = useQuery({ queryKey: ['original', message.id], queryFn: () => call(bondEndpoints.original, { params: { id: message.ticketId, messageId: message.id } }) });
  return (
    <Dialog open wide onClose={onClose} title={t('message.original')}>
      <Loaded query={original}>{(text) => <pre dir="ltr" tabIndex={0} aria-label={t('message.original')} className="max-h-[64vh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap break-all">{text.slice(0, mostShown)}</pre>}</Loaded>
    </Dialog>
  );
}
