import { Paperclip, Type } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Message, MessageInput } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { useMe } from '../../api/shared';
import { cx } from '../../lib/cx';
import { uuid } from '../../lib/ids';
import { useInsert } from '../../lib/insert';
import { usePreferences } from '../../lib/preferences';
import { run, useAriaKeys, useCommand } from '../../lib/shortcuts';
import { send } from '../../realtime/outbox';
import { IconButton } from '../../ui/button';
import { toast } from '../../ui/toast';
import { Uploads } from './attachments';
import { useTicketActions } from './actions';
import { newerThan, useDrafts, useMayWrite, useReplyChannels, useTyping, type Kind } from './composer-state';
import { Meanwhile } from './meanwhile';
import { Recipients } from './recipients';
import { SendButton, type Then } from './send-button';
import { Writing } from './writing';
import { useUploads } from './uploads';

const split = (text: string): string[] => text.split(/[\s,;]+/).map((one) => one.trim()).filter((one) => one.includes('@'));

function Tabs({ kind, setKind, may }: { kind: Kind; setKind: (kind: Kind) => void; may: Record<Kind, boolean> }) {
  const { t } = useTranslation();
  const replyKeys = useAriaKeys('ticket.reply');
  const noteKeys = useAriaKeys('ticket.note');
  const tab = (one: Kind) => cx('h-7 rounded-md px-2 text-md font-medium transition-colors duration-(--quick)', kind === one ? (one === 'note' ? 'text-note-ink underline decoration-2 underline-offset-6' : 'text-accent underline decoration-2 underline-offset-6') : 'text-muted hover:text-ink');
  return (
    <div role="tablist" aria-label={t('composer.tabs')} className="flex gap-1" onKeyDown={(event) => ['ArrowLeft', 'ArrowRight'].includes(event.key) && setKind(kind === 'agent' ? 'note' : 'agent')}>
      {may.agent ? <button type="button" role="tab" data-testid="tab-reply" aria-selected={kind === 'agent'} tabIndex={kind === 'agent' ? 0 : -1} className={tab('agent')} onClick={() => setKind('agent')} {...replyKeys}>{t('reply')}</button> : null}
      {may.note ? <button type="button" role="tab" data-testid="tab-note" aria-selected={kind === 'note'} tabIndex={kind === 'note' ? 0 : -1} className={tab('note')} onClick={() => setKind('note')} {...noteKeys}>{t('note')}</button> : null}
    </div>
  );
}

