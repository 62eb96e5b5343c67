import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Ticket } from '../../../protocol/tickets';
import { allows } from '../../api/shared';
import { useAriaKeys, useCommand } from '../../lib/shortcuts';

/** The tags, each removable, and a field to add one. */
export function TagEditor({ ticket, onChange }: { ticket: Ticket; onChange: (tags: string[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const keys = useAriaKeys('ticket.tags');
  const may = allows(ticket.can, 'ticket.edit');
  useCommand('ticket.tags', () => setText(''), may);
  const add = () => {
    const tag = text?.trim();
    if (tag && !ticket.tags.includes(tag)) onChange([...ticket.tags, tag]);
    setText(null);
  };
  if (!may && ticket.tags.length === 0) return null;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-1">
      {ticket.tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 items-center rounded-sm bg-sunken ps-2 text-xs font-medium text-soft">
          <span dir="auto" className={may ? '' : 'pe-2'}>{tag}</span>
          {may ? <button type="button" aria-label={t('tags.remove', { tag })} className="flex size-6 items-center justify-center text-muted hover:text-ink" onClick={() => onChange(ticket.tags.filter((one) => one !== tag))}><X size={12} /></button> : null}
        </span>
      ))}
      {may && text === null ? <button type="button" {...keys} className="inline-flex h-6 items-center gap-1 rounded-sm px-1 text-xs text-muted hover:bg-hover hover:text-ink" onClick={() => setText('')}><Plus size={12} aria-hidden />{t('tags.add')}</button> : null}
      {text === null ? null : (
        <input autoFocus aria-label={t('tags.add')} value={text} maxLength={60} onChange={(event) => setText(event.target.value)} onBlur={add} className="h-6 w-32 rounded-sm bg-sunken px-2 text-xs"
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter' || event.key === ',') { event.preventDefault(); add(); }
            if (event.key === 'Escape') setText(null);
          }} />
      )}
    </div>
  );
}
