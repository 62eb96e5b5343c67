import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { writingEndpoints, type CannedAnswer } from '../../../../protocol/writing';
import { call } from '../../../api/call';
import { keys } from '../../../api/keys';
import { problemText } from '../../../api/problem';
import { useMay, useQueues } from '../../../api/shared';
import { useTranslation } from '../../../lib/i18n';
import { Button } from '../../../ui/button';
import { Actions, Dialog } from '../../../ui/dialog';
import { TextArea, TextField, Tick } from '../../../ui/field';
import { Chip } from '../../../ui/marks';
import { Empty, Loaded } from '../../../ui/states';
import { useSaving } from '../saving';
import { VariableHint } from './variable-hint';

type Form = Omit<CannedAnswer, 'id'>;
const blank: Form = { shortcut: '', name: '', text: '', html: null, queueIds: [], locale: null, own: true };

function CannedDialog({ canned, onClose }: { canned: CannedAnswer | null; onClose: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const may = useMay();
  const [form, setForm] = useState<Form>(() => ({ ...blank, ...(canned ? { shortcut: canned.shortcut, name: canned.name, text: canned.text, queueIds: canned.queueIds, locale: canned.locale, own: canned.own } : {}) }));
  const set = (change: Partial<Form>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => (canned ? call(writingEndpoints.changeCanned, { params: { id: canned.id }, body: form }) : call(writingEndpoints.addCanned, { body: form })), { done: onClose });
  const remove = useSaving(() => call(writingEndpoints.removeCanned, { params: { id: canned?.id ?? '' } }), { done: onClose, said: 'canned.removed' });
  return (
    <Dialog open onClose={onClose} wide title={t(canned ? 'canned.change' : 'canned.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField label={t('canned.shortcut')} hint={t('canned.shortcut.hint', { shortcut: form.shortcut || 'refund' })} required maxLength={40} value={form.shortcut} onChange={(event) => set({ shortcut: event.target.value.replace(/^\//, '').replace(/\s/g, '-') })} />
          <TextField label={t('canned.name')} required maxLength={100} value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </div>
        <div className="grid gap-1"><TextArea label={t('canned.text')} required rows={8} maxLength={50_000} value={form.text} onChange={(event) => set({ text: event.target.value, html: null })} /><VariableHint onPick={(name) => set({ text: `${form.text}${name}`, html: null })} /></div>
        {queues.length > 1 ? (
          <fieldset><legend className="mb-1 text-sm font-medium text-soft">{t('canned.queues')}</legend><div className="flex flex-wrap gap-x-4 gap-y-1">{queues.map((queue) => <Tick key={queue.id} label={queue.name} checked={form.queueIds.includes(queue.id)} onChange={(event) => set({ queueIds: event.target.checked ? [...form.queueIds, queue.id] : form.queueIds.filter((id) => id !== queue.id) })} />)}</div></fieldset>
        ) : null}
        {may('queue.manage') ? <Tick label={t('canned.own')} checked={form.own} onChange={(event) => set({ own: event.target.checked })} /> : null}
        <p role="alert" className="text-md text-bad empty:hidden">{save.error ? problemText(t, save.error) : ''}</p>
        <Actions>{canned ? <Button look="quiet" className="me-auto -ms-3 text-bad hover:text-bad" onClick={() => remove.mutate(undefined)}>{t('remove')}</Button> : null}<Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Answers for repeated use, mine and everybody's. */
export function CannedSection() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useQuery({ queryKey: keys.settings('canned'), queryFn: () => call(writingEndpoints.canned, { query: {} }), staleTime: 0 });
  const [edited, setEdited] = useState<CannedAnswer | 'new' | null>(null);
  return (
    <div className="max-w-[720px]">
      <Button look="primary" className="mb-4" data-testid="canned-new" onClick={() => setEdited('new')}>{t('canned.new')}</Button>
      <Loaded query={list} rows={3}>
        {({ rows }) => (rows.length === 0 ? <Empty title={t('canned.empty')} text={t('canned.empty.text')} /> : (
          <ul>{rows.map((one) => (
            <li key={one.id} className="flex min-h-12 items-center gap-3 border-b border-line text-md" data-testid="canned">
              <span className="min-w-0 flex-1"><span className="flex items-center gap-2"><span className="font-medium">/{one.shortcut}</span><span dir="auto" className="truncate text-soft">{one.name}</span>{one.own ? <Chip>{t('canned.mine')}</Chip> : null}</span><span dir="auto" className="block truncate text-sm text-muted">{one.text.replace(/\s+/g, ' ').slice(0, 160)}</span></span>
              {one.own || may('queue.manage') ? <Button small onClick={() => setEdited(one)}>{t('change')}</Button> : null}
            </li>
          ))}</ul>
        ))}
      </Loaded>
      {edited ? <CannedDialog canned={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}
