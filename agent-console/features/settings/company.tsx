import { useState } from 'react';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { useMe } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { LanguageOptions, ZoneField } from './me';
import { useSaving } from './saving';

/** Name, language and time zone of the company: what customers see when nothing else is known. */
export function CompanySection() {
  const { t } = useTranslation();
  const { company } = useMe();
  const [form, setForm] = useState({ name: company.name, locale: company.locale, timeZone: company.timeZone });
  const save = useSaving(() => call(accessEndpoints.company, { body: form }), { done: () => void queryClient.invalidateQueries({ queryKey: keys.me }) });
  return (
    <form className="grid max-w-[480px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <TextField label={t('company.name')} required maxLength={100} value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
      <Select label={t('company.language')} value={form.locale} onChange={(event) => setForm({ ...form, locale: event.target.value })}><LanguageOptions /></Select>
      <ZoneField label={t('me.zone')} value={form.timeZone} onChange={(timeZone) => setForm({ ...form, timeZone })} />
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}
