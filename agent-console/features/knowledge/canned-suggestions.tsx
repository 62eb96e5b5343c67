import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { CornerDownLeft } from 'lucide-react';
import { writingEndpoints, type SuggestedAnswer } from '../../../protocol/writing';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { useInsert } from '../../lib/insert';
import { useCommand } from '../../lib/shortcuts';
import { IconButton } from '../../ui/button';
import { Failed } from '../../ui/states';
import { toast } from '../../ui/toast';
import { Marked } from './marked';

/** Puts a canned answer into the composer, with its variables filled in for the ticket. */
function usePutIn(ticketId: string): (answer: SuggestedAnswer) => void {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  const { mutate } = useMutation({
    mutationFn: (answer: SuggestedAnswer) => call(writingEndpoints.fillCanned, { params: { id: ticketId, cannedId: answer.id } }),
    onSuccess: ({ text, html, unknown }) => {
      insert(text, html ? { html } : undefined);
      if (unknown.length > 0) toast(t('canned.unknown', { names: unknown.join(', ') }), { bad: true });
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return mutate;
}

/** Canned answers that have words of the question; nothing where none has. */
export function CannedSuggestions({ ticketId, q }: { ticketId: string; q: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const found = useQuery({ queryKey: [...keys.suggestions(q), 'canned', ticketId], queryFn: () => call(writingEndpoints.suggestCanned, { params: { id: ticketId }, query: { q } }), enabled: q !== '' && may('ticket.reply'), placeholderData: keepPreviousData });
  const putIn = usePutIn(ticketId);
  const rows = found.data?.rows ?? [];
  useCommand('ticket.canned', () => rows[0] && putIn(rows[0]), rows.length > 0);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="mt-2 mb-1 text-xs font-medium text-muted">{t('suggest.canned')}</h3>
      <ol className="-mx-2" data-testid="canned-suggestions">
        {rows.map((row) => (
          <li key={row.id} className="relative rounded-md px-2 py-1.5 hover:bg-hover">
            <p className="flex gap-2 pe-7 text-sm"><bdi className="truncate font-medium text-ink">{row.name}</bdi><bdi className="shrink-0 text-muted">/{row.shortcut}</bdi></p>
            <p dir="auto" className="line-clamp-2 text-xs text-muted"><Marked text={row.passage.text} marks={row.passage.marks} /></p>
            <IconButton small label={t('suggest.insert', { title: row.name })} className="absolute end-1 top-1" onClick={() => putIn(row)}><CornerDownLeft size={13} className="rtl:-scale-x-100" /></IconButton>
          </li>
        ))}
      </ol>
    </>
  );
}
