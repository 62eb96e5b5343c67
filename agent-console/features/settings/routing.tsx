import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { routingSettingsEndpoints, type RoutingSettings } from '../../../protocol/routing-settings';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useChannels } from '../../api/shared';
import { languageName, useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { Requirement } from './requirement';
import { useSaving } from './saving';

const languages = ['ar', 'cs', 'da', 'de', 'el', 'en', 'es', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'];
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

interface PartProps { form: RoutingSettings; set: (change: Partial<RoutingSettings>) => void }

function Times({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="grid max-w-[360px] gap-4">
      <TextField label={t('routing.idle')} hint={t('routing.never')} type="number" required min={0} max={480} value={form.idleMinutes} onChange={(event) => set({ idleMinutes: Number(event.target.value) })} />
      <TextField label={t('routing.silent')} hint={t('routing.never')} type="number" required min={0} max={1440} value={form.silentMinutes} onChange={(event) => set({ silentMinutes: Number(event.target.value) })} />
      <TextField label={t('routing.grace')} type="number" required min={5} max={3600} value={form.graceSeconds} onChange={(event) => set({ graceSeconds: Number(event.target.value) })} />
    </div>
  );
}

function Priorities({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-soft">{t('routing.priorities')}</legend>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {priorities.map((one) => <TextField key={one} label={t(`priority.${one}`)} type="number" required min={-10_000} max={10_000} value={form.priorityMinutes[one]} onChange={(event) => set({ priorityMinutes: { ...form.priorityMinutes, [one]: Number(event.target.value) } })} />)}
      </div>
    </fieldset>
  );
}

function Demands({ form, set }: PartProps) {
  const { t } = useTranslation();
  const channels = useChannels().data ?? [];
  const [added, setAdded] = useState<string[]>([]);
  const spoken = [...new Set([...Object.keys(form.languageSkills), ...added])];
  const kept = <T extends object>(all: Record<string, T>) => Object.fromEntries(Object.entries(all).filter(([, requirement]) => Object.keys(requirement).length > 0));
  return (
    <>
      <section className="grid gap-3">
        <h3 className="text-sm font-medium text-soft">{t('routing.channels')}</h3>
        {channels.map(({ id, name }) => <Requirement key={id} label={name} value={form.channelSkills[id] ?? {}} onChange={(value) => set({ channelSkills: kept({ ...form.channelSkills, [id]: value }) })} />)}
      </section>
      <section className="grid gap-3">
        <h3 className="text-sm font-medium text-soft">{t('routing.languages')}</h3>
        {spoken.map((tag) => <Requirement key={tag} label={languageName(tag)} value={form.languageSkills[tag] ?? {}} onChange={(value) => set({ languageSkills: kept({ ...form.languageSkills, [tag]: value }) })} />)}
        <div className="w-60"><Select hideLabel label={t('routing.add-language')} value="" onChange={(event) => setAdded([...added, event.target.value])}><option value="">{t('routing.add-language')}</option>{languages.filter((tag) => !spoken.includes(tag)).map((tag) => <option key={tag} value={tag}>{languageName(tag)}</option>)}</Select></div>
      </section>
    </>
  );
}

function Editor({ saved }: { saved: RoutingSettings }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(saved);
  const set = (change: Partial<RoutingSettings>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => call(routingSettingsEndpoints.putRoutingSettings, { body: form }));
  return (
    <form className="grid max-w-[720px] gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <Times form={form} set={set} />
      <Priorities form={form} set={set} />
      <Demands form={form} set={set} />
      <div><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

/** What holds in every queue: times, what priorities weigh, skills by channel and language. */
export function RoutingSection() {
  const settings = useQuery({ queryKey: keys.settings('routing'), queryFn: () => call(routingSettingsEndpoints.routingSettings) });
  return <Loaded query={settings}>{(saved) => <Editor key={JSON.stringify(saved)} saved={saved} />}</Loaded>;
}
