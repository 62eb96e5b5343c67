import { MessageSquareText, Paperclip, Share2, Trash2, Type } from 'lucide-react';
import { lazy, Suspense, useCallback, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { cx } from '../../lib/cx';
import type { Draft } from '../../lib/drafts';
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
import type { Field, Trigger } from './suggest';
import { Writing } from './writing';

const Below = lazy(() => import('./below').then((file) => ({ default: file.Below })));
const SharedDrafts = lazy(() => import('./shared-drafts').then((file) => ({ default: file.SharedDrafts })));
const triggersOf: Record<Kind, readonly Trigger[]> = { agent: ['/'], note: ['@', '/'] };

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
  const { kind, channel, addFiles, ship, empty, drafts, field } = composing;
  const { richText, set } = usePreferences();
  const picker = useRef<HTMLInputElement>(null);
  const { draft } = drafts;
  const begun = draft.clientId !== '' && !empty;
  const askCanned = () => {
    field.current?.focus();
    field.current?.replace(0, /(^|\s)$/.test(draft.text) ? '/' : ' /');
  };
  return (
    <div className="flex items-center gap-1 px-2 pb-2">
      {kind === 'note' || channel?.composer.attachments ? <IconButton label={t('composer.attach')} onClick={() => picker.current?.click()}><Paperclip size={16} /></IconButton> : null}
      <input ref={picker} type="file" multiple hidden onChange={(event) => { addFiles(event.target.files ?? []); event.target.value = ''; }} />
      <IconButton label={t('canned.insert')} data-testid="composer-canned" onMouseDown={(event) => event.preventDefault()} onClick={askCanned}><MessageSquareText size={16} /></IconButton>
      {kind === 'agent' && channel?.composer.html ? <IconButton label={t('composer.rich')} aria-pressed={richText} onClick={() => set({ richText: !richText })}><Type size={16} /></IconButton> : null}
      {begun && channel?.pace === 'deferred' ? <IconButton label={t(draft.shared ? 'draft.unshare' : 'draft.share')} aria-pressed={draft.shared} data-testid="draft-share" onClick={() => drafts.write({ shared: !draft.shared })}><Share2 size={16} /></IconButton> : null}
      {begun ? <IconButton label={t('draft.discard')} onClick={composing.discard}><Trash2 size={16} /></IconButton> : null}
      <span className="flex-1" />
      <SendButton kind={kind} later={kind === 'agent' && channel?.pace === 'deferred'} empty={empty} onSend={ship} />
    </div>
  );
}

/** Files dragged over the composer: said while they hover, taken when they are let go. */
function useDrop(onFiles: (files: Iterable<File>) => void) {
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const onDragLeave = (event: DragEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  };
  const onDropCapture = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(event.dataTransfer.files);
  };
  return { over, handlers: { onDragOver, onDragLeave, onDropCapture } };
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
  const { kind, may, channel, channels, drafts, files, rich, mail, field, composition } = composing;
  const ready = useCallback((given: Field) => { field.current = given; }, [field]);
  const drop = useDrop(composing.addFiles);
  const { write } = drafts;
  const typed = useRef(composing.typed);
  typed.current = composing.typed;
  const onWrite = useCallback((change: Partial<Draft>) => {
    write(change);
    typed.current(kind);
  }, [write, kind]);
  if (!may.agent && !may.note) return <p className="border-t border-line px-4 py-3 text-md text-muted">{t('composer.forbidden')}</p>;
  return (
    <section aria-label={t('composer.label')} data-pane tabIndex={-1} className={cx('relative border-t border-line', kind === 'note' && 'bg-note')} onKeyDown={leaveOnEscape} {...drop.handlers}>
      {drop.over ? <p className="pointer-events-none absolute inset-1 z-10 flex items-center justify-center rounded-md bg-accent-soft text-md font-medium text-accent outline-2 outline-accent outline-dashed">{t('files.drop')}</p> : null}
      {composing.shared.length > 0 ? <Suspense fallback={null}><SharedDrafts drafts={composing.shared} onUse={composing.takeUp} /></Suspense> : null}
      <Meanwhile newer={composing.newer} warned={composing.warned} onSeen={composing.read} onAnyway={() => composing.ship({}, true)} />
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 pt-2 leading-7">
        <Tabs kind={kind} begin={composing.begin} may={may} />
        {kind === 'agent' ? <Recipients ticket={ticket} channel={channel} channels={channels} onChannel={composing.setChannelId} mail={mail} draft={drafts.draft} composition={composition.data} onWrite={write} /> : <span className="text-sm leading-7 text-note-ink">{t('composer.note-hint')}</span>}
      </div>
      <Writing key={`${kind}${String(rich)}${drafts.version}`} ticket={ticket} rich={rich} draft={drafts.draft} triggers={triggersOf[kind]} label={t(kind === 'note' ? 'composer.note' : 'composer.reply')} maxLength={kind === 'agent' ? channel?.composer.maxLength ?? 0 : 0} onReady={ready} onFiles={composing.addFiles} onWrite={onWrite} />
      <Uploads uploads={files.uploads} remove={files.remove} />
      {mail && composition.data ? <Suspense fallback={null}><Below composition={composition.data} draft={drafts.draft} onWrite={write} /></Suspense> : null}
      <Tools composing={composing} />
    </section>
  );
}
