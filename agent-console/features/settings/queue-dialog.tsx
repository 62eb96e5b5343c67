import { useState } from 'react';
import { workforceEndpoints, type Queue } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { useChannels } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, Select, TextField, Tick } from '../../ui/field';
import { Requirement } from './requirement';
import { Rings } from './rings';
import { useSaving } from './saving';

type Form = Omit<Queue, 'id' | 'agents'>;
interface PartProps { form: Form; set: (change: Partial<Form>) => void }
const orders = ['priority', 'fifo', 'due', 'static'] as const;
const selects = ['longest-idle', 'most-skilled', 'least-occupied', 'round-robin'] as const;
const modes = ['none', 'optional', 'mandatory', 'timed'] as const;

function Order({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select label={t('queue.order')} value={form.order} onChange={(event) => set({ order: event.target.value as Form['order'] })}>{orders.map((one) => <option key={one} value={one}>{t(`queue.order.${one}`)}</option>)}</Select>
      <Select label={t('queue.select')} value={form.select} onChange={(event) => set({ select: event.target.value as Form['select'] })}>{selects.map((one) => <option key={one} value={one}>{t(`queue.select.${one}`)}</option>)}</Select>
      <Tick label={t('queue.pull')} hint={t('queue.pull.hint')} checked={form.pull} onChange={(event) => set({ pull: event.target.checked })} />
      <Tick label={t('queue.auto')} hint={t('queue.auto.hint')} checked={form.autoAccept} onChange={(event) => set({ autoAccept: event.target.checked })} />
      <div className="sm:col-span-2"><Tick label={t('queue.acknowledge')} checked={form.acknowledge} onChange={(event) => set({ acknowledge: event.target.checked })} /></div>
      <TextField label={t('queue.last-agent')} type="number" min={0} max={86_400} value={form.lastAgentSeconds} onChange={(event) => set({ lastAgentSeconds: Number(event.target.value) })} />
      <TextField label={t('queue.cool-down')} type="number" min={0} max={3600} value={form.coolDownSeconds} onChange={(event) => set({ coolDownSeconds: Number(event.target.value) })} />
      <TextField label={t('queue.missed')} type="number" required min={1} max={20} value={form.missedOffers} onChange={(event) => set({ missedOffers: Number(event.target.value) })} />
      <TextField label={t('queue.boost')} type="number" required min={-10_000} max={10_000} value={form.boostMinutes} onChange={(event) => set({ boostMinutes: Number(event.target.value) })} />
    </div>
  );
}

function PerChannel({ form, set }: PartProps) {
  const { t } = useTranslation();
  const channels = useChannels().data ?? [];
  const drop = <T,>(record: Record<string, T>, key: string) => Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
  const aim = (channel: string, change: { percent?: number; withinSeconds?: number }) => {
    const next = { percent: 80, withinSeconds: 60, ...form.targets[channel], ...change };
    set({ targets: next.withinSeconds > 0 ? { ...form.targets, [channel]: next } : drop(form.targets, channel) });
  };
  const offer = (channel: string, value: string) => set({ offerSeconds: value === '' ? drop(form.offerSeconds, channel) : { ...form.offerSeconds, [channel]: Number(value) } });
  return (
    <table className="w-full text-md">
      <thead><tr className="text-start text-xs text-muted">{['queue.channel', 'queue.offer', 'queue.percent', 'queue.within'].map((key) => <th key={key} scope="col" className="h-8 pe-3 text-start font-medium">{t(key)}</th>)}</tr></thead>
      <tbody>
        {channels.map(({ id, name }) => (
          <tr key={id}>
            <th scope="row" className="pe-3 text-start font-normal">{name}</th>
            <td className="py-1 pe-3"><TextField hideLabel label={`${name} ${t('queue.offer')}`} type="number" min={5} max={3600} value={form.offerSeconds[id] ?? ''} onChange={(event) => offer(id, event.target.value)} /></td>
            <td className="py-1 pe-3"><TextField hideLabel label={`${name} ${t('queue.percent')}`} type="number" min={1} max={100} value={form.targets[id]?.percent ?? ''} onChange={(event) => aim(id, { percent: Number(event.target.value) })} /></td>
            <td className="py-1"><TextField hideLabel label={`${name} ${t('queue.within')}`} type="number" min={0} value={form.targets[id]?.withinSeconds ?? ''} onChange={(event) => aim(id, { withinSeconds: Number(event.target.value) })} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function After({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { wrapUp } = form;
  const wrap = (change: Partial<Form['wrapUp']>) => set({ wrapUp: { ...wrapUp, ...change } });
  return (
    <div className="grid gap-4">
      <Segments label={t('queue.wrap-up')} value={wrapUp.mode} onChange={(mode) => wrap({ mode })} options={modes.map((value) => ({ value, label: t(`queue.wrap-up.${value}`) }))} />
      {wrapUp.mode === 'timed' ? <div className="w-40"><TextField label={t('queue.wrap-up.seconds')} type="number" min={0} max={900} value={wrapUp.seconds} onChange={(event) => wrap({ seconds: Number(event.target.value) })} /></div> : null}
      <Tick label={t('queue.outcome')} checked={wrapUp.dispositionRequired} onChange={(event) => wrap({ dispositionRequired: event.target.checked })} />
    </div>
  );
}

/** Everything about one queue. */
export function QueueDialog({ queue, onClose }: { queue: Queue; onClose: () => void }) {
  const { t } = useTranslation();
  const { id, agents: _agents, ...settings } = queue;
  const [form, setForm] = useState<Form>(settings);
  const set = (change: Partial<Form>) => setForm((old) => ({ ...old, ...change }));
  const save = useSaving(() => call(workforceEndpoints.changeQueue, { params: { id }, body: form }), { done: onClose });
  const fields = save.error instanceof ProblemError ? Object.entries(save.error.fields) : [];
  return (
    <Dialog open onClose={onClose} wide title={queue.name}>
      <form className="grid gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <TextField label={t('queue.name')} required maxLength={60} value={form.name} onChange={(event) => set({ name: event.target.value })} />
        <Order form={form} set={set} />
        <Requirement label={t('queue.requirement')} value={form.requirement} onChange={(requirement) => set({ requirement })} />
        <Rings rings={form.rings} requirement={form.requirement} onChange={(rings) => set({ rings })} />
        <section><h3 className="text-sm font-medium text-soft">{t('queue.targets')}</h3><PerChannel form={form} set={set} /></section>
        <After form={form} set={set} />
        {fields.length > 0 ? <ul role="alert" className="text-sm text-bad">{fields.map(([name, text]) => <li key={name}>{name}: {text}</li>)}</ul> : null}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}
