import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bondEndpoints, type TicketLink } from '../../../protocol/ticket-bonds';
import { ticketEndpoints, type Ticket, type TicketSummary } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { keepTicket } from '../../api/tickets';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { subjectText } from '../../lib/subject';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextField } from '../../ui/field';
import { toast } from '../../ui/toast';

const kinds = ['related', 'duplicate', 'parent', 'child'] as const;
type Way = 'merge' | 'link';

const refresh = (id: string) => Promise.all([keys.messages(id), keys.ticket(id), ['bonds', id]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

function Found({ rows, chosen, onChoose }: { rows: TicketSummary[]; chosen: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="grid max-h-[32vh] min-w-0 gap-px overflow-y-auto" data-testid="found-tickets">
      <legend className="sr-only">{t('bonds.found')}</legend>
      {rows.map((row) => (
        <label key={row.id} className={cx('flex min-w-0 min-h-9 items-center gap-2 rounded-md px-2 text-md has-focus-visible:outline-2 has-focus-visible:outline-accent', row.id === chosen ? 'bg-accent-soft' : 'hover:bg-hover')}>
          <input type="radio" name="other" checked={row.id === chosen} onChange={() => onChoose(row.id)} />
          <span className="min-w-0 flex-1 truncate"><span className="tnum text-muted">#{row.number}</span> <bdi>{subjectText(t, row.subject)}</bdi></span>
          <span className="hidden max-w-32 truncate sm:inline text-sm text-muted">{row.customer.name || row.customer.address}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Folds another ticket into this one, or links the two; the customer's other tickets are offered first. */
export function BondsDialog({ ticket, way, onClose }: { ticket: Ticket; way: Way; onClose: () => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState('');
  const [kind, setKind] = useState<TicketLink['kind']>('related');
  const query = q.trim() ? { q: q.trim() } : { customerId: ticket.customer.id };
  const found = useQuery({ queryKey: ['bond-candidates', ticket.id, q.trim()], queryFn: () => call(ticketEndpoints.list, { query: { view: 'all', limit: 20, ...query } }), placeholderData: (before) => before });
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== ticket.id);
  const params = { id: ticket.id };
  const undo = () => void call(bondEndpoints.unmerge, { params: { id: chosen } }).then(() => refresh(ticket.id)).catch((error: unknown) => toast(problemText(t, error), { bad: true }));
  const bind = useMutation({
    mutationFn: async () => {
      if (way === 'merge') keepTicket(await call(bondEndpoints.merge, { params, body: { otherId: chosen } }));
      else await call(bondEndpoints.link, { params, body: { otherId: chosen, kind } });
    },
    onSuccess: () => {
      void refresh(ticket.id);
      toast(t(way === 'merge' ? 'bonds.merge.done' : 'bonds.link.done'), way === 'merge' ? { undo } : {});
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={t(`bonds.${way}.title`)} description={t(`bonds.${way}.about`)}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); bind.mutate(); }}>
        <TextField label={t('bonds.search')} type="search" autoFocus placeholder={t('bonds.search.hint')} value={q} onChange={(event) => { setQ(event.target.value); setChosen(''); }} />
        {rows.length > 0 ? <Found rows={rows} chosen={chosen} onChoose={setChosen} /> : <p role="status" className="text-md text-muted">{found.data ? t('bonds.none') : ''}</p>}
        {way === 'link' ? <Select label={t('bonds.link.kind')} value={kind} onChange={(event) => setKind(event.target.value as TicketLink['kind'])}>{kinds.map((one) => <option key={one} value={one}>{t(`bonds.link.kind.${one}`)}</option>)}</Select> : null}
        <p role="alert" className="text-md text-bad empty:hidden">{bind.error ? problemText(t, bind.error) : ''}</p>
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" data-testid="bond-go" disabled={!chosen || bind.isPending}>{t(`bonds.${way}.go`)}</Button></Actions>
      </form>
    </Dialog>
  );
}
