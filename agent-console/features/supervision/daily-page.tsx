import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { boardEndpoints, type DailyRow } from '../../../protocol/board';
import { call, listFile } from '../../api/call';
import { useChannels, useMay } from '../../api/shared';
import { calendarDay, duration, number } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { wallClock } from '../../lib/wall-clock';
import { CsvLink } from '../../ui/csv-link';
import { DayField } from '../../ui/day-field';
import { Segments } from '../../ui/field';
import { Page, Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { useManner } from '../../ui/time';
import { sum, type Sums } from './sum';

const dayIn = (days: number, timeZone: string | undefined): string => wallClock(new Date(Date.now() + days * 86_400_000), timeZone).slice(0, 10);
const counted = ['arrived', 'accepted', 'handled', 'abandoned', 'declined', 'expired', 'replies'] as const;

function Cells({ row }: { row: Sums }) {
  const manner = useManner();
  return (
    <>
      {counted.map((name) => <td key={name} className="text-end">{number(row[name], manner)}</td>)}
      <td className="text-end whitespace-nowrap">{row.accepted > 0 ? duration(row.waitSeconds / row.accepted, manner) : '–'}</td>
      <td className="text-end whitespace-nowrap">{row.handled > 0 ? duration(row.handleSeconds / row.handled, manner) : '–'}</td>
    </>
  );
}

function Counts({ rows }: { rows: DailyRow[] }) {
  const { t } = useTranslation();
  const manner = useManner();
  const channels = useChannels().data;
  if (rows.length === 0) return <Empty title={t('daily.empty')} text={t('daily.empty.text')} />;
  const head = [t('daily.day'), t('daily.name'), t('daily.channel'), ...counted.map((name) => <span key={name} className="block text-end">{t(`daily.${name}`)}</span>), <span key="w" className="block text-end">{t('daily.wait')}</span>, <span key="h" className="block text-end">{t('daily.handle')}</span>];
  return (
    <Table wide label={t('daily.title')} head={head}>
      {rows.map((row) => (
        <tr key={`${row.day}${row.subjectId}${row.channel}${row.kind}`}>
          <td className="whitespace-nowrap">{calendarDay(row.day, manner)}</td><td className="whitespace-nowrap"><bdi>{row.name}</bdi></td><td className="whitespace-nowrap text-muted">{channels?.find((one) => one.id === row.channel)?.name ?? row.channel}</td>
          <Cells row={row} />
        </tr>
      ))}
      <tr className="font-semibold"><td colSpan={3}>{t('daily.sum')}</td><Cells row={sum(rows)} /></tr>
    </Table>
  );
}

/** Counts per day, per queue or per agent, made from what happened. */
export function DailyPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { timeZone } = useManner();
  const [from, setFrom] = useState(() => dayIn(-6, timeZone));
  const [to, setTo] = useState(() => dayIn(0, timeZone));
  const [kind, setKind] = useState<'queue' | 'agent'>('queue');
  const daily = useQuery({ queryKey: ['daily', from, to], queryFn: () => call(boardEndpoints.daily, { query: { from, to } }), enabled: from !== '' && to !== '' && from <= to, staleTime: 30_000, placeholderData: keepPreviousData });
  return (
    <Page title={t('daily.title')} about={t('daily.about')} actions={<><CsvLink href={listFile(boardEndpoints.daily, { from, to })} />{may('queue.manage') ? <Link href="/simulator" className="flex h-8 items-center rounded-md px-3 text-md font-medium ring-1 ring-line-strong ring-inset hover:bg-hover">{t('simulator.title')}</Link> : null}</>}>
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <DayField label={t('daily.from')} max={to} value={from} onChange={setFrom} />
        <DayField label={t('daily.to')} min={from} value={to} onChange={setTo} />
        <Segments label={t('daily.by')} value={kind} onChange={setKind} options={[{ value: 'queue', label: t('daily.queues') }, { value: 'agent', label: t('daily.agents') }]} />
      </div>
      <Loaded query={daily}>{({ rows }) => <Counts rows={rows.filter((row) => row.kind === kind)} />}</Loaded>
    </Page>
  );
}
