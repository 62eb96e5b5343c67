import { X } from 'lucide-react';
import { useState } from 'react';
import { listEndpoints, type Macro, type TicketAction } from '../../../protocol/lists';
import { call } from '../../api/call';
import { useMay, useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextArea, TextField, Tick } from '../../ui/field';
import { useStepWords } from '../../ui/step-words';
import { useSaving } from './saving';

/** Kinds of steps with the values each can have; an empty list means it is written. */
function useKinds(): Record<string, { label: string; values: { value: string; label: string }[]; make: (value: string) => TicketAction }> {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const words = (names: readonly string[], kind: string) => names.map((value) => ({ value, label: t(`${kind}.${value}`) }));
  return {
    status: { label: t('ticket.status'), values: words(['open', 'pending', 'on-hold', 'solved'], 'status'), make: (value) => ({ kind: 'status', status: value as 'open' }) },
    priority: { label: t('ticket.priority'), values: words(['urgent', 'high', 'normal', 'low'], 'priority'), make: (value) => ({ kind: 'priority', priority: value as 'normal' }) },
    'add-tags': { label: t('macros.add-tags'), values: [], make: (value) => ({ kind: 'add-tags', tags: value.split(/[\s,]+/).filter(Boolean) }) },
    'remove-tags': { label: t('macros.remove-tags'), values: [], make: (value) => ({ kind: 'remove-tags', tags: value.split(/[\s,]+/).filter(Boolean) }) },
    assign: { label: t('filter.owner'), values: [{ value: 'me', label: t('step.assign-me') }, { value: 'nobody', label: t('step.assign-nobody') }], make: (value) => ({ kind: 'assign', to: value }) },
    transfer: { label: t('new.queue'), values: queues.map(({ id, name }) => ({ value: id, label: name })), make: (value) => ({ kind: 'transfer', queueId: value }) },
    note: { label: t('note'), values: [], make: (text) => ({ kind: 'note', text }) },
    write: { label: t('reply'), values: [], make: (text) => ({ kind: 'write', text }) },
  };
}

function AddStep({ onAdd }: { onAdd: (step: TicketAction) => void }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const [kind, setKind] = useState('status');
  const [value, setValue] = useState('');
  const chosen = kinds[kind];
  const whole = value || chosen?.values[0]?.value || '';
  const add = () => {
    if (!chosen || !whole.trim()) return;
    onAdd(chosen.make(whole.trim()));
    setValue('');
  };
  return (
    <div className="grid gap-2 rounded-md bg-sunken p-3">
      <Select label={t('macros.step')} value={kind} onChange={(event) => { setKind(event.target.value); setValue(''); }}>{Object.entries(kinds).map(([name, { label }]) => <option key={name} value={name}>{label}</option>)}</Select>
      {chosen && chosen.values.length > 0
        ? <Select label={t('macros.value')} value={whole} onChange={(event) => setValue(event.target.value)}>{chosen.values.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</Select>
        : <TextArea label={t('macros.value')} hint={kind === 'write' ? t('macros.variables') : ''} rows={2} value={value} onChange={(event) => setValue(event.target.value)} />}
      <Button small className="justify-self-start" disabled={!whole.trim()} onClick={add}>{t('macros.add-step')}</Button>
    </div>
  );
}

/** Makes or changes a macro. */
export function MacroEditor({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useStepWords();
  const [name, setName] = useState(macro?.name ?? '');
  const [shared, setShared] = useState(macro?.shared ?? may('queue.manage'));
  const [actions, setActions] = useState<TicketAction[]>(macro?.actions ?? []);
  const body = { name: name.trim(), shared, actions };
  const save = useSaving(() => (macro ? call(listEndpoints.changeMacro, { params: { id: macro.id }, body }) : call(listEndpoints.addMacro, { body })), { done: onClose });
  return (
    <Dialog open onClose={onClose} title={t(macro ? 'macros.change' : 'macros.new')} description={t('macros.about')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <TextField label={t('filter.name')} required maxLength={80} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        <ol className="grid gap-1" aria-label={t('macros.steps')}>
          {actions.map((step, place) => (
            <li key={place} className="flex min-h-8 items-center gap-2 border-b border-line text-md"><span className="text-muted tnum">{place + 1}</span><span className="min-w-0 flex-1 truncate">{words(step)}</span><IconButton small label={t('macros.remove-step', { name: words(step) })} onClick={() => setActions(actions.filter((_, other) => other !== place))}><X size={14} /></IconButton></li>
          ))}
        </ol>
        <AddStep onAdd={(step) => setActions([...actions, step])} />
        {may('queue.manage') ? <Tick label={t('filter.share')} checked={shared} onChange={(event) => setShared(event.target.checked)} /> : null}
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" disabled={save.isPending || !name.trim() || actions.length === 0}>{t('save')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}
