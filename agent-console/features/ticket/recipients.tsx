import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { ChannelManifest } from '../../../protocol/channels';
import type { Ticket } from '../../../protocol/tickets';

interface RecipientsProps { ticket: Ticket; channel: ChannelManifest | undefined; channels: ChannelManifest[]; onChannel: (id: string) => void; cc: string; onCc: (cc: string) => void }

/** To whom, on which channel, and with a copy for whom. */
export function Recipients({ ticket, channel, channels, onChannel, cc, onCc }: RecipientsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(cc !== '');
  const name = ticket.customer.name || ticket.customer.address;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 text-sm text-muted">
      <span className="truncate">{t('composer.to', { name })}</span>
      {channels.length > 1 ? (
        <select aria-label={t('composer.channel')} value={channel?.id} onChange={(event) => onChannel(event.target.value)} className="h-6 rounded-sm bg-transparent text-sm text-soft hover:bg-hover">
          {channels.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      ) : null}
      {channel?.composer.cc && !open ? <button type="button" className="min-h-6 rounded-sm px-1 hover:text-ink" onClick={() => setOpen(true)}>{t('composer.cc')}</button> : null}
      {channel?.composer.cc && open ? <input aria-label={t('composer.cc')} placeholder={t('composer.cc-hint')} value={cc} onChange={(event) => onCc(event.target.value)} className="h-6 min-w-40 flex-1 rounded-sm bg-sunken px-2 text-sm text-ink" /> : null}
    </div>
  );
}
