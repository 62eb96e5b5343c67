import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from '../../lib/i18n';
import { ticketEndpoints } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { ProblemError, problemText } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { uuid } from '../../lib/ids';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, Select, TextArea, TextField } from '../../ui/field';
import { toast } from '../../ui/toast';
import { Copies, MailText, useNewMail } from './new-mail';

const outcomes = ['answered', 'missed', 'voicemail', 'busy', 'failed'] as const;

function useForm() {
  const queues = useQueues().data ?? [];
  const [form, setForm] = useState({ channel: 'email' as 'email' | 'voice', to: '', name: '', queueId: '', subject: '', text: '', direction: 'in' as 'in' | 'out', minutes: '3', outcome: 'answered' as (typeof outcomes)[number] });
  const set = (change: Partial<typeof form>) => setForm((old) => ({ ...old, ...change }));
  const queueId = form.queueId || queues[0]?.id || '';
  const clientId = useRef(uuid());
  const mail = useNewMail();
  const body = () => ({
    clientId: clientId.current, channel: form.channel, to: form.to, queueId, subject: form.subject, ...(form.channel === 'email' ? mail.body() : { text: form.text }), ...(form.name ? { name: form.name } : {}),
    ...(form.channel === 'voice' ? { call: { direction: form.direction, seconds: Math.round(Number(form.minutes) * 60), outcome: form.outcome } } : {}),
  });
  return { form, set, queues, queueId, body, mail };
}

/** Writes first: a mail to a customer, or a call logged by hand. */
export function NewTicket({ onClose, onOpened }: { onClose: () => void; onOpened: (id: string) => void }) {
  const { t } = useTranslation();
  const { form, set, queues, queueId, body, mail } = useForm();
  const open = useMutation({
    mutationFn: () => call(ticketEndpoints.open, { body: body() }),
    onSuccess: (ticket) => {
      keepTicket(ticket);
      onClose();
      onOpened(ticket.id);
    },
  });
  const fields = open.error instanceof ProblemError ? open.error.fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.channel === 'email' && mail.files.busy) return toast(t('files.wait'));
    open.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={t('new.title')} wide={form.channel === 'email'}>
      <form onSubmit={submit} className="grid gap-4">
        <Segments label={t('new.kind')} value={form.channel} onChange={(channel) => set({ channel })} options={[{ value: 'email', label: t('new.email') }, { value: 'voice', label: t('new.call') }]} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label={t(form.channel === 'email' ? 'new.to' : 'new.phone')} type={form.channel === 'email' ? 'email' : 'tel'} required autoFocus value={form.to} error={fields.to} onChange={(event) => set({ to: event.target.value })} />
          <TextField label={t('new.name')} value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </div>
        {form.channel === 'email' ? <Copies mail={mail} /> : null}
        <div className={form.channel === 'email' ? 'grid gap-4 sm:grid-cols-[12rem_1fr]' : 'contents'}>
          <Select label={t('new.queue')} value={queueId} onChange={(event) => set({ queueId: event.target.value })}>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>
          {form.channel === 'voice' ? (
            <div className="grid grid-cols-3 gap-4">
              <Select label={t('call.direction')} value={form.direction} onChange={(event) => set({ direction: event.target.value as 'in' | 'out' })}><option value="in">{t('call.in')}</option><option value="out">{t('call.out')}</option></Select>
              <TextField label={t('call.minutes')} type="number" min={0} step={0.5} value={form.minutes} onChange={(event) => set({ minutes: event.target.value })} />
              <Select label={t('call.outcome')} value={form.outcome} onChange={(event) => set({ outcome: event.target.value as typeof form.outcome })}>{outcomes.map((one) => <option key={one} value={one}>{t(`call.${one}`)}</option>)}</Select>
            </div>
          ) : null}
          <TextField label={t('new.subject')} required value={form.subject} error={fields.subject} onChange={(event) => set({ subject: event.target.value })} />
        </div>
        {form.channel === 'email' ? <MailText mail={mail} error={fields.text} /> : <TextArea label={t('new.call-text')} rows={6} value={form.text} error={fields.text} onChange={(event) => set({ text: event.target.value })} />}
        <p role="alert" className="text-md text-bad empty:hidden">{open.error ? problemText(t, open.error) : ''}</p>
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" disabled={open.isPending || (form.channel === 'email' && mail.empty)}>{t(form.channel === 'email' ? 'new.send' : 'new.log')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}
