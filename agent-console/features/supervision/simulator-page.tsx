import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { simulatorEndpoints, type SimulatedFigures, type Simulation, type SimulationResult } from '../../../protocol/simulator';
import type { Queue } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useQueues } from '../../api/shared';
import { duration, number, percent } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { wallClock } from '../../lib/wall-clock';
import { Button } from '../../ui/button';
import { DayField } from '../../ui/day-field';
import { Select, TextField, Tick } from '../../ui/field';
import { Page, Section, Table } from '../../ui/page';
import { Empty, Failed } from '../../ui/states';
import { useManner } from '../../ui/time';

type Order = Queue['order'];
interface Change { agents: number; order: Order | ''; anyone: boolean }
type Changes = Record<string, Change>;

const unchanged: Change = { agents: 0, order: '', anyone: false };
const orders: Order[] = ['priority', 'fifo', 'static', 'due'];
const lookMs = 700;
const figures = {
  serviceLevel: (value, manner) => percent(value, manner), asaSeconds: (value, manner) => duration(value, manner), abandonment: (value, manner) => percent(value, manner), unanswered: (value, manner) => percent(value, manner), occupancy: (value, manner) => percent(value, manner),
} as const satisfies Partial<Record<keyof SimulatedFigures, (value: number, manner: ReturnType<typeof useManner>) => string>>;
const shown = Object.keys(figures) as (keyof typeof figures)[];

const asked = (changes: Changes) => Object.entries(changes).flatMap(([queue, { agents, order, anyone }]) => (agents === 0 && !order && !anyone ? [] : [{ queue, agents, ...(order ? { order } : {}), ...(anyone ? { requirement: {} } : {}) }]));

function Wishes({ queues, changes, onChange }: { queues: Queue[]; changes: Changes; onChange: (changes: Changes) => void }) {
  const { t } = useTranslation();
  const set = (id: string, change: Partial<Change>) => onChange({ ...changes, [id]: { ...(changes[id] ?? unchanged), ...change } });
  return (
    <Table label={t('simulator.changes')} head={[t('daily.name'), t('simulator.agents'), t('simulator.order'), t('simulator.skills')]}>
      {queues.map((queue) => {
        const { agents, order, anyone } = changes[queue.id] ?? unchanged;
        const about = (what: string) => `${queue.name}: ${what}`;
        return (
          <tr key={queue.id}>
            <td className="whitespace-nowrap"><bdi>{queue.name}</bdi></td>
            <td className="w-32 min-w-28 py-1"><TextField hideLabel label={about(t('simulator.agents'))} type="number" min={-1000} max={1000} step={1} value={agents} onChange={(event) => set(queue.id, { agents: Math.trunc(Number(event.target.value)) || 0 })} /></td>
            <td className="w-56 min-w-44 py-1"><Select hideLabel label={about(t('simulator.order'))} value={order} onChange={(event) => set(queue.id, { order: event.target.value as Order | '' })}><option value="">{t('simulator.same')}</option>{orders.filter((one) => one !== queue.order).map((one) => <option key={one} value={one}>{t(`queue.order.${one}`)}</option>)}</Select></td>
            <td className="py-1 whitespace-nowrap"><Tick label={t('simulator.anyone')} aria-label={about(t('simulator.anyone'))} checked={anyone} onChange={(event) => set(queue.id, { anyone: event.target.checked })} /></td>
          </tr>
        );
      })}
    </Table>
  );
}

function Outcome({ result }: { result: SimulationResult }) {
  const { t } = useTranslation();
  const manner = useManner();
  return (
    <>
      <Table wide label={t('simulator.result')} head={[t('daily.name'), t('daily.arrived'), ...shown.map((figure) => <span key={figure} title={t(`simulator.${figure}.about`)}>{t(`simulator.${figure}`)}</span>)]}>
        {result.after.map((after, place) => {
          const before = result.before.find((one) => one.queue === after.queue) ?? result.before[place];
          return (
            <tr key={after.queue} data-testid="simulated" className={after.queue ? '' : 'font-semibold'}>
              <td className="whitespace-nowrap"><bdi>{after.queue ? after.name : t('daily.sum')}</bdi></td>
              <td>{number(Math.round(after.arrived), manner)}</td>
              {shown.map((figure) => <td key={figure} className="whitespace-nowrap"><span className="text-muted">{before ? figures[figure](before[figure], manner) : '–'} <span aria-label={t('simulator.then')}>→</span> </span>{figures[figure](after[figure], manner)}</td>)}
            </tr>
          );
        })}
      </Table>
      <p className="mt-3 text-sm text-muted">{t('simulator.runs', { count: result.runs })}</p>
    </>
  );
}

function Course({ id }: { id: string }) {
  const { t } = useTranslation();
  const manner = useManner();
  const course = useQuery({ queryKey: ['simulation', id], queryFn: () => call(simulatorEndpoints.simulation, { params: { id } }), refetchInterval: ({ state: { data } }) => (data && ['done', 'failed', 'empty'].includes(data.state) ? false : lookMs) });
  const found: Simulation | undefined = course.data;
  if (course.error) return <Failed error={course.error} retry={() => void course.refetch()} />;
  if (found?.state === 'empty') return <Empty title={t('simulator.empty')} text={t('simulator.empty.text')} />;
  if (found?.state === 'failed') return <Empty title={t('simulator.failed')} text={t('simulator.failed.text')} />;
  if (found?.result) return <Outcome result={found.result} />;
  const share = found?.progress ?? 0;
  return <div role="progressbar" aria-label={t('simulator.running')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} className="max-w-[420px]"><p className="mb-2 text-sm text-muted tnum">{t('simulator.running')} {percent(share, manner)}</p><div className="h-1 rounded-full bg-hover"><div className="h-1 rounded-full bg-accent" style={{ width: `${share * 100}%` }} /></div></div>;
}

/** Plays a day that was against changed staffing, order or skills: what each queue's figures would have been. */
export function SimulatorPage() {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const { timeZone } = useManner();
  const [day, setDay] = useState(() => wallClock(new Date(Date.now() - 86_400_000), timeZone).slice(0, 10));
  const [changes, setChanges] = useState<Changes>({});
  const start = useMutation({ mutationFn: () => call(simulatorEndpoints.simulate, { body: { day, changes: { queues: asked(changes) } } }) });
  return (
    <Page title={t('simulator.title')} about={t('simulator.about')} back={{ href: '/reports', text: t('daily.title') }}>
      <form onSubmit={(event) => { event.preventDefault(); start.mutate(); }}>
        <div className="mb-6 w-48"><DayField label={t('simulator.day')} required value={day} onChange={setDay} /></div>
        <Wishes queues={queues} changes={changes} onChange={setChanges} />
        <p role="alert" className="mt-3 text-md text-bad empty:hidden">{start.error ? problemText(t, start.error) : ''}</p>
        <div className="mt-4 mb-8"><Button look="primary" type="submit" data-testid="simulate" disabled={start.isPending || day === ''}>{t('simulator.start')}</Button></div>
      </form>
      {start.data ? <Section title={t('simulator.result')}><Course key={start.data.id} id={start.data.id} /></Section> : null}
    </Page>
  );
}
