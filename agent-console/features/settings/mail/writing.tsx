import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { writingEndpoints, type QueueWriting } from '../../../../protocol/writing';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { ProblemError } from '../../../api/problem';
import { useQueues } from '../../../api/shared';
import { useTranslation } from '../../../lib/i18n';
import { Button, IconButton } from '../../../ui/button';
import { Segments, Select, TextArea, TextField } from '../../../ui/field';
import { Loaded } from '../../../ui/states';
import { Section } from '../../../ui/page';
import { useSaving } from '../saving';
import { LanguageField } from './language-field';
import { VariableHint } from './variable-hint';

type Text = QueueWriting['acknowledgements'][number];
const hours = ['always', 'open', 'closed'] as const;
const quotes = ['none', 'last', 'all'] as const;

/** Texts that are sent by themselves, each for a language and for hours. */
function Texts({ label, texts, onChange }: { label: string; texts: Text[]; onChange: (texts: Text[]) => void }) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Text>) => onChange(texts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="grid gap-4">
      {texts.map((one, at) => (
        <fieldset key={at} aria-label={`${label} ${at + 1}`} className="grid gap-3 rounded-lg p-4 ring-1 ring-line">
          <div className="flex min-h-7 items-center"><h3 className="flex-1 text-md font-medium">{label} {at + 1}</h3><IconButton label={t('writing.remove', { name: `${label} ${at + 1}` })} className="-me-2" onClick={() => onChange(texts.filter((_one, index) => index !== at))}><Trash2 size={14} /></IconButton></div>
          <div className="grid gap-3 sm:grid-cols-[140px_200px_1fr]">
            <LanguageField label={t('writing.language')} value={one.locale} onChange={(locale) => change(at, { locale })} />
            <Select label={t('writing.hours')} value={one.hours} onChange={(event) => change(at, { hours: event.target.value as Text['hours'] })}>{hours.map((each) => <option key={each} value={each}>{t(`writing.hours.${each}`)}</option>)}</Select>
            <TextField label={t('new.subject')} placeholder={t('writing.subject.same')} maxLength={300} value={one.subject} onChange={(event) => change(at, { subject: event.target.value })} />
          </div>
          <TextArea label={t('writing.text')} required rows={5} maxLength={20_000} value={one.text} onChange={(event) => change(at, { text: event.target.value })} />
          <VariableHint onPick={(name) => change(at, { text: one.text + name })} />
        </fieldset>
      ))}
      <Button className="justify-self-start" onClick={() => onChange([...texts, { locale: 'en', hours: 'always', subject: '', text: '' }])}>{t('writing.add')}</Button>
    </div>
  );
}

function Form({ queueId, stored }: { queueId: string; stored: QueueWriting }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(stored);
  const set = (change: Partial<QueueWriting>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => call(writingEndpoints.putQueueWriting, { params: { id: queueId }, body: form }));
  const fields = save.error instanceof ProblemError ? Object.entries(save.error.fields) : [];
  return (
    <form className="max-w-[720px]" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <Section title={t('writing.answers')}>
        <div className="grid gap-4">
          <div className="grid gap-1"><TextArea label={t('writing.signature')} rows={3} maxLength={5000} value={form.signature} onChange={(event) => set({ signature: event.target.value })} /><VariableHint onPick={(name) => set({ signature: form.signature + name })} /></div>
          <Segments label={t('writing.quote')} value={form.quote} onChange={(quote) => set({ quote })} options={quotes.map((value) => ({ value, label: t(`writing.quote.${value}`) }))} />
        </div>
      </Section>
      <Section title={t('writing.acknowledgements')} about={t('writing.acknowledgements.about')}><Texts label={t('writing.acknowledgement')} texts={form.acknowledgements} onChange={(acknowledgements) => set({ acknowledgements })} /></Section>
      <Section title={t('writing.follow-ups')} about={t('writing.follow-ups.about')}>
        <div className="grid gap-4">
          <div className="w-48"><TextField label={t('writing.follow-up-hours')} hint={t('writing.follow-up-hours.hint')} type="number" min={0} max={2160} value={form.followUpHours} onChange={(event) => set({ followUpHours: Number(event.target.value) })} /></div>
          {form.followUpHours > 0 ? <Texts label={t('writing.follow-up')} texts={form.followUps} onChange={(followUps) => set({ followUps })} /> : null}
        </div>
      </Section>
      {fields.length > 0 ? <ul role="alert" className="text-sm text-bad">{fields.map(([name, text]) => <li key={name}>{name}: {text}</li>)}</ul> : null}
      <Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}

/** How each queue writes: signature, quotation, and what it says by itself. */
export function WritingSection() {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const [chosen, setChosen] = useState('');
  const queueId = chosen || queues[0]?.id || '';
  const writing = useQuery({ queryKey: keys.settings(`writing-${queueId}`), queryFn: () => call(writingEndpoints.queueWriting, { params: { id: queueId } }), enabled: queueId !== '', staleTime: 0 });
  return (
    <>
      <div className="mb-6 max-w-[320px]"><Select label={t('new.queue')} value={queueId} onChange={(event) => setChosen(event.target.value)}>{queues.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select></div>
      {queueId ? <Loaded query={writing} rows={3}>{(stored) => <Form key={`${queueId}${JSON.stringify(stored)}`} queueId={queueId} stored={stored} />}</Loaded> : null}
    </>
  );
}
