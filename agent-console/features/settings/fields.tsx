import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerEndpoints, type FieldDefinition } from '../../../protocol/customers';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, Select, TextArea, TextField } from '../../ui/field';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { keyOf } from './code';
import { useSaving } from './saving';

const types = ['text', 'number', 'boolean', 'date', 'choice'] as const;

function FieldDialog({ definition, taken, onClose }: { definition: FieldDefinition | null; taken: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(definition ?? { key: '', subject: 'ticket' as const, label: '', type: 'text' as const, choices: [] as string[] } satisfies FieldDefinition as FieldDefinition);
  const [choices, setChoices] = useState(form.choices.join('\n'));
  const save = useSaving(() => call(customerEndpoints.putField, {
    params: { subject: form.subject, key: definition?.key ?? keyOf(form.label, taken) },
    body: { label: form.label, type: form.type, choices: form.type === 'choice' ? choices.split('\n').map((one) => one.trim()).filter(Boolean) : [] },
  }), { done: onClose });
  return (
    <Dialog open onClose={onClose} title={t(definition ? 'fields.change' : 'fields.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        {definition ? null : <Segments label={t('fields.subject')} value={form.subject} onChange={(subject) => setForm({ ...form, subject })} options={(['ticket', 'customer'] as const).map((value) => ({ value, label: t(`fields.${value}`) }))} />}
        <TextField label={t('fields.label')} required maxLength={80} value={form.label} onChange={(event) => setForm({ ...form, label: event.target.value })} />
        <Select label={t('fields.type')} value={form.type} onChange={(event) => setForm({ ...form, type: event.target.value as FieldDefinition['type'] })}>{types.map((type) => <option key={type} value={type}>{t(`fields.type.${type}`)}</option>)}</Select>
        {form.type === 'choice' ? <TextArea label={t('fields.choices')} hint={t('fields.choices.hint')} required rows={5} value={choices} onChange={(event) => setChoices(event.target.value)} /> : null}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Further fields of tickets and customers. */
export function FieldsSection() {
  const { t } = useTranslation();
  const fields = useQuery({ queryKey: keys.settings('fields'), queryFn: () => call(customerEndpoints.fields) });
  const [edited, setEdited] = useState<FieldDefinition | 'new' | null>(null);
  return (
    <>
      <Button look="primary" className="mb-4" onClick={() => setEdited('new')}>{t('fields.new')}</Button>
      <Loaded query={fields}>
        {({ rows }) => (rows.length === 0 ? <Empty title={t('fields.empty')} text={t('fields.empty.text')} /> : (
          <Table label={t('settings.fields')} head={[t('fields.label'), t('fields.subject'), t('fields.type'), t('fields.key'), '']}>
            {rows.map((one) => <tr key={one.subject + one.key}><td className="font-medium"><bdi>{one.label}</bdi></td><td>{t(`fields.${one.subject}`)}</td><td>{t(`fields.type.${one.type}`)}</td><td className="font-mono text-sm text-muted">{one.key}</td><td className="in-corner text-end"><Button small onClick={() => setEdited(one)}>{t('change')}</Button></td></tr>)}
          </Table>
        ))}
      </Loaded>
      {edited ? <FieldDialog definition={edited === 'new' ? null : edited} taken={fields.data?.rows.map((one) => one.key) ?? []} onClose={() => setEdited(null)} /> : null}
    </>
  );
}
