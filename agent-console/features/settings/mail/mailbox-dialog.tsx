import { useState } from 'react';
import { channelEndpoints } from '../../../../protocol/channels';
import type { Mailbox } from '../../../../protocol/mailboxes';
import { call } from '../../../api/call';
import { ProblemError } from '../../../api/problem';
import { useQueues } from '../../../api/shared';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Actions, Dialog } from '../../../ui/dialog';
import { Segments, Select, TextArea, TextField, Tick } from '../../../ui/field';
import { useSaving } from '../saving';
import { Secret } from '../secret';
import { MailboxTest } from './mailbox-test';
import { ServerFields, SignIn, type FormPart } from './server-fields';
import { formOf, homeOf, homes, reachOf, serversOf, type Home, type MailboxForm } from './servers';

function useMailboxForm(mailbox: Mailbox | null) {
  const queues = useQueues().data ?? [];
  const [form, setForm] = useState(() => formOf(mailbox));
  const [touched, setTouched] = useState(mailbox !== null);
  const set = (change: Partial<MailboxForm>) => {
    if (change.imap || change.smtp) setTouched(true);
    setForm((old) => ({ ...old, ...change }));
  };
  // Until somebody has typed a server, the servers follow from the address.
  const settle = (address: string, home: Home) => set({ address, home, ...(home === 'microsoft' ? { signIn: 'oauth2' as const } : {}), ...(home === 'listener' ? { ownSmtp: false } : { ownSmtp: true }) });
  const guess = (address: string, home: Home) => {
    settle(address, home);
    if (!touched && home !== 'listener') setForm((old) => ({ ...old, ...serversOf(address, home) }));
  };
  const choose = (home: Home) => {
    settle(form.address, home);
    if (home !== 'listener' && home !== form.home) setForm((old) => ({ ...old, ...serversOf(form.address, home) }));
  };
  const typeAddress = (address: string) => guess(address, touched || form.home === 'listener' ? form.home : homeOf(address) === 'imap' && form.home !== 'imap' ? form.home : homeOf(address));
  return { form: { ...form, queueId: form.queueId || queues[0]?.id || '' }, queues, set, choose, typeAddress };
}

function bodyOf(form: MailboxForm, mailbox: Mailbox | null) {
  const { name, queueId, signature, plusAddress } = form;
  const dkim = form.dkim && form.dkim.domain.trim() ? { domain: form.dkim.domain.trim(), selector: form.dkim.selector.trim() } : null;
  return { name, queueId, signature, plusAddress, ...reachOf(form), ...(dkim === null && !mailbox?.dkim ? {} : { dkim }) };
}

function Further({ form, set, fields, mailbox }: FormPart & { mailbox: Mailbox | null }) {
  const { t } = useTranslation();
  const domain = form.address.split('@')[1] ?? '';
  return (
    <details className="group rounded-md ring-1 ring-line">
      <summary className="fold rounded-md px-3 py-2 text-md font-medium hover:bg-hover">{t('mailbox.further')}</summary>
      <div className="grid gap-4 px-3 pt-2 pb-4">
        <TextArea label={t('mailboxes.signature')} rows={3} maxLength={5000} value={form.signature} onChange={(event) => set({ signature: event.target.value })} />
        <Tick label={t('mailbox.plus')} hint={t('mailbox.plus.hint')} checked={form.plusAddress} onChange={(event) => set({ plusAddress: event.target.checked })} />
        <Tick label={t('mailbox.dkim')} hint={t('mailbox.dkim.hint')} checked={form.dkim !== null} onChange={(event) => set({ dkim: event.target.checked ? { domain, selector: 'trunkline' } : null })} />
        {form.dkim ? (
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField label={t('mailbox.dkim.domain')} required value={form.dkim.domain} error={fields['dkim.domain']} onChange={(event) => form.dkim && set({ dkim: { ...form.dkim, domain: event.target.value } })} />
            <TextField label={t('mailbox.dkim.selector')} required pattern="[a-z0-9][a-z0-9\-]*" maxLength={63} value={form.dkim.selector} error={fields['dkim.selector']} onChange={(event) => form.dkim && set({ dkim: { ...form.dkim, selector: event.target.value } })} />
          </div>
        ) : null}
        {form.dkim && mailbox?.dkim ? <div className="grid gap-1"><p className="text-sm text-muted">{t('mailbox.dkim.publish', { name: `${mailbox.dkim.selector}._domainkey.${mailbox.dkim.domain}` })}</p><Secret block label={t('mailbox.dkim.record')} value={mailbox.dkim.record} /></div> : null}
      </div>
    </details>
  );
}

/** Adds or changes an address. The servers are guessed from it, and both directions can be tried before anything is stored. */
export function MailboxDialog({ mailbox, onClose }: { mailbox: Mailbox | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { form, queues, set, choose, typeAddress } = useMailboxForm(mailbox);
  const save = useSaving(() => {
    const body = bodyOf(form, mailbox);
    return mailbox ? call(channelEndpoints.changeMailbox, { params: { id: mailbox.id }, body: { ...body, active: form.active } }) : call(channelEndpoints.addMailbox, { body: { address: form.address, ...body } });
  }, { done: onClose });
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  const part: FormPart = { form, set, fields };
  const stored = mailbox !== null && mailbox.signIn !== 'none';
  const remote = form.home !== 'listener' || form.ownSmtp;
  return (
    <Dialog open onClose={onClose} wide title={t(mailbox ? 'mailboxes.change' : 'mailboxes.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label={t('mailboxes.address')} type="email" required disabled={mailbox !== null} value={form.address} error={fields['address']} autoComplete="off" onChange={(event) => typeAddress(event.target.value)} />
          <TextField label={t('mailboxes.name')} maxLength={100} value={form.name} onChange={(event) => set({ name: event.target.value })} />
          <Select label={t('mailboxes.queue')} value={form.queueId} onChange={(event) => set({ queueId: event.target.value })}>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>
        </div>
        <Segments label={t('mailbox.home')} value={form.home} onChange={choose} options={homes.map((value) => ({ value, label: t(`mailbox.home.${value}`) }))} />
        {form.home === 'listener' ? <p className="text-sm text-muted">{t('mailbox.home.listener.about')}</p> : null}
        {remote ? <SignIn {...part} stored={stored} /> : null}
        {form.home === 'listener' ? null : <ServerFields way="imap" {...part} />}
        <Tick label={t('mailbox.own-smtp')} hint={t('mailbox.own-smtp.hint')} checked={form.ownSmtp} onChange={(event) => set({ ownSmtp: event.target.checked })} />
        {form.ownSmtp ? <ServerFields way="smtp" {...part} /> : null}
        <MailboxTest form={form} mailboxId={mailbox?.id} />
        <Further {...part} mailbox={mailbox} />
        {mailbox ? <Tick label={t('mailboxes.active')} checked={form.active} onChange={(event) => set({ active: event.target.checked })} /> : null}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}
