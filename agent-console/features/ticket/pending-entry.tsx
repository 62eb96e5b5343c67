import { Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import { cx } from '../../lib/cx';
import { useInsert } from '../../lib/insert';
import { discard, retry, type Pending } from '../../realtime/outbox';
import { At } from '../../ui/time';

const link = 'min-h-6 rounded-sm px-1 font-medium text-accent underline underline-offset-2';

/** A message that is not stored yet: on its way, waiting for the connection, or failed with a way on. */
export function PendingEntry({ item, lastSeq }: { item: Pending; lastSeq: number }) {
  const { t } = useTranslation();
  const { clientId, kind, text } = item.input;
  const insert = useInsert((state) => state.insert);
  const collided = item.problem === 'replied-meanwhile';
  const takeBack = () => {
    discard(clientId);
    insert(text);
  };
  return (
    <article data-testid="message" data-kind={kind} data-pending={item.state} aria-label={t(`message.by.${kind}`, { name: item.author })} className={cx('ms-8 rounded-lg px-3 py-2', kind === 'note' ? 'bg-note ring-1 ring-note-line' : 'bg-agent')}>
      <header className="mb-1 flex items-center gap-2 text-sm"><span className="font-semibold">{item.author}</span>{kind === 'note' ? <span className="font-semibold text-note-ink">{t('note')}</span> : null}<span className="flex-1" /><At at={item.at} className="text-xs text-muted" /></header>
      <p dir="auto" className="text-md break-words whitespace-pre-wrap">{text}</p>
      {item.files.length > 0 ? <p className="mt-1 text-xs text-muted">{item.files.join(', ')}</p> : null}
      {item.state === 'failed' ? (
        <p role="alert" className="mt-1 flex flex-wrap items-center gap-1.5 text-xs text-bad">
          <TriangleAlert size={13} aria-hidden />{t(`problem.${item.problem ?? 'internal'}`)}
          <button type="button" className={link} data-testid="message-retry" onClick={() => retry(clientId, collided ? lastSeq : undefined)}>{t(collided ? 'send.anyway' : 'retry')}</button>
          <button type="button" className={link} onClick={takeBack}>{t('message.edit')}</button>
        </p>
      ) : <p className="mt-1 flex items-center gap-1.5 text-xs text-muted"><Clock size={13} aria-hidden />{t(item.state === 'waiting' ? 'delivery.waiting' : 'delivery.sending')}</p>}
    </article>
  );
}
