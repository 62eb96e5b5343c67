import { useState } from 'react';
import type { RoutingRule } from '../../../protocol/routing-rules';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Select, TextField, Tick } from '../../ui/field';
import { useHours } from './hours';
import { Requirement } from './requirement';
import { useRuleOptions } from './rule-options';
import { readList, readNamed, writeNamed } from './rule-text';

const lists = ['to', 'from', 'subject', 'words', 'languages', 'topics'] as const;
const choices = ['channels', 'urgencies', 'sentiments'] as const;
const pairs = ['attributes', 'customer'] as const;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** Values of which some may be chosen, each under its name. */
function Choice({ label, options, value, onChange }: { label: string; options: { value: string; label: string }[]; value: string[]; onChange: (value: string[]) => void }) {
  // Such as "web*", written before there was a list.
  const patterns = value.filter((each) => !options.some((one) => one.value === each)).map((each) => ({ value: each, label: each }));
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-soft">{label}</legend>
      <div className="flex flex-wrap gap-x-4">{[...options, ...patterns].map((one) => <Tick key={one.value} label={one.label} checked={value.includes(one.value)} onChange={(event) => onChange(event.target.checked ? [...value, one.value] : value.filter((each) => each !== one.value))} />)}</div>
    </fieldset>
  );
}

/** What a rule asks for and what it does. */
export function RuleDialog({ rule, onSave, onClose }: { rule: RoutingRule; onSave: (rule: RoutingRule) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const hours = useHours().data ?? [];
  const options = useRuleOptions();
  const [form, setForm] = useState(() => ({
    name: rule.name, active: rule.active, hours: rule.when.hours ? `${rule.when.hours.hoursId} ${rule.when.hours.open ? 'open' : 'closed'}` : '', queueId: rule.then.queueId ?? '', priority: rule.then.priority ?? '', tags: (rule.then.tags ?? []).join(', '), skills: rule.then.skills ?? {},
    ...Object.fromEntries(choices.map((key) => [key, rule.when[key] ?? []])) as Record<(typeof choices)[number], string[]>,
    ...Object.fromEntries(lists.map((key) => [key, (rule.when[key] ?? []).join(', ')])) as Record<(typeof lists)[number], string>, ...Object.fromEntries(pairs.map((key) => [key, writeNamed(rule.when[key] ?? [])])) as Record<(typeof pairs)[number], string>,
  }));
  const set = (change: Partial<typeof form>) => setForm((old) => ({ ...old, ...change }));
  const made = (): RoutingRule => {
    const when: RoutingRule['when'] = {};
    for (const key of lists) if (form[key].trim()) when[key] = readList(form[key]);
    for (const key of choices) if (form[key].length > 0) when[key] = form[key];
    for (const key of pairs) if (form[key].trim()) when[key] = readNamed(form[key]);
    const [hoursId = '', state] = form.hours.split(' ');
    if (hoursId) when.hours = { hoursId, open: state === 'open' };
    const then: RoutingRule['then'] = { ...(form.queueId ? { queueId: form.queueId } : {}), ...(form.priority ? { priority: form.priority as (typeof priorities)[number] } : {}), ...(form.tags.trim() ? { tags: readList(form.tags) } : {}), ...(Object.keys(form.skills).length > 0 ? { skills: form.skills } : {}) };
    return { id: rule.id, name: form.name, active: form.active, when, then };
  };
  return (
    <Dialog open onClose={onClose} wide title={t('rules.edit')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); onSave(made()); }}>
        <TextField label={t('rules.name')} required maxLength={80} value={form.name} onChange={(event) => set({ name: event.target.value })} />
        <Tick label={t('rules.active')} checked={form.active} onChange={(event) => set({ active: event.target.checked })} />
        <div className="border-t border-line pt-4"><h3 className="text-md font-semibold">{t('rules.when')}</h3><p className="text-sm text-muted">{t('rules.when.hint')}</p></div>
        {choices.map((key) => <Choice key={key} label={t(`rules.${key}`)} options={options[key]} value={form[key]} onChange={(value) => set({ [key]: value })} />)}
        <div className="grid gap-4 sm:grid-cols-2">
          {lists.map((key) => <TextField key={key} label={t(`rules.${key}`)} value={form[key]} onChange={(event) => set({ [key]: event.target.value })} />)}
          {pairs.map((key) => <TextField key={key} label={t(`rules.${key}`)} hint={t('rules.pairs.hint')} value={form[key]} onChange={(event) => set({ [key]: event.target.value })} />)}
          <Select label={t('rules.hours')} value={form.hours} onChange={(event) => set({ hours: event.target.value })}><option value="">{t('hours.always')}</option>{hours.flatMap((one) => [<option key={`${one.id}o`} value={`${one.id} open`}>{t('rules.hours.open', { name: one.name })}</option>, <option key={`${one.id}c`} value={`${one.id} closed`}>{t('rules.hours.closed', { name: one.name })}</option>])}</Select>
        </div>
        <h3 className="border-t border-line pt-4 text-md font-semibold">{t('rules.then')}</h3>
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label={t('board.queue')} value={form.queueId} onChange={(event) => set({ queueId: event.target.value })}><option value="">{t('rules.as-is')}</option>{queues.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>
          <Select label={t('ticket.priority')} value={form.priority} onChange={(event) => set({ priority: event.target.value as typeof form.priority })}><option value="">{t('rules.as-is')}</option>{priorities.map((one) => <option key={one} value={one}>{t(`priority.${one}`)}</option>)}</Select>
          <TextField label={t('rules.tags')} value={form.tags} onChange={(event) => set({ tags: event.target.value })} />
        </div>
        <Requirement label={t('rules.skills')} value={form.skills} onChange={(skills) => set({ skills })} />
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit">{t('done')}</Button></Actions>
      </form>
    </Dialog>
  );
}
