import { useState } from 'react';
import { accessEndpoints, type Account } from '../../../protocol/access';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextField, Tick } from '../../ui/field';
import { useRoleName, useRoles, useTeams } from './organisation';
import { Secret } from './secret';
import { useSaving } from './saving';

/** The link of an invitation or reset; shown once. */
export function LinkDialog({ link, onClose }: { link: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t('accounts.link')} description={t('accounts.link.about')}>
      <Secret value={link} label={t('accounts.link')} />
      <Actions><Button look="primary" onClick={onClose}>{t('done')}</Button></Actions>
    </Dialog>
  );
}

/** Invites somebody, or changes what they are called, may do and belong to. */
export function AccountDialog({ account, onClose, onLink }: { account: Account | null; onClose: () => void; onLink: (link: string) => void }) {
  const { t } = useTranslation();
  const roles = useRoles().data ?? [];
  const teams = useTeams().data ?? [];
  const roleName = useRoleName();
  const [form, setForm] = useState({ name: account?.name ?? '', email: account?.email ?? '', roles: account?.roles ?? ['agent'], teamId: account?.teamId ?? '', sendMail: true });
  const given = { name: form.name, roles: form.roles, teamId: form.teamId || null };
  const save = useSaving<void, string>(async () => {
    if (account) {
      await call(accessEndpoints.changeAccount, { params: { id: account.id }, body: given });
      return '';
    }
    return (await call(accessEndpoints.invite, { body: { ...given, email: form.email, sendMail: form.sendMail } })).link;
  }, { quiet: account === null, done: (link) => {
    onClose();
    if (link) onLink(link);
  } });
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  const toggle = (role: string, on: boolean) => setForm({ ...form, roles: on ? [...form.roles, role] : form.roles.filter((one) => one !== role) });
  return (
    <Dialog open onClose={onClose} title={t(account ? 'accounts.change' : 'accounts.invite')} {...(account ? {} : { description: t('accounts.invite.about') })}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <TextField label={t('me.name')} required autoFocus value={form.name} error={fields.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
        <TextField label={t('login.email')} type="email" required disabled={account !== null} value={form.email} error={fields.email} onChange={(event) => setForm({ ...form, email: event.target.value })} />
        <fieldset className="grid gap-1"><legend className="mb-1 text-sm font-medium text-soft">{t('accounts.roles')}</legend>{roles.map((role) => <Tick key={role.name} label={roleName(role.name)} checked={form.roles.includes(role.name)} onChange={(event) => toggle(role.name, event.target.checked)} />)}</fieldset>
        <Select label={t('accounts.team')} value={form.teamId} onChange={(event) => setForm({ ...form, teamId: event.target.value })}><option value="">{t('none')}</option>{teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>
        {account ? null : <Tick label={t('accounts.send-mail')} checked={form.sendMail} onChange={(event) => setForm({ ...form, sendMail: event.target.checked })} />}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending || form.roles.length === 0}>{t(account ? 'save' : 'accounts.invite.go')}</Button></Actions>
      </form>
    </Dialog>
  );
}
