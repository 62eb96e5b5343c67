import { useState } from 'react';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { becomeMe, useMe } from '../../api/shared';
import { languages, useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Section } from '../../ui/page';
import { useSaving } from './saving';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';

const ownNames: Record<string, string> = { en: 'English', ko: '한국어', zh: '中文', ja: '日本語' };

/** Languages to choose from, each under its own name. */
export function LanguageOptions() {
  return languages.map((tag) => <option key={tag} value={tag} lang={tag}>{ownNames[tag]}</option>);
}

/** A time zone's id as a place: "America/New York". */
const placeOf = (zone: string): string => zone.replaceAll('_', ' ');

/** Time zones this browser knows. */
export function ZoneField({ label, value, onChange }: { label: string; value: string; onChange: (zone: string) => void }) {
  const zones = Intl.supportedValuesOf('timeZone');
  return <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>{zones.includes(value) ? null : <option value={value}>{placeOf(value)}</option>}{zones.map((zone) => <option key={zone} value={zone}>{placeOf(zone)}</option>)}</Select>;
}

function Profile() {
  const { t } = useTranslation();
  const { account } = useMe();
  const [form, setForm] = useState({ name: account.name, locale: account.locale, timeZone: account.timeZone });
  const save = useSaving(() => call(accessEndpoints.changeMe, { body: form }), { done: becomeMe });
  return (
    <form className="grid max-w-[480px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <TextField label={t('me.name')} required value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
      <TextField label={t('login.email')} readOnly disabled value={account.email} />
      <Select label={t('me.language')} value={form.locale} onChange={(event) => setForm({ ...form, locale: event.target.value })}><LanguageOptions /></Select>
      <ZoneField label={t('me.zone')} value={form.timeZone} onChange={(timeZone) => setForm({ ...form, timeZone })} />
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}

function Password() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const clear = () => {
    setCurrent('');
    setNext('');
  };
  const save = useSaving(() => call(accessEndpoints.changePassword, { body: { current, next } }), { done: clear });
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  return (
    <form className="grid max-w-[480px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <TextField label={t('me.password.current')} type="password" autoComplete="current-password" required value={current} error={fields.current} onChange={(event) => setCurrent(event.target.value)} />
      <TextField label={t('me.password.next')} hint={t('link.password.hint')} type="password" autoComplete="new-password" minLength={10} required value={next} error={fields.next} onChange={(event) => setNext(event.target.value)} />
      <Button type="submit" className="justify-self-start" disabled={save.isPending}>{t('me.password.change')}</Button>
    </form>
  );
}

/** The reader's own account. */
export function MeSection() {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('me.profile')}><Profile /></Section>
      <Section title={t('me.password')} about={t('me.password.about')}><Password /></Section>
      <Section title={t('me.factor')} about={t('me.factor.about')}><SecondFactor /></Section>
      <Section title={t('me.sessions')} about={t('me.sessions.about')}><Sessions /></Section>
    </>
  );
}
