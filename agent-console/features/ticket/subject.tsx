import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { subjectText } from '../../lib/subject';
import type { Ticket } from '../../../protocol/tickets';
import { allows } from '../../api/shared';

/** Number and subject as the heading of the page; a click makes it a field. */
export function Subject({ ticket, onChange }: { ticket: Ticket; onChange: (subject: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const finish = () => {
    if (text !== null && text.trim() && text.trim() !== ticket.subject) onChange(text.trim());
    setText(null);
  };
  const shown = subjectText(t, ticket.subject) || t('ticket.no-subject');
  return (
    <h1 className="min-w-0 flex-1 pt-0.5 text-lg font-semibold">
      {text === null ? (
        <span className="flex min-w-0 gap-2">
          <span className="font-normal text-muted tnum">#{ticket.number}</span>
          {allows(ticket.can, 'ticket.edit') ? (
            <button type="button" dir="auto" title={t('ticket.rename')} className="min-w-0 truncate rounded-sm text-start hover:bg-hover" onClick={() => setText(ticket.subject)}>{shown}</button>
          ) : <span dir="auto" className="truncate">{shown}</span>}
        </span>
      ) : (
        <input autoFocus aria-label={t('new.subject')} dir="auto" value={text} onChange={(event) => setText(event.target.value)} onBlur={finish}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') finish();
            if (event.key === 'Escape') setText(null);
          }} className="w-full rounded-sm bg-sunken px-2" />
      )}
    </h1>
  );
}
