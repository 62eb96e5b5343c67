import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { ChannelManifest } from '../../../protocol/channels';
import type { Ticket } from '../../../protocol/tickets';
import type { Composition } from '../../../protocol/writing';
import { addressesIn, beginning, type Draft } from '../../lib/drafts';

interface RecipientsProps { ticket: Ticket; channel: ChannelManifest | undefined; channels: ChannelManifest[]; onChannel: (id: string) => void; mail: boolean; draft: Draft; composition: Composition | undefined; onWrite: (change: Partial<Draft>) => void }

const modes = ['reply', 'reply-all', 'forward'] as const;
const quiet = 'h-6 min-w-0 shrink-[0.2] [field-sizing:content] rounded-sm bg-transparent text-sm text-soft hover:bg-hover';

/** To whom, on which channel, and for mail: reply, reply to all or forward, with copies and a subject of its own. */
export function Recipients({ ticket, channel, channels, onChannel, mail, draft, composition, onWrite }: RecipientsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = mail && (opened || draft.mode === 'forward' || draft.cc !== '' || draft.bcc !== '');
  const to = addressesIn(draft.to);
  const name = to.length > 0 ? to.join(', ') : ticket.customer.name || ticket.customer.address;
  const show = () => {
    setOpened(true);
    if (!draft.to && draft.mode !== 'forward') onWrite({ to: (composition?.to ?? [ticket.customer.address]).filter((each) => each.includes('@')).join(', ') });
  };
  return (
    <>
      <div className="flex min-h-7 min-w-0 flex-1 items-center gap-x-2 text-sm text-muted">
        {mail ? (
          <select aria-label={t('composer.mode')} data-testid="composer-mode" value={draft.mode} onChange={(event) => onWrite(beginning(event.target.value as Draft['mode'], draft.about))} className={quiet}>
            {modes.map((mode) => <option key={mode} value={mode}>{t(`composer.mode.${mode}`)}</option>)}
          </select>
        ) : null}
        {open ? null : <span className="min-w-0 truncate max-sm:hidden">{t('composer.to', { name })}</span>}
        {channels.length > 1 ? (
          <select aria-label={t('composer.channel')} value={channel?.id} onChange={(event) => onChannel(event.target.value)} className={quiet}>
            {channels.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        ) : null}
        {mail && !open ? <button type="button" data-testid="composer-details" className="min-h-6 shrink-0 rounded-sm px-1 hover:text-ink" aria-label={t('composer.cc')} onClick={show}>{t('composer.field.cc')}</button> : null}
      </div>
      {open ? <Lines draft={draft} onWrite={onWrite} subject={composition?.subject || ticket.subject} /> : null}
    </>
  );
}

function Lines({ draft, onWrite, subject }: { draft: Draft; onWrite: (change: Partial<Draft>) => void; subject: string }) {
  const { t } = useTranslation();
  const line = (field: 'to' | 'cc' | 'bcc') => (
    <label key={field} className="flex min-w-0 items-center gap-2">
      <span className="w-14 shrink-0">{t(`composer.field.${field}`)}</span>
      <input data-testid={`composer-${field}`} value={draft[field]} placeholder={field === 'to' ? t('composer.cc-hint') : ''} inputMode="email" autoComplete="off" spellCheck={false} onChange={(event) => onWrite({ [field]: event.target.value })} className="h-6 min-w-0 flex-1 rounded-sm bg-sunken px-2 text-sm text-ink" />
    </label>
  );
  return (
    <div className="grid min-w-0 basis-full gap-1 pb-1 text-sm text-muted">
      {(['to', 'cc', 'bcc'] as const).map(line)}
      <label className="flex items-center gap-2">
        <span className="w-14 shrink-0">{t('new.subject')}</span>
        <input dir="auto" data-testid="composer-subject" maxLength={998} value={draft.subject} placeholder={subject} onChange={(event) => onWrite({ subject: event.target.value })} className="h-6 min-w-0 flex-1 rounded-sm bg-sunken px-2 text-sm text-ink" />
      </label>
    </div>
  );
}
