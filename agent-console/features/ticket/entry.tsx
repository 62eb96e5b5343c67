import { Bot, Phone, PhoneMissed, Voicemail } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { useChannel } from '../../api/shared';
import { cx } from '../../lib/cx';
import { stopwatch } from '../../lib/format';
import { Chip, ChannelIcon } from '../../ui/marks';
import { At } from '../../ui/time';
import { Attachments } from './attachments';
import { DeliveryLine } from './delivery';
import { EntryMenu } from './entry-menu';
import { MailFrame } from './mail-frame';
import { Trust } from './trust';

const looks: Record<Message['kind'], string> = {
  customer: 'bg-surface ring-1 ring-line me-8', agent: 'bg-agent ms-8', note: 'bg-note ring-1 ring-note-line ms-8', call: 'bg-surface ring-1 ring-line me-8', system: '',
};

function CallLine({ call }: { call: NonNullable<Message['call']> }) {
  const { t } = useTranslation();
  const Icon = call.outcome === 'voicemail' ? Voicemail : call.outcome === 'answered' ? Phone : PhoneMissed;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-md">
      <Icon size={16} aria-hidden className={call.outcome === 'answered' ? 'text-good' : 'text-bad'} />
      <span className="font-medium">{t(`call.kind.${call.direction}`)}</span>
      <span className="text-soft">{t(`call.${call.outcome}`)}</span>
      {call.seconds > 0 ? <span className="tnum text-muted">{stopwatch(call.seconds)}</span> : null}
      <span className="tnum text-muted" dir="ltr">{call.direction === 'in' ? call.from : call.to}</span>
      {call.recordingUrl ? <a href={call.recordingUrl} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">{t('call.recording')}</a> : null}
    </div>
  );
}

/** Plain text, or the mail as it came in a frame where nothing runs. What was quoted stays folded until asked for. */
function Body({ message, lang }: { message: Message; lang: string | undefined }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const short = message.replyText !== null && message.replyText.trim() !== '' && message.replyText.trim() !== message.text.trim();
  // The first line of a call's record says what stands above it already; what a colleague noted does not.
  const { call } = message;
  const [first = '', ...further] = message.text.split('\n');
  const shown = call && first.includes(call.direction === 'in' ? call.from : call.to) ? further.join('\n') : !whole && short ? message.replyText ?? '' : message.text;
  return (
    <>
      {message.html && (whole || !short) ? <MailFrame html={message.html} lang={lang} /> : shown ? <p dir="auto" lang={lang} className="text-md break-words whitespace-pre-wrap">{shown.trimEnd()}</p> : null}
      {short ? <button type="button" className="mt-1 min-h-6 rounded-sm text-sm text-muted hover:text-ink" onClick={() => setWhole(!whole)}>{t(whole ? 'message.less' : 'message.whole')}</button> : null}
    </>
  );
}

const people = (list: Message['to']): string => list.map((person) => person.name || person.address).join(', ');

/** One entry of the timeline. Notes are marked by paper and by a word. */
export const Entry = memo(function Entry({ message, ticket }: { message: Message; ticket: Ticket }) {
  const { t } = useTranslation();
  const channel = useChannel(message.channel);
  const note = message.kind === 'note';
  // A customer's own language, so that it is read aloud as such; in which one an agent wrote is not known.
  const lang = message.kind === 'customer' ? ticket.sorting?.language ?? undefined : undefined;
  return (
    <article data-testid="message" data-kind={message.kind} data-seq={message.seq} aria-label={t(`message.by.${message.kind}`, { name: message.author.name })}
      className={cx('rounded-lg px-3 py-2 [contain-intrinsic-size:auto_90px] [content-visibility:auto]', looks[message.kind])}>
      <header className="mb-1 flex flex-wrap items-center gap-x-2 text-sm">
        <span dir="auto" className="font-semibold">{message.author.name || ticket.customer.address}</span>
        {note ? <span className="font-semibold text-note-ink">{t('note')}</span> : <ChannelIcon name={channel?.icon ?? message.channel} label={channel?.name} size={14} className="text-muted" />}
        {message.trust ? <Trust trust={message.trust} /> : null}
        {message.automatic ? <Chip><Bot size={12} aria-hidden />{t('message.automatic')}</Chip> : null}
        {message.cc.length > 0 ? <span className="truncate text-xs text-muted">{t('message.cc', { names: people(message.cc) })}</span> : null}
        {message.bcc?.length ? <span className="truncate text-xs text-muted">{t('message.bcc', { names: people(message.bcc) })}</span> : null}
        <span className="flex-1" />
        <At at={message.at} className="text-xs text-muted" />
        <EntryMenu message={message} ticket={ticket} />
      </header>
      {message.call ? <CallLine call={message.call} /> : null}
      <Body message={message} lang={lang} />
      <Attachments files={message.attachments.filter((file) => !file.inline)} />
      {message.delivery ? <DeliveryLine message={message} delivery={message.delivery} /> : null}
    </article>
  );
});
