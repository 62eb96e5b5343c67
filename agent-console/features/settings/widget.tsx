import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelEndpoints, type WidgetSettings } from '../../../protocol/channels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { ProblemError } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { ColourField } from '../../ui/colour-field';
import { Select, TextArea, TextField, Tick } from '../../ui/field';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Greetings } from './greetings';
import { IdentityKeys } from './identity-keys';
import { LanguageOptions } from './me';
import { useSaving } from './saving';
import { Secret } from './secret';
import { WidgetPreview } from './widget-preview';

/** The tag a company puts into its pages. */
export const snippet = (greets = false): string => `<script async src="${location.origin}/widget/trunkline.js"${greets ? ' data-greet' : ''}></script>`;

function Form({ saved }: { saved: WidgetSettings }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const [form, setForm] = useState(saved);
  const [origins, setOrigins] = useState(saved.origins.join('\n'));
  const set = (change: Partial<WidgetSettings>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => call(channelEndpoints.changeWidget, { body: { ...form, origins: origins.split(/\s+/).filter(Boolean) } }));
  const fields = save.error instanceof ProblemError ? save.error.fields : {};
  const ask = (what: 'name' | 'email', on: boolean) => set({ askFor: on ? [...form.askFor, what] : form.askFor.filter((one) => one !== what) });
  return (
    <div className="grid gap-8 md:grid-cols-[minmax(0,1fr)_300px]">
      <form className="grid content-start gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <TextField label={t('widget.title')} required maxLength={80} value={form.title} error={fields.title} onChange={(event) => set({ title: event.target.value })} />
        <ColourField label={t('widget.colour')} hint={t('widget.colour.hint')} value={form.colour} onChange={(colour) => set({ colour })} />
        <Select label={t('widget.queue')} value={form.queueId} onChange={(event) => set({ queueId: event.target.value })}>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>
        <Select label={t('widget.language')} value={form.locale} onChange={(event) => set({ locale: event.target.value })}><LanguageOptions /></Select>
        <fieldset><legend className="mb-1 text-sm font-medium text-soft">{t('widget.ask')}</legend><Tick label={t('widget.ask.name')} checked={form.askFor.includes('name')} onChange={(event) => ask('name', event.target.checked)} /><Tick label={t('widget.ask.email')} checked={form.askFor.includes('email')} onChange={(event) => ask('email', event.target.checked)} /></fieldset>
        <TextArea label={t('widget.origins')} hint={t('widget.origins.hint')} rows={3} value={origins} error={fields.origins} onChange={(event) => setOrigins(event.target.value)} />
        <Tick label={t('widget.consent')} hint={t('widget.consent.hint')} checked={form.consent} onChange={(event) => set({ consent: event.target.checked })} />
        <Tick label={t('widget.identity')} hint={t('widget.identity.hint')} checked={form.requireIdentity} onChange={(event) => set({ requireIdentity: event.target.checked })} />
        <Greetings value={form.greetings} onChange={(greetings) => set({ greetings })} />
        <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
      </form>
      <WidgetPreview settings={form} />
    </div>
  );
}

/** How the widget greets, asks and looks, with the tag to copy. */
export function WidgetSection() {
  const { t } = useTranslation();
  const widget = useQuery({ queryKey: keys.settings('widget'), queryFn: () => call(channelEndpoints.widget) });
  return (
    <>
      <Section title={t('widget.snippet')} about={t('widget.snippet.about')}><Secret block label={t('widget.snippet')} value={snippet((widget.data?.greetings.length ?? 0) > 0)} /></Section>
      <Section title={t('widget.settings')}><Loaded query={widget}>{(saved) => <Form saved={saved} />}</Loaded></Section>
      <Section title={t('identity.title')} about={t('identity.about')}><IdentityKeys /></Section>
    </>
  );
}
