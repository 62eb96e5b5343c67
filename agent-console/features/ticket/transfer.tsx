import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useAgents, useMe, useQueues } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, Select, TextArea } from '../../ui/field';
import { toast } from '../../ui/toast';

/** Hands a ticket to a queue or a colleague, with a word for whoever gets it. */
export function TransferDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const { account } = useMe();
  const queues = useQueues().data ?? [];
  const agents = (useAgents().data ?? []).filter((agent) => agent.id !== account.id && agent.id !== ticket.ownerId);
  const [kind, setKind] = useState<'queue' | 'agent'>('queue');
  const [target, setTarget] = useState('');
  const [note, setNote] = useState('');
  const transfer = useMutation({
    mutationFn: () => call(ticketEndpoints.transfer, { params: { id: ticket.id }, body: { ...(kind === 'queue' ? { queueId: target } : { agentId: target }), ...(note.trim() ? { note: note.trim() } : {}) } }),
    onSuccess: (changed) => {
      keepTicket(changed);
      toast(t('done.transferred'));
      onClose();
    },
  });
  const choose = (next: 'queue' | 'agent') => {
    setKind(next);
    setTarget('');
  };
  return (
    <Dialog open onClose={onClose} title={t('transfer.title')} description={t('transfer.about')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); transfer.mutate(); }}>
        <Segments label={t('transfer.to')} value={kind} onChange={choose} options={[{ value: 'queue', label: t('transfer.queue') }, { value: 'agent', label: t('transfer.agent') }]} />
        <Select label={t(`transfer.${kind}`)} required value={target} onChange={(event) => setTarget(event.target.value)}>
          <option value="">{t('choose')}</option>
          {kind === 'queue' ? queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>) : agents.map((agent) => <option key={agent.id} value={agent.id}>{agent.name} · {t(`state.${agent.state}`)}</option>)}
        </Select>
        <TextArea label={t('transfer.note')} rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
        <p role="alert" className="text-md text-bad empty:hidden">{transfer.error ? problemText(t, transfer.error) : ''}</p>
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" disabled={!target || transfer.isPending}>{t('transfer.go')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}
