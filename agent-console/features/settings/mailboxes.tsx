import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelEndpoints } from '../../../protocol/channels';
import type { Mailbox } from '../../../protocol/mailboxes';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { ProblemError } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextArea, TextField, Tick } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Empty, Loaded } from '../../ui/states';
import { useSaving } from './saving';

export const useMailboxes = () => useQuery({ queryKey: keys.settings('mailboxes'), queryFn: () => call(channelEndpoints.mailboxes), select: (data) => data.rows });

/** Adds or changes an address; `done` gets the saved one. */
export function MailboxDialog({ mailbox, onClose }: { mailbox: Mailbox | null; onClose: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const [form, setForm] = useState({ address: mailbox?.address ?? '', name: mailbox?.name ?? '', queueId: mailbox?.queueId ?? '', signature: mailbox?.signature ?? '', active: mailbox?.active ?? true });
  const queueId = form.queueId || queues[0]?.id || '';
  const save = useSaving(() => {
    const { address, active, ...rest } = { ...form, queueId };
    return mailbox ? call(channelEndpoints.changeMailbox, { params: { id: mailbox.id }, body: { ...rest, active } }) : call(channelEndpoints.addMailbox, { body: { address, ...rest } });
  }, { done: onClose });
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  return (
    <Dialog open onClose={onClose} title={t(mailbox ? 'mailboxes.change' : 'mailboxes.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <TextField label={t('mailboxes.address')} type="email" required disabled={mailbox !== null} value={form.address} error={fields.address} onChange={(event) => setForm({ ...form, address: event.target.value })} />
        <TextField label={t('mailboxes.name')} maxLength={100} value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
        <Select label={t('mailboxes.queue')} value={queueId} onChange={(event) => setForm({ ...form, queueId: event.target.value })}>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>
        <TextArea label={t('mailboxes.signature')} rows={4} value={form.signature} onChange={(event) => setForm({ ...form, signature: event.target.value })} />
        {mailbox ? <Tick label={t('mailboxes.active')} checked={form.active} onChange={(event) => setForm({ ...form, active: event.target.checked })} /> : null}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Addresses that are read and written from. */
export function MailboxesSection() {
  const { t } = useTranslation();
  const mailboxes = useMailboxes();
  const queues = useQueues().data ?? [];
  const [edited, setEdited] = useState<Mailbox | 'new' | null>(null);
  return (
    <div className="max-w-[640px]">
      <Loaded query={mailboxes}>
        {(rows) => (rows.length === 0 ? <Empty title={t('mailboxes.empty')} text={t('mailboxes.empty.text')} /> : (
          <ul>{rows.map((one) => (
            <li key={one.id} className="flex min-h-12 items-center gap-3 border-b border-line text-md">
              <span className="min-w-0 flex-1"><span className="block truncate font-medium">{one.address}</span><span className="block truncate text-sm text-muted">{[one.name, queues.find((queue) => queue.id === one.queueId)?.name].filter(Boolean).join(' · ')}</span></span>
              {one.active ? null : <Chip tone="warn">{t('mailboxes.inactive')}</Chip>}
              <Button small onClick={() => setEdited(one)}>{t('change')}</Button>
            </li>
          ))}</ul>
        ))}
      </Loaded>
      <Button look="primary" className="mt-4" onClick={() => setEdited('new')}>{t('mailboxes.new')}</Button>
      {edited ? <MailboxDialog mailbox={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}
