import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Overflow, OverflowAction } from '../../../protocol/overflow';
import { workforceEndpoints, type Queue } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useQueues } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { Select, TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { useHours } from './hours';
import { useSaving } from './saving';

const whens = ['closed', 'expected-wait', 'waiting'] as const;
const goals = ['queue', 'callback', 'message', 'email'] as const;

function Goal({ then, self, set }: { then: OverflowAction; self: string; set: (then: OverflowAction) => void }) {
  const { t } = useTranslation();
  const others = (useQueues().data ?? []).filter((queue) => queue.id !== self);
  const choose = (to: OverflowAction['to']) => set(to === 'queue' ? { to, queueId: others[0]?.id ?? '' } : { to, text: then.to === 'queue' ? '' : then.text });
  return (
    <>
      <Select label={t('overflow.then')} value={then.to} onChange={(event) => choose(event.target.value as OverflowAction['to'])}>{goals.filter((to) => to !== 'queue' || others.length > 0).map((to) => <option key={to} value={to}>{t(`overflow.to.${to}`)}</option>)}</Select>
      {then.to === 'queue' ? <Select label={t('board.queue')} value={then.queueId} onChange={(event) => set({ to: 'queue', queueId: event.target.value })}>{others.map((queue) => <option key={queue.id} value={queue.id}>{queue.name}</option>)}</Select>
        : <div className="min-w-40 flex-1"><TextField label={t('overflow.text')} maxLength={2000} value={then.text} onChange={(event) => set({ ...then, text: event.target.value })} /></div>}
    </>
  );
}

interface LinesProps { queueId: string; overflow: Overflow; set: (overflow: Overflow) => void }
const line = 'flex flex-wrap items-end gap-3 rounded-lg bg-canvas p-3 ring-1 ring-line';
const first: OverflowAction = { to: 'message', text: '' };
const mostRows = 6;

interface StepsProps<R> { title: string; add: string; queueId: string; rows: R[]; fresh: R; put: (rows: R[]) => void; condition: (row: R, change: (more: Partial<R>) => void) => ReactNode }

/** Rows of one kind, each with its condition and where it leads. */
function Steps<R extends { then: OverflowAction }>({ title, add, queueId, rows, fresh, put, condition }: StepsProps<R>) {
  const { t } = useTranslation();
  const change = (at: number, more: Partial<R>) => put(rows.map((row, n) => (n === at ? { ...row, ...more } : row)));
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium text-soft">{title}</h3>
      {rows.map((row, at) => (
        <div key={at} className={line}>
          {condition(row, (more) => change(at, more))}
          <Goal then={row.then} self={queueId} set={(then) => change(at, { then } as Partial<R>)} />
          <IconButton label={t('remove')} onClick={() => put(rows.filter((_, n) => n !== at))}><Trash2 size={14} /></IconButton>
        </div>
      ))}
      {rows.length < mostRows ? <Button small look="quiet" className="-ms-2 justify-self-start" onClick={() => put([...rows, fresh])}><Plus size={14} />{add}</Button> : null}
    </section>
  );
}

function Before({ queueId, overflow, set }: LinesProps) {
  const { t } = useTranslation();
  return (
    <Steps title={t('overflow.before')} add={t('overflow.add-before')} queueId={queueId} rows={overflow.before} fresh={{ when: 'closed', over: 0, channels: [], then: first }} put={(before) => set({ ...overflow, before })} condition={(row, change) => (
      <>
        <Select label={t('overflow.when')} value={row.when} onChange={(event) => change({ when: event.target.value as (typeof whens)[number] })}>{whens.map((when) => <option key={when} value={when}>{t(`overflow.when.${when}`)}</option>)}</Select>
        {row.when === 'closed' ? null : <div className="w-24"><TextField label={t(row.when === 'waiting' ? 'overflow.items' : 'overflow.seconds')} type="number" min={0} value={row.over} onChange={(event) => change({ over: Number(event.target.value) })} /></div>}
      </>
    )} />
  );
}

function After({ queueId, overflow, set }: LinesProps) {
  const { t } = useTranslation();
  return (
    <Steps title={t('overflow.after')} add={t('overflow.add-after')} queueId={queueId} rows={overflow.after} fresh={{ afterSeconds: 300, channels: [], then: first }} put={(after) => set({ ...overflow, after })} condition={(row, change) => (
      <div className="w-24"><TextField label={t('overflow.seconds')} type="number" min={1} value={row.afterSeconds} onChange={(event) => change({ afterSeconds: Number(event.target.value) })} /></div>
    )} />
  );
}

function Editor({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const hours = useHours().data ?? [];
  const [hoursId, setHoursId] = useState(queue.hoursId);
  const [overflow, setOverflow] = useState(queue.overflow);
  const save = useSaving(() => call(workforceEndpoints.changeQueue, { params: { id: queue.id }, body: { hoursId, overflow } }));
  return (
    <form className="grid gap-6" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <div className="w-72"><Select label={t('settings.hours')} value={hoursId ?? ''} onChange={(event) => setHoursId(event.target.value || null)}><option value="">{t('hours.always')}</option>{hours.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select></div>
      <Before queueId={queue.id} overflow={overflow} set={setOverflow} />
      <After queueId={queue.id} overflow={overflow} set={setOverflow} />
      <Button look="primary" type="submit" className="justify-self-start" disabled={save.isPending}>{t('save')}</Button>
    </form>
  );
}

/** What happens instead of waiting, queue by queue. */
export function OverflowSection() {
  const { t } = useTranslation();
  const queues = useQueues();
  const [chosen, setChosen] = useState('');
  return (
    <Loaded query={queues}>{(rows) => {
      const queue = rows.find(({ id }) => id === chosen) ?? rows[0];
      return queue ? (
        <div className="grid max-w-[720px] gap-6">
          <div className="w-72"><Select label={t('board.queue')} value={queue.id} onChange={(event) => setChosen(event.target.value)}>{rows.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select></div>
          <Editor key={queue.id} queue={queue} />
        </div>
      ) : null;
    }}</Loaded>
  );
}
