import type { ChatMessage } from '../../protocol/webchat';
import { useApp } from '../frame/app';
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

/** One entry of the log, from either side. What one wrote keeps its place in the document when the server has it, so it is not announced again. */
export interface Line {
  row: Omit<ChatMessage, 'seq' | 'at'> & { seq: number | null; at: string | number };
  /** Written by somebody else than the entry before. */
  first: boolean;
  /** How far one's own message has come, in a word; empty when it goes without saying. */
  note: string;
  refused?: string | undefined;
}

export const lineOf = (one: Pending): Line['row'] => ({ ...one, id: one.clientId, seq: null, from: 'me', name: '', html: null });

export function Bubble({ row, first, note, refused }: Line) {
  const { t, locale, origin } = useApp();
  if (row.from === 'system') return <p class="system" dir="auto" data-testid="tl-message" data-from="system">{row.text}</p>;
  const name = row.from === 'me' ? t('me') : row.name || t('someone');
  const date = new Date(row.at);
  return (
    <div class={`message ${row.from}${refused ? ' refused' : row.seq === null ? ' pending' : ''}`} data-testid="tl-message" data-from={row.from} data-seq={row.seq} data-pending={row.seq === null ? '' : undefined}>
      <p class={row.from === 'me' || !first ? 'hidden' : 'who'} dir="auto">{name}</p>
      {!onlyNames(row.text, row.attachments) && <div class="bubble" dir="auto">{row.html ? <div class="prose">{rich(row.html, origin)}</div> : withLinks(row.text)}</div>}
      <Files files={row.attachments} />
      {refused ? <Refused clientId={row.clientId} code={refused} /> : <p class="when"><time dateTime={date.toISOString()} title={date.toLocaleString(locale)}>{moment(row.at, locale)}</time>{note && ` · ${note}`}</p>}
    </div>
  );
}

function Refused({ clientId, code }: { clientId: string; code: string }) {
  const { t, chat, reason } = useApp();
  return (
    <p class="when fault">
      {t('notSent')} {reason(code)} <button type="button" class="small" onClick={() => chat.outbox.retry(clientId)}>{t('retry')}</button> <button type="button" class="small" onClick={() => chat.outbox.discard(clientId)}>{t('discard')}</button>
    </p>
  );
}
