import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useDispositions, useQueues } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { useAriaKeys, useCommand } from '../../lib/shortcuts';
import { Button } from '../../ui/button';
import { Select, Tick } from '../../ui/field';
import { Popover } from '../../ui/popover';
import { toast } from '../../ui/toast';

type After = 'solved' | 'pending' | 'on-hold';

/** Ends the work on a ticket: an outcome, and where the ticket stands afterwards. */
export function SolveButton({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const keys = useAriaKeys('ticket.solve');
  useCommand('ticket.solve', () => setOpen(true));
  return (
    <Popover open={open} onOpenChange={setOpen} align="end" label={t('solve.title')}
      trigger={<Button small data-testid="solve" className="mt-0.5" {...keys}><Check size={14} aria-hidden />{t('solve.go')}</Button>}>
      <SolveForm ticket={ticket} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function SolveForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState(ticket.disposition ?? '');
  const [status, setStatus] = useState<After>('solved');
  const outcomes = useDispositions().data ?? [];
  const after = useQueues().data?.find((queue) => queue.id === ticket.queueId)?.wrapUp;
  const required = after?.dispositionRequired ?? false;
  const [wrapUp, setWrapUp] = useState(false);
  const solve = useMutation({
    mutationFn: () => call(ticketEndpoints.solve, { params: { id: ticket.id }, body: { status, ...(outcome ? { disposition: outcome } : {}), ...(wrapUp ? { wrapUp } : {}) } }),
    onSuccess: (changed) => {
      keepTicket(changed);
      onDone();
      const reopen = () => void call(ticketEndpoints.change, { params: { id: ticket.id }, body: { status: 'open' } }).then(keepTicket);
      toast(t('done.status', { status: t(`status.${changed.status}`) }), { undo: reopen });
    },
  });
  return (
    <form className="grid gap-3" onSubmit={(event) => { event.preventDefault(); solve.mutate(); }}>
      <Select label={t('solve.outcome')} data-testid="disposition" autoFocus required={required} value={outcome} onChange={(event) => setOutcome(event.target.value)}>
        <option value="">{t(required ? 'solve.choose' : 'solve.none')}</option>
        {outcomes.map((one) => <option key={one.code} value={one.code}>{one.label}</option>)}
      </Select>
      <Select label={t('solve.after')} value={status} onChange={(event) => setStatus(event.target.value as After)}>{(['solved', 'pending', 'on-hold'] as const).map((value) => <option key={value} value={value}>{t(`status.${value}`)}</option>)}</Select>
      {after?.mode === 'optional' ? <Tick label={t('solve.wrap-up')} checked={wrapUp} onChange={(event) => setWrapUp(event.target.checked)} /> : null}
      <p role="alert" className="text-sm text-bad empty:hidden">{solve.error ? problemText(t, solve.error) : ''}</p>
      <Button look="primary" type="submit" data-testid="solve-confirm" disabled={solve.isPending}>{t(status === 'solved' ? 'solve.confirm' : 'solve.save')}</Button>
    </form>
  );
}
