import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { serviceLevelEndpoints, type Hours } from '../../../protocol/service-levels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useQueues } from '../../api/shared';
import { calendarDay } from '../../lib/format';
import { formatLanguage, useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextArea, TextField } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Empty, Loaded } from '../../ui/states';
import { At, useManner } from '../../ui/time';
import { ZoneField } from './me';
import { readOverrides, readSpans, writeOverrides, writeSpans } from './hours-text';
import { AddByName } from './add-by-name';
import { useSaving } from './saving';

export const useHours = () => useQuery({ queryKey: keys.settings('hours'), queryFn: () => call(serviceLevelEndpoints.hours), select: (data) => data.rows });

const dayName = (day: number): string => new Intl.DateTimeFormat(formatLanguage(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));

interface Form { name: string; timeZone: string; week: string[]; country: string; region: string; open: string; overrides: string }
const formOf = (hours: Hours): Form => ({
  name: hours.name, timeZone: hours.timeZone, week: hours.week.map(writeSpans), country: hours.holidays?.country ?? '', region: hours.holidays?.region ?? '', open: hours.holidays?.open.join(' ') ?? '', overrides: writeOverrides(hours.overrides),
});
const bodyOf = (form: Form) => ({
  name: form.name, timeZone: form.timeZone, week: form.week.map(readSpans), overrides: readOverrides(form.overrides),
  holidays: form.country === '' ? null : { country: form.country, region: form.region, open: form.open.split(/[\s,]+/).filter(Boolean) },
});

function Holidays({ form, set }: { form: Form; set: (change: Partial<Form>) => void }) {
  const { t } = useTranslation();
  const countries = useQuery({ queryKey: keys.settings('holiday-countries'), queryFn: () => call(serviceLevelEndpoints.countries), select: (data) => data.rows, staleTime: Infinity });
  const manner = useManner();
  const year = new Date().getFullYear();
  const days = useQuery({ queryKey: keys.settings(`holidays-${form.country}-${form.region}-${year}`), enabled: form.country !== '', queryFn: () => call(serviceLevelEndpoints.holidays, { query: { country: form.country, region: form.region, year } }), select: (data) => data.rows });
  const regions = countries.data?.find((one) => one.code === form.country)?.regions ?? [];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select label={t('hours.holidays')} value={form.country} onChange={(event) => set({ country: event.target.value, region: '' })}><option value="">{t('hours.holidays.none')}</option>{(countries.data ?? []).map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</Select>
      {regions.length > 0 ? <Select label={t('hours.region')} value={form.region} onChange={(event) => set({ region: event.target.value })}><option value="">{t('none')}</option>{regions.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</Select> : null}
      {form.country === '' ? null : <details className="text-sm text-muted sm:col-span-2"><summary className="fold w-fit rounded-sm">{t('hours.days', { count: days.data?.length ?? 0, year })}</summary><ul className="columns-2">{(days.data ?? []).map((one) => <li key={one.date}><span className="text-soft tnum">{calendarDay(one.date, manner)}</span> <bdi>{one.name}</bdi></li>)}</ul></details>}
      {form.country === '' ? null : <div className="sm:col-span-2"><TextField label={t('hours.open-on')} hint={t('hours.open-on.hint')} value={form.open} onChange={(event) => set({ open: event.target.value })} /></div>}
    </div>
  );
}

function HoursDialog({ hours, onClose }: { hours: Hours; onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => formOf(hours));
  const set = (change: Partial<Form>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => call(serviceLevelEndpoints.changeHours, { params: { id: hours.id }, body: bodyOf(form) }), { done: onClose });
  return (
    <Dialog open onClose={onClose} wide title={hours.name}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <div className="grid gap-4 sm:grid-cols-2"><TextField label={t('hours.name')} required maxLength={60} value={form.name} onChange={(event) => set({ name: event.target.value })} /><ZoneField label={t('me.zone')} value={form.timeZone} onChange={(timeZone) => set({ timeZone })} /></div>
        <p className="text-sm text-muted">{t('hours.hint')}</p>
        {form.week.map((text, day) => <div key={day} className="grid grid-cols-[8rem_1fr] items-center gap-2 text-md"><span>{dayName(day)}</span><TextField hideLabel label={dayName(day)} placeholder={t('hours.closed')} value={text} onChange={(event) => set({ week: form.week.map((one, at) => (at === day ? event.target.value : one)) })} /></div>)}
        <Holidays form={form} set={set} />
        <TextArea label={t('hours.overrides')} hint={t('hours.overrides.hint')} rows={4} value={form.overrides} onChange={(event) => set({ overrides: event.target.value })} />
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

function Line({ hours, edit }: { hours: Hours; edit: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const remove = useSaving(() => call(serviceLevelEndpoints.removeHours, { params: { id: hours.id } }));
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-md">
      <span className="min-w-40 flex-1"><span className="block font-medium"><bdi>{hours.name}</bdi></span><span className="block text-sm text-muted">{[hours.timeZone, ...hours.queues.map((id) => queues.find((queue) => queue.id === id)?.name ?? '')].filter(Boolean).join(' · ')}</span></span>
      <Chip tone={hours.open ? 'good' : 'plain'}>{t(hours.open ? 'hours.is-open' : 'hours.is-closed')}</Chip>
      {hours.changesAt ? <span className="text-sm text-muted">→ <At at={hours.changesAt} /></span> : null}
      <Button small onClick={edit} aria-label={t('hours.change', { name: hours.name })}>{t('change')}</Button>
      <IconButton label={t('hours.remove', { name: hours.name })} disabled={remove.isPending} onClick={() => remove.mutate(undefined)}><Trash2 size={14} /></IconButton>
    </li>
  );
}

/** When queues are open: weekly spans, public holidays, days that differ. */
export function HoursSection() {
  const { t } = useTranslation();
  const hours = useHours();
  const [editedId, setEditedId] = useState('');
  const edited = hours.data?.find((one) => one.id === editedId);
  return (
    <div className="max-w-[720px]">
      <Loaded query={hours}>{(rows) => (rows.length === 0 ? <Empty title={t('hours.empty')} text={t('hours.empty.text')} /> : <ul>{rows.map((one) => <Line key={one.id} hours={one} edit={() => setEditedId(one.id)} />)}</ul>)}</Loaded>
      <AddByName label={t('hours.new')} add={(name) => call(serviceLevelEndpoints.addHours, { body: { name } })} done={(made) => setEditedId(made.id)} />
      {edited ? <HoursDialog key={edited.id} hours={edited} onClose={() => setEditedId('')} /> : null}
    </div>
  );
}
