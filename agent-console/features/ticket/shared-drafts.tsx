import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Draft as KeptDraft } from '../../../protocol/writing';
import { Button } from '../../ui/button';
import { Ago } from '../../ui/time';

/** What colleagues have begun on this ticket and let others read. */
export function SharedDrafts({ drafts, onUse }: { drafts: KeptDraft[]; onUse: (draft: KeptDraft) => void }) {
  const { t } = useTranslation();
  const [read, setRead] = useState('');
  return (
    <ul>
      {drafts.map((one) => (
        <li key={one.clientId} className="grid gap-1 bg-sunken px-3 py-1.5 text-sm" data-testid="shared-draft">
          <div className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1">{t('draft.of', { name: one.author.name })} <Ago at={one.updatedAt} className="text-muted" /></span>
            <Button small look="quiet" aria-expanded={read === one.clientId} onClick={() => setRead(read === one.clientId ? '' : one.clientId)}>{t('draft.read')}</Button>
            <Button small onClick={() => onUse(one)}>{t('draft.use')}</Button>
          </div>
          {read === one.clientId ? <p dir="auto" className="max-h-[20vh] overflow-y-auto break-words whitespace-pre-wrap text-soft">{one.text}</p> : null}
        </li>
      ))}
    </ul>
  );
}
