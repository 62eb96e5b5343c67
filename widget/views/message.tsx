import type { ChatMessage } from '../../protocol/webchat';
import { useApp, useStore } from '../frame/app';
import { rich, withLinks } from '../frame/rich';
import type { Pending } from '../frame/thread';
import { Files } from './files';

const onlyNames = (text: string, files: ChatMessage['attachments']) => files.length > 0 && text === files.map((file) => file.name).join(', ');

/** Today the time is enough; before, the day as well. */
function moment(at: string | number, locale: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

export function Bubble({ row, first, note }: { row: ChatMessage; first: boolean; note: string }) {
  const { t, locale, origin } = useApp();
  const name = row.from === 'me' ? t('me') : row.name || t('someone');
  const body = row.html ? <div class="prose">{rich(row.html, origin)}</div> : withLinks(row.text);
  if (row.from === 'system') return <p class="system" dir="auto" data-testid="tl-message" data-from="system">{row.text}</p>;
  return (
    <div class={`message ${row.from}`} data-testid="tl-message" data-from={row.from} data-seq={row.seq}>
      <p class={row.from === 'me' || !first ? 'hidden' : 'who'} dir="auto">{name}</p>
      {!onlyNames(row.text, row.attachments) && <div class="bubble" dir="auto">{body}</div>}
      <Files files={row.attachments} />
      <p class="when"><time dateTime={row.at} title={new Date(row.at).toLocaleString(locale)}>{moment(row.at, locale)}</time>{note && ` · ${note}`}</p>
    </div>
  );
}

/** On its way, or refused. It keeps its key when the server has it, so it is neither drawn nor announced again. */
export function Sending({ one }: { one: Pending }) {
  const { t, chat, reason } = useApp();
  const offline = useStore((state) => state.offline);
  const { clientId, refused } = one;
  return (
    <div class={refused ? 'message me refused' : 'message me pending'} data-testid="tl-message" data-from="me" data-pending>
      <p class="hidden">{t('me')}</p>
      {!onlyNames(one.text, one.attachments) && <div class="bubble" dir="auto">{withLinks(one.text)}</div>}
      <Files files={one.attachments} />
      {refused
        ? <p class="when fault">{t('notSent')} {reason(refused)} <button type="button" class="small" onClick={() => chat.outbox.retry(clientId)}>{t('retry')}</button> <button type="button" class="small" onClick={() => chat.outbox.discard(clientId)}>{t('discard')}</button></p>
        : <p class="when">{t(offline ? 'queued' : 'sending')}</p>}
    </div>
  );
}