/** Reply to the customer or leave a note; shaped by what the channel can do. */
export function Composer({ ticket, messages }: { ticket: Ticket; messages: Message[] }) {
  const { t } = useTranslation();
  const { account } = useMe();
  const lastSeq = messages.at(-1)?.seq ?? ticket.lastSeq;
  const drafts = useDrafts(ticket.id, lastSeq);
  const channels = useReplyChannels(ticket);
  const [channelId, setChannelId] = useState<string>();
  const channel = channels.find((one) => one.id === channelId) ?? channels[0];
  const permitted = useMayWrite(ticket);
  const may = { agent: permitted.agent && channel !== undefined, note: permitted.note };
  const kind: Kind = may[drafts.kind] ? drafts.kind : may.agent ? 'agent' : 'note';
  const { richText, set } = usePreferences();
  const rich = richText && kind === 'agent' && channel?.composer.html === true;
  const files = useUploads();
  const typing = useTyping(ticket.id);
  const actions = useTicketActions(ticket);
  const focus = useRef<() => void>(() => {});
  const picker = useRef<HTMLInputElement>(null);
  const [warned, setWarned] = useState(false);
  const { draft } = drafts;
  const newer = newerThan(messages, draft, { me: account.id, live: channel?.pace === 'live' });
  const begin = (next: Kind) => {
    drafts.setKind(next);
    requestAnimationFrame(() => focus.current());
  };
  useCommand('ticket.reply', () => begin('agent'), may.agent);
  useCommand('ticket.note', () => begin('note'), may.note);
  const request = useInsert((state) => state.request);
  const inserted = useRef(request?.n ?? 0);
  useEffect(() => {
    if (!request || request.n === inserted.current) return;
    inserted.current = request.n;
    drafts.write({ text: draft.text ? `${draft.text.trimEnd()}\n\n${request.text}` : request.text, html: '' });
    requestAnimationFrame(() => focus.current());
  }, [request, draft.text, drafts]);

  const ship = (then: Then, anyway = false) => {
    const text = draft.text.trim();
    if (!text && files.done.length === 0) return;
    if (files.busy) return toast(t('files.wait'));
    if (kind === 'agent' && newer.length > 0 && !anyway) return setWarned(true);
    const input: MessageInput = {
      clientId: uuid(), kind, text, ...(rich && draft.html ? { html: draft.html } : {}), ...(files.done.length > 0 ? { attachmentIds: files.done.map((file) => file.id) } : {}),
      ...(kind === 'agent' ? { seenSeq: newer.length > 0 && !anyway ? draft.seenSeq : lastSeq, ...(channel && channel.id !== ticket.channel ? { channel: channel.id } : {}), ...(channel?.composer.cc && split(draft.cc).length > 0 ? { cc: split(draft.cc) } : {}) } : {}),
      ...(then.sendAt ? { sendAt: then.sendAt } : {}),
    };
    send(ticket.id, input, { author: account.name, files: files.done.map((file) => file.name) });
    drafts.clear();
    files.clear();
    setWarned(false);
    typing.stopped();
    if (then.status === 'pending') actions.setStatus('pending');
    if (then.status === 'solved') run('ticket.solve');
    return undefined;
  };
  useCommand('ticket.send', () => ship({}));
  if (!may.agent && !may.note) return <p className="border-t border-line px-4 py-3 text-md text-muted">{t('composer.forbidden')}</p>;
  return (
    <section aria-label={t('composer.label')} data-pane tabIndex={-1} className={cx('border-t border-line', kind === 'note' && 'bg-note')}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); files.add(event.dataTransfer.files); } }} onDragOver={(event) => event.preventDefault()}>
      <Meanwhile newer={newer} warned={warned} onSeen={() => { drafts.write({ seenSeq: lastSeq }); setWarned(false); focus.current(); }} onAnyway={() => ship({}, true)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-2">
        <Tabs kind={kind} setKind={begin} may={may} />
        {kind === 'agent' ? <Recipients ticket={ticket} channel={channel} channels={channels} onChannel={setChannelId} cc={draft.cc} onCc={(cc) => drafts.write({ cc })} /> : <span className="text-sm text-note-ink">{t('composer.note-hint')}</span>}
      </div>
      <Writing key={`${kind}${String(rich)}`} rich={rich} draft={draft} label={t(kind === 'note' ? 'composer.note' : 'composer.reply')} maxLength={kind === 'agent' ? channel?.composer.maxLength ?? 0 : 0}
        onReady={(ready) => { focus.current = ready; }} onFiles={files.add} onWrite={(change) => { drafts.write(change); if (kind === 'agent') typing.typed(); }} />
      <Uploads uploads={files.uploads} remove={files.remove} />
      <div className="flex items-center gap-1 px-2 pb-2">
        {kind === 'note' || channel?.composer.attachments ? <IconButton label={t('composer.attach')} onClick={() => picker.current?.click()}><Paperclip size={16} /></IconButton> : null}
        <input ref={picker} type="file" multiple hidden onChange={(event) => { files.add(event.target.files ?? []); event.target.value = ''; }} />
        {kind === 'agent' && channel?.composer.html ? <IconButton label={t('composer.rich')} aria-pressed={richText} onClick={() => set({ richText: !richText })}><Type size={16} /></IconButton> : null}
        <span className="flex-1" />
        <SendButton kind={kind} later={kind === 'agent' && channel?.pace === 'deferred'} empty={!draft.text.trim() && files.done.length === 0} onSend={ship} />
      </div>
    </section>
  );
}
