import { lazy, Suspense, useCallback, useContext, useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Ticket } from '../../../protocol/tickets';
import type { Draft } from '../../lib/drafts';
import { cx } from '../../lib/cx';
import { useManner } from '../../ui/time';
import { number } from '../../lib/format';
import { ActiveSuggestion, askedFor, type Asked, type Field, type Trigger } from './suggest';

const RichEditor = lazy(() => import('./rich-editor').then((module) => ({ default: module.RichEditor })));
const SuggestList = lazy(() => import('./suggest-list').then((module) => ({ default: module.SuggestList })));

interface WritingProps { ticket: Ticket | null; rich: boolean; draft: Draft; label: string; maxLength: number; triggers: readonly Trigger[]; onWrite: (change: Partial<Draft>) => void; onReady: (field: Field) => void; onFiles: (files: Iterable<File>) => void }
interface FieldProps extends Pick<WritingProps, 'draft' | 'label' | 'onWrite' | 'onReady'> { onCaret: (before: string) => void }

function PlainField({ draft, label, onWrite, onReady, onCaret }: FieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const active = useContext(ActiveSuggestion);
  useEffect(() => onReady({
    focus: () => field.current?.focus(),
    replace(count, text) {
      const element = field.current;
      if (!element) return;
      const at = element.selectionStart;
      element.setRangeText(text, Math.max(0, at - count), at, 'end');
      onWrite({ text: element.value, html: '' });
      element.focus();
      onCaret('');
    },
  }), [onReady, onWrite, onCaret]);
  const tellCaret = () => {
    const element = field.current;
    if (element) onCaret(element.selectionStart === element.selectionEnd ? element.value.slice(0, element.selectionStart) : '');
  };
  return (
    <textarea ref={field} data-testid="composer" aria-label={label} placeholder={label} dir="auto" value={draft.text} {...(active ? { 'aria-activedescendant': active, 'aria-controls': 'suggest-list' } : {})}
      onChange={(event) => { onWrite({ text: event.target.value, html: '' }); tellCaret(); }} onSelect={tellCaret} onBlur={() => onCaret('')}
      className="block max-h-[36vh] min-h-18 w-full resize-none bg-transparent text-md outline-none [field-sizing:content]" />
  );
}

/** Where the text is written: a plain field, or the rich editor that is loaded the first time it is wanted. Suggestions appear above what asks for them. */
export function Writing({ ticket, rich, draft, label, maxLength, triggers, onWrite, onReady, onFiles }: WritingProps) {
  const { t } = useTranslation();
  const manner = useManner();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [active, setActive] = useState<string>();
  const listKeys = useRef<((key: string) => boolean) | null>(null);
  const field = useRef<Field | null>(null);
  const ready = useCallback((given: Field) => { field.current = given; onReady(given); }, [onReady]);
  const latest = useRef({ triggers, draft });
  latest.current = { triggers, draft };
  const onCaret = useCallback((before: string) => setAsked((old) => {
    const next = askedFor(before, latest.current.triggers);
    return next && old && next.trigger === old.trigger && next.word === old.word ? old : next;
  }), []);
  const put = (text: string, html: string | null) => { field.current?.replace((asked?.word.length ?? 0) + 1, text, html); setAsked(null); };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    onFiles(event.clipboardData.files);
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!asked || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || !listKeys.current?.(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const over = maxLength > 0 && draft.text.length > maxLength;
  const props = { draft, label, onWrite, onReady: ready, onCaret };
  return (
    <div className="relative px-3 py-2" onPaste={onPaste} onKeyDownCapture={onKeyDownCapture}>
      {asked && ticket ? (
        <Suspense fallback={null}>
          <SuggestList asked={asked} ticket={ticket} listKeys={listKeys} onActive={setActive} onClose={() => setAsked(null)} onText={put}
            onMention={(who) => { put(`@${who.name} `, null); onWrite({ mentions: [...latest.current.draft.mentions.filter(({ id }) => id !== who.id), who] }); }} />
        </Suspense>
      ) : null}
      <ActiveSuggestion.Provider value={active}>
        {rich ? <Suspense fallback={<div className="min-h-18" />}><RichEditor {...props} /></Suspense> : <PlainField {...props} />}
      </ActiveSuggestion.Provider>
      {maxLength > 0 && draft.text.length > maxLength * 0.8 ? <p className={cx('text-end text-xs tnum', over ? 'text-bad' : 'text-muted')}>{t('composer.length', { used: number(draft.text.length, manner), max: number(maxLength, manner) })}</p> : null}
    </div>
  );
}
