import { lazy, Suspense, useEffect, useRef, type ClipboardEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Draft } from '../../lib/drafts';
import { cx } from '../../lib/cx';
import { useManner } from '../../ui/time';
import { number } from '../../lib/format';

const RichEditor = lazy(() => import('./rich-editor').then((module) => ({ default: module.RichEditor })));

interface WritingProps { rich: boolean; draft: Draft; label: string; maxLength: number; onWrite: (change: Partial<Draft>) => void; onReady: (focus: () => void) => void; onFiles: (files: Iterable<File>) => void }

/** Where the text is written: a plain field, or the rich editor that is loaded the first time it is wanted. */
export function Writing({ rich, draft, label, maxLength, onWrite, onReady, onFiles }: WritingProps) {
  const { t } = useTranslation();
  const manner = useManner();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!rich) onReady(() => field.current?.focus());
  }, [rich, onReady]);
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    onFiles(event.clipboardData.files);
  };
  const over = maxLength > 0 && draft.text.length > maxLength;
  return (
    <div className="px-3 py-2" onPaste={onPaste}>
      {rich ? (
        <Suspense fallback={<div className="min-h-18" />}><RichEditor draft={draft} label={label} onWrite={onWrite} onReady={onReady} /></Suspense>
      ) : (
        <textarea ref={field} data-testid="composer" aria-label={label} placeholder={label} dir="auto" value={draft.text} onChange={(event) => onWrite({ text: event.target.value, html: '' })}
          className="block max-h-[36vh] min-h-18 w-full resize-none bg-transparent text-md outline-none [field-sizing:content]" />
      )}
      {maxLength > 0 && draft.text.length > maxLength * 0.8 ? <p className={cx('text-end text-xs tnum', over ? 'text-bad' : 'text-muted')}>{t('composer.length', { used: number(draft.text.length, manner), max: number(maxLength, manner) })}</p> : null}
    </div>
  );
}
