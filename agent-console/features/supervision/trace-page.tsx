import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { boardEndpoints, type TraceEntry } from '../../../protocol/board';
import { call } from '../../api/call';
import { useTranslation } from '../../lib/i18n';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { At } from '../../ui/time';

function Step({ entry }: { entry: TraceEntry }) {
  const { t, has } = useTranslation();
  const kind = `trace.${entry.kind}`;
  return (
    <li className="relative border-s border-line-strong ps-6 pb-6 last:pb-0">
      <span aria-hidden className="absolute start-[-5px] top-1 size-[9px] rounded-full bg-accent ring-4 ring-surface" />
      <p className="flex flex-wrap items-baseline gap-x-3"><span className="text-md font-semibold">{has(kind) ? t(kind) : entry.kind}</span><At at={entry.at} className="text-sm text-muted" /></p>
      <p className="max-w-[70ch] text-md text-soft">{entry.text}</p>
      {entry.passedOver.length > 0 ? (
        <details className="mt-1">
          <summary className="min-h-6 w-fit rounded-sm text-sm text-accent">{t('trace.passed-over', { count: entry.passedOver.length })}</summary>
          <ul className="mt-1 grid gap-1 text-sm">{entry.passedOver.map((one) => <li key={one.name}><span className="font-medium"><bdi>{one.name}</bdi></span> <span className="text-muted">{one.why}</span></li>)}</ul>
        </details>
      ) : null}
    </li>
  );
}

/** Why a work item went where it went, step by step. */
export function TracePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams<{ id?: string }>();
  const trace = useQuery({ queryKey: ['trace', id], queryFn: () => call(boardEndpoints.trace, { params: { id } }), staleTime: 0 });
  return (
    <Page title={t('trace.title')} about={t('trace.about')} narrow>
      <Loaded query={trace}>{({ rows }) => (rows.length === 0 ? <Empty title={t('trace.empty')} /> : <ol className="ps-1">{rows.map((entry, index) => <Step key={index} entry={entry} />)}</ol>)}</Loaded>
    </Page>
  );
}
