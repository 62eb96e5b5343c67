import { TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { Message } from '../../../protocol/messages';
import { Button } from '../../ui/button';

/** Warns that somebody wrote while the reader was writing, before a send makes two answers of it. */
export function Meanwhile({ newer, warned, onSeen, onAnyway }: { newer: Message[]; warned: boolean; onSeen: () => void; onAnyway: () => void }) {
  const { t } = useTranslation();
  const last = newer.at(-1);
  return (
    <div role="alert" className="empty:hidden">
      {last ? (
        <p className="flex flex-wrap items-center gap-2 bg-warn-soft px-3 py-1.5 text-sm text-warn" data-testid="replied-meanwhile">
          <TriangleAlert size={14} aria-hidden />
          <span className="min-w-0 flex-1">{t('composer.meanwhile', { name: last.author.name })}</span>
          <Button small onClick={onSeen}>{t('composer.seen')}</Button>
          {warned ? <Button small onClick={onAnyway}>{t('send.anyway')}</Button> : null}
        </p>
      ) : null}
    </div>
  );
}
