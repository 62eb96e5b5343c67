import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SortAspect, SorterState, Sorting } from '../../../protocol/sorting';
import { sortingEndpoints } from '../../../protocol/sorting';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { useLabelName } from '../../lib/label-name';
import { Button } from '../../ui/button';
import { TextArea, TextField } from '../../ui/field';
import { Chip } from '../../ui/marks';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Ago, usePercent } from '../../ui/time';
import { toast } from '../../ui/toast';
import { useSaving } from './saving';

const bar = ' | ';
type Seed = { label: string; text: string };

const write = (seeds: readonly Seed[]): string => seeds.map(({ label, text }) => label + bar + text.replace(/\s+/g, ' ')).join('\n');
const read = (lines: string): Seed[] => lines.split('\n').flatMap((line) => {
  const at = line.indexOf('|');
  const [label, text] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  return at < 1 || label === '' || text === '' ? [] : [{ label: label.slice(0, 80), text: text.slice(0, 1000) }];
});

/** How good one aspect is, and what each threshold would do. */
function Measured({ sorter }: { sorter: SorterState }) {
  const { t } = useTranslation();
  const percent = usePercent();
  const nameOf = useLabelName();
  const { measured, trainedAt, labels } = sorter;
  return (
    <li className="border-b border-line py-4 first:pt-0 last:border-b-0 last:pb-0" data-testid={`sorter-${sorter.aspect}`}>
      <p className="flex flex-wrap items-center gap-2 text-md font-medium">{t(`sorting.${sorter.aspect}`)}<span className="text-sm font-normal text-muted">{t('sorting.learnt', { count: sorter.rows })} {trainedAt ? <Ago at={trainedAt} /> : null}</span></p>
      <p className="mt-1 flex flex-wrap gap-1">{labels.slice(0, 24).map(({ label, rows }) => <Chip key={label}><bdi>{nameOf(sorter.aspect, label)}</bdi> <span className="tnum">{rows}</span></Chip>)}</p>
      {measured ? (
        <>
          <p className="mt-2 text-sm">{t('sorting.measured', { percent: percent(measured.accuracy), three: percent(measured.bestThree), count: measured.rows })}</p>
          <table className="mt-1 text-sm tnum"><caption className="sr-only">{t('sorting.thresholds')}</caption><thead className="text-start text-xs text-muted"><tr>{(['from', 'decided', 'right'] as const).map((name) => <th key={name} scope="col" className="pe-6 text-start font-medium">{t(`sorting.th.${name}`)}</th>)}</tr></thead>
            <tbody>{measured.from.map((row) => <tr key={row.confidence}><td className="pe-6">{percent(row.confidence)}</td><td className="pe-6">{percent(row.decided)}</td><td className="pe-6">{percent(row.right)}</td></tr>)}</tbody></table>
        </>
      ) : <p className="mt-1 text-sm text-muted">{t(trainedAt ? 'sorting.unmeasured' : 'sorting.unlearnt')}</p>}
    </li>
  );
}

function Try() {
  const { t } = useTranslation();
  const percent = usePercent();
  const nameOf = useLabelName();
  const [text, setText] = useState('');
  const ask = useMutation({ mutationFn: () => call(sortingEndpoints.try, { body: { text } }), onError: (error) => toast(problemText(t, error), { bad: true }) });
  const said = (aspect: SortAspect, sorting: Sorting) => sorting[aspect];
  return (
    <Section title={t('sorting.try')}>
      <form className="grid max-w-[720px] gap-2" onSubmit={(event) => { event.preventDefault(); ask.mutate(); }}>
        <TextArea label={t('sorting.try.text')} rows={3} dir="auto" required value={text} onChange={(event) => setText(event.target.value)} />
        <div><Button type="submit" disabled={ask.isPending}>{t('sorting.try')}</Button></div>
      </form>
      {ask.data ? <dl className="mt-3 grid gap-1 text-sm" data-testid="sorting-tried">{(['topic', 'urgency', 'sentiment'] as const).map((aspect) => { const found = said(aspect, ask.data); return <div key={aspect} className="flex flex-wrap gap-2"><dt className="w-24 text-muted">{t(`sorting.${aspect}`)}</dt><dd>{found ? <><bdi className="font-medium">{nameOf(aspect, found.label)}</bdi> {percent(found.confidence)} <span className="text-muted" dir="auto">{found.why.map(({ word }) => word).join(' · ')}</span></> : t('sorting.unknown')}</dd></div>; })}</dl> : null}
    </Section>
  );
}

function Editor({ saved }: { saved: { sure: number; seeds: Seed[] } }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(Math.round(saved.sure * 100));
  const [lines, setLines] = useState(write(saved.seeds));
  const save = useSaving(() => call(sortingEndpoints.put, { body: { sure: sure / 100, seeds: read(lines) } }));
  return (
    <form className="grid max-w-[720px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      <TextField label={t('sorting.sure')} hint={t('sorting.sure.hint')} type="number" min={50} max={99} required value={sure} onChange={(event) => setSure(Number(event.target.value))} />
      <TextArea label={t('sorting.seeds')} hint={t('sorting.seeds.hint')} rows={10} dir="auto" value={lines} onChange={(event) => setLines(event.target.value)} />
      <div><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

/** What requests are sorted by, what that was learnt from, and how good it is. */
export function SortingSection() {
  const { t } = useTranslation();
  const sorting = useQuery({ queryKey: keys.settings('sorting'), queryFn: () => call(sortingEndpoints.read), refetchInterval: ({ state }) => (state.data?.training ? 2000 : 15_000) });
  const train = useSaving(() => call(sortingEndpoints.train), { quiet: true });
  return (
    <Loaded query={sorting}>
      {(saved) => (
        <>
          <Section title={t('sorting.state')} actions={<Button small disabled={saved.training || train.isPending} onClick={() => train.mutate(undefined)}>{t(saved.training ? 'sorting.training' : 'sorting.train')}</Button>}>
            <ul>{saved.sorters.map((sorter) => <Measured key={sorter.aspect} sorter={sorter} />)}</ul>
          </Section>
          <Section title={t('sorting.examples')} about={t('sorting.examples.about')}><Editor key={JSON.stringify([saved.sure, saved.seeds.length])} saved={saved} /></Section>
          <Try />
        </>
      )}
    </Loaded>
  );
}
