import { Paperclip, Type } from 'lucide-react';
import { useCallback, useRef, useState, type DragEvent } from 'react';
import { addressesIn, blankDraft, type Draft } from '../../lib/drafts';
import { useTranslation } from '../../lib/i18n';
import { usePreferences } from '../../lib/preferences';
import { IconButton } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Uploads } from './attachments';
import { addFiles, useUploads } from './uploads';
import type { Field } from './suggest';
import { Writing } from './writing';

/** What is written first to somebody: text plain or rich, copies, files. */
export function useNewMail() {
  const [draft, setDraft] = useState<Draft>(blankDraft);
  const rich = usePreferences((state) => state.richText);
  const files = useUploads();
  const field = useRef<Field | null>(null);
  const write = useCallback((change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change })), []);
  const ready = useCallback((given: Field) => { field.current = given; }, []);
  const done = files.doneWith(draft.html);
  const [cc, bcc] = [addressesIn(draft.cc), addressesIn(draft.bcc)];
  return {
    draft, rich, files, write, ready,
    add: (list: Iterable<File>) => addFiles(list, { files, rich, field: field.current }),
    empty: !draft.text.trim() && done.length === 0,
    /** Only what was given. */
    body: () => ({
      text: draft.text, ...(rich && draft.html ? { html: draft.html } : {}), ...(cc.length > 0 ? { cc } : {}), ...(bcc.length > 0 ? { bcc } : {}), ...(done.length > 0 ? { attachmentIds: done.map(({ id }) => id) } : {}),
    }),
  };
}

type NewMailState = ReturnType<typeof useNewMail>;

/** Copies, folded away until somebody wants them. */
export function Copies({ mail: { draft, write } }: { mail: NewMailState }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!open) return <button type="button" data-testid="new-copies" className="min-h-6 w-fit rounded-sm text-sm text-muted hover:text-ink" onClick={() => setOpen(true)}>{`${t('composer.field.cc')}, ${t('composer.field.bcc')}`}</button>;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(['cc', 'bcc'] as const).map((name) => <TextField key={name} label={t(`composer.field.${name}`)} placeholder={t('composer.cc-hint')} inputMode="email" autoComplete="off" spellCheck={false} autoFocus={name === 'cc'} value={draft[name]} onChange={(event) => write({ [name]: event.target.value })} />)}
    </div>
  );
}

/** The mail itself, written with the composer's own parts; files are chosen, pasted or dropped. */
export function MailText({ mail, error }: { mail: NewMailState; error: string | undefined }) {
  const { t } = useTranslation();
  const { richText, set } = usePreferences();
  const picker = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    mail.add(event.dataTransfer.files);
  };
  return (
    <div className="grid gap-1">
      <span aria-hidden className="text-sm font-medium text-soft">{t('new.text')}</span>
      <div className="rounded-md bg-surface ring-1 ring-inset ring-edge focus-within:ring-2 focus-within:ring-accent" onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()} onDropCapture={onDrop}>
        <Writing key={String(mail.rich)} ticket={null} rich={mail.rich} draft={mail.draft} triggers={[]} label={t('new.text')} maxLength={0} onReady={mail.ready} onFiles={mail.add} onWrite={mail.write} />
        <Uploads uploads={mail.files.uploads} remove={mail.files.remove} />
        <div className="flex items-center gap-1 px-2 pb-2">
          <IconButton label={t('composer.attach')} onClick={() => picker.current?.click()}><Paperclip size={16} /></IconButton>
          <input ref={picker} type="file" multiple hidden data-testid="new-files" onChange={(event) => { mail.add(event.target.files ?? []); event.target.value = ''; }} />
          <IconButton label={t('composer.rich')} aria-pressed={richText} onClick={() => set({ richText: !richText })}><Type size={16} /></IconButton>
        </div>
      </div>
      {error ? <p className="text-xs text-bad">{error}</p> : null}
    </div>
  );
}
