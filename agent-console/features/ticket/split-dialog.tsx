import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../protocol/messages';
import { bondEndpoints } from '../../../protocol/ticket-bonds';
import type { Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { keepTicket, useMessages } from '../../api/tickets';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { TextField, Tick } from '../../ui/field';

/** Moves messages into a ticket of their own. */
export function SplitDialog({ ticket, from, onClose }: { ticket: Ticket; from: Message; onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const rows = (useMessages(ticket.id).data?.rows ?? []).filter(({ kind }) => kind !== 'system');
  const [chosen, setChosen] = useState<string[]>([from.id]);
  const [subject, setSubject] = useState(from.subject || ticket.subject);
  const split = useMutation({
    mutationFn: () => call(bondEndpoints.split, { params: { id: ticket.id }, body: { messageIds: chosen, subject } }),
    onSuccess: (fresh) => {
      keepTicket(fresh);
      for (const key of [keys.messages(ticket.id), keys.messages(fresh.id)]) void queryClient.invalidateQueries({ queryKey: key });
      onClose();
      go(`/inbox/all/${fresh.id}`);
    },
  });
  return (
    <Dialog open onClose={onClose} title={t('split.title')} description={t('split.about')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); split.mutate(); }}>
        <TextField label={t('new.subject')} required maxLength={998} value={subject} onChange={(event) => setSubject(event.target.value)} />
        <fieldset className="grid max-h-[40vh] min-w-0 gap-1 overflow-y-auto">
          <legend className="mb-1 text-sm font-medium text-soft">{t('split.messages')}</legend>
          {rows.map((row) => <Tick key={row.id} label={`${row.author.name}: ${(row.replyText ?? row.text).replace(/\s+/g, ' ').slice(0, 80)}`} checked={chosen.includes(row.id)} onChange={(event) => setChosen((old) => (event.target.checked ? [...old, row.id] : old.filter((id) => id !== row.id)))} />)}
        </fieldset>
        <p role="alert" className="text-md text-bad empty:hidden">{split.error ? problemText(t, split.error) : ''}</p>
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={chosen.length === 0 || split.isPending}>{t('split.go')}</Button></Actions>
      </form>
    </Dialog>
  );
}
