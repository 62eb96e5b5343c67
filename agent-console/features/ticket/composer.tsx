import { Paperclip, Type } from 'lucide-react';
import { useCallback, useRef, type KeyboardEvent } from 'react';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { usePreferences } from '../../lib/preferences';
import { useAriaKeys } from '../../lib/shortcuts';
import { IconButton } from '../../ui/button';
import { Uploads } from './attachments';
import type { Kind } from './composer-state';
import { useComposer } from './composing';
import { Meanwhile } from './meanwhile';
import { Recipients } from './recipients';
import { SendButton } from './send-button';
import { Writing } from './writing';

type Composing = ReturnType<typeof useComposer>;

function Tabs({ kind, begin, may }: Pick<Composing, 'kind' | 'begin' | 'may'>) {
  const { t } = useTranslation();
  const keys = { agent: useAriaKeys('ticket.reply'), note: useAriaKeys('ticket.note') };
  const look = (one: Kind) => cx('h-7 rounded-md px-2 text-md font-medium transition-colors duration-(--quick)', kind === one ? 'underline decoration-2 underline-offset-6' : 'text-muted hover:text-ink', kind === one && (one === 'note' ? 'text-note-ink' : 'text-accent'));
  const tab = (one: Kind) => ({ type: 'button', role: 'tab', 'data-testid': one === 'note' ? 'tab-note' : 'tab-reply', 'aria-selected': kind === one, tabIndex: kind === one ? 0 : -1, className: look(one), onClick: () => begin(one), ...keys[one] }) as const;
  return (
    <div role="tablist" aria-label={t('composer.tabs')} className="flex gap-1" onKeyDown={(event) => ['ArrowLeft', 'ArrowRight'].includes(event.key) && begin(kind === 'agent' ? 'note' : 'agent')}>
      {may.agent ? <button {...tab('agent')}>{t('reply')}</button> : null}
      {may.note ? <button {...tab('note')}>{t('note')}</button> : null}
    </div>
  );
}

function Tools({ composing }: { composing: Composing }) {
  const { t } = useTranslation();
  const { kind, channel, files, ship, empty } = composing;
  const { richText, set } = usePreferences();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="flex items-center gap-1 px-2 pb-2">
      {kind === 'note' || channel?.composer.attachments ? <IconButton label={t('composer.attach')} onClick={() => picker.current?.click()}><Paperclip size={16} /></IconButton> : null}
      <input ref={picker} type="file" multiple hidden onChange={(event) => { files.add(event.target.files ?? []); event.target.value = ''; }} />
      {kind === 'agent' && channel?.composer.html ? <IconButton label={t('composer.rich')} aria-pressed={richText} onClick={() => set({ richText: !richText })}><Type size={16} /></IconButton> : null}
      <span className="flex-1" />
      <SendButton kind={kind} later={kind === 'agent' && channel?.pace === 'deferred'} empty={empty} onSend={ship} />
    </div>
  );
}

/** Escape leaves the text for the timeline, where single keys work again; what was written stays. */
function leaveOnEscape(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
  document.querySelector<HTMLElement>('[role=log][data-pane]')?.focus();
}

/** Reply to the customer or leave a note; shaped by what the channel can do. */
export function Composer({ ticket, messages }: { ticket: Ticket; messages: Message[] }) {
  const { t } = useTranslation();
  const composing = useComposer(ticket, messages);
  const { kind, may, channel, channels, drafts, files, rich, focuser } = composing;
  const ready = useCallback((focus: () => void) => { focuser.current = focus; }, [focuser]);
  if (!may.agent && !may.note) return <p className="border-t border-line px-4 py-3 text-md text-muted">{t('composer.forbidden')}</p>;
  const onWrite = (change: Partial<typeof drafts.draft>) => {
    drafts.write(change);
    if (kind === 'agent') composing.typed();
  };
  return (
    <section aria-label={t('composer.label')} data-pane tabIndex={-1} className={cx('border-t border-line', kind === 'note' && 'bg-note')} onKeyDown={leaveOnEscape} onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); files.add(event.dataTransfer.files); } }}>
      <Meanwhile newer={composing.newer} warned={composing.warned} onSeen={composing.read} onAnyway={() => composing.ship({}, true)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-2">
        <Tabs kind={kind} begin={composing.begin} may={may} />
        {kind === 'agent' ? <Recipients ticket={ticket} channel={channel} channels={channels} onChannel={composing.setChannelId} cc={drafts.draft.cc} onCc={(cc) => drafts.write({ cc })} /> : <span className="text-sm text-note-ink">{t('composer.note-hint')}</span>}
      </div>
      <Writing key={`${kind}${String(rich)}`} rich={rich} draft={drafts.draft} label={t(kind === 'note' ? 'composer.note' : 'composer.reply')} maxLength={kind === 'agent' ? channel?.composer.maxLength ?? 0 : 0} onReady={ready} onFiles={files.add} onWrite={onWrite} />
      <Uploads uploads={files.uploads} remove={files.remove} />
      <Tools composing={composing} />
    </section>
  );
}
