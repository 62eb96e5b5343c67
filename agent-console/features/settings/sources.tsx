import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { channelEndpoints, type SourceSettings } from '../../../protocol/channels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { ZoneField } from './me';
import { useSaving } from './saving';

function QueueChoice({ label, value, onChange }: { label: string; value: string; onChange: (queueId: string) => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('sources.first')}</option>
      {queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}
    </Select>
  );
}

function Example({ title, text }: { title: string; text: string }) {
  return (
    <div className="grid min-w-0 gap-1">
      <h3 className="text-sm font-medium">{title}</h3>
      <pre dir="ltr" tabIndex={0} className="overflow-x-auto rounded-md bg-sunken p-3 text-sm">{text}</pre>
    </div>
  );
}

const curl = (path: string, body: string) => `curl ${location.origin}${path} \\\n  -H 'Authorization: Bearer API_KEY' -H 'Content-Type: application/json' \\\n  -d '${body}'`;
const callExample = () => curl('/api/calls/records', JSON.stringify({ source: 'pbx', callId: '1', direction: 'in', from: '+351912345678', to: '+351210000100', startedAt: new Date().toISOString(), seconds: 95, outcome: 'answered' }));
const formExample = () => `<form method="post" action="${location.origin}/forms/contact">\n  <input name="name"> <input name="email" type="email" required>\n  <textarea name="message" required></textarea>\n  <button>Send</button>\n</form>`;

function Form({ settings }: { settings: SourceSettings }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(settings);
  const save = useSaving(() => call(channelEndpoints.changeSources, { body: form }));
  return (
    <form className="grid max-w-[720px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <h2 className="text-lg font-semibold">{t('sources.calls')}</h2>
      <QueueChoice label={t('sources.queue')} value={form.callQueueId} onChange={(callQueueId) => setForm({ ...form, callQueueId })} />
      <TextField label={t('sources.country')} hint={t('sources.country.about')} required pattern="[A-Z]{2}" maxLength={2} value={form.country} onChange={(event) => setForm({ ...form, country: event.target.value.toUpperCase() })} />
      <ZoneField label={t('sources.zone')} value={form.callTimeZone} onChange={(callTimeZone) => setForm({ ...form, callTimeZone })} />
      <Example title={t('sources.example')} text={callExample()} />
      <p className="text-sm text-muted">{t('sources.key')} <Link href="/settings/api-keys" className="text-accent underline">{t('settings.api-keys')}</Link></p>
      <h2 className="text-lg font-semibold">{t('sources.forms')}</h2>
      <QueueChoice label={t('sources.queue')} value={form.formQueueId} onChange={(formQueueId) => setForm({ ...form, formQueueId })} />
      <Example title={t('sources.example')} text={formExample()} />
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}

/** Where calls and web forms go, and how a telephone system or a website sends them. */
export function SourcesSection() {
  const found = useQuery({ queryKey: keys.settings('sources'), queryFn: () => call(channelEndpoints.sources) });
  return <Loaded query={found}>{(settings) => <Form key={JSON.stringify(settings)} settings={settings} />}</Loaded>;
}
