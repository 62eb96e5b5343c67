import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { boardEndpoints, type TraceEntry } from '../../../protocol/board';
import { call } from '../../api/call';
import { clock } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { useReason } from '../../lib/reason';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { At, useManner } from '../../ui/time';

type Words = (entry: TraceEntry) => string;
type Why = (one: TraceEntry['passedOver'][number]) => string;

/** What an entry says, in the reader's language: its sentence, and one more for each thing recorded with it that has one. */
function useWords(): { words: Words; why: Why } {
  const { t, has } = useTranslation();
  const manner = useManner();
  const reasonOf = useReason();
  const worded = (name: string, value: string | number): string | number => {
    if (typeof value === 'number') return value;
    const key = `trace.${name}.${value}`;
    return has(key) ? t(key) : name === 'state' && has(`state.${value}`) ? t(`state.${value}`) : name === 'until' ? clock(value, manner) : reasonOf(value);
  };
  const filled = (params: TraceEntry['params']) => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, worded(name, value)]));
  return {
    words({ kind, agent, params }) {
      const values = { agent: agent?.name ?? '', ...filled(params) };
      const more = Object.keys(params).filter((name) => params[name] && has(`trace.text.${kind}.${name}`));
      return [has(`trace.text.${kind}`) ? t(`trace.text.${kind}`, values) : '', ...more.map((name) => t(`trace.text.${kind}.${name}`, values))].filter(Boolean).join(' ');
    },
    why: ({ code, params }) => t(`trace.over.${code}${params['reason'] ? '.reason' : ''}`, filled(params)),
  };
}

function Step({ entry }: { entry: TraceEntry }) {
  const { t, has } = useTranslation();
  const { words, why } = useWords();
  const kind = `trace.${entry.kind}`;
  return (
    <li className="relative border-s border-line-strong ps-6 pb-6 last:pb-0">
      <span aria-hidden className="absolute start-[-5px] top-1 size-[9px] rounded-full bg-accent ring-4 ring-surface" />
      <p className="flex flex-wrap items-baseline gap-x-3"><span className="text-md font-semibold">{has(kind) ? t(kind) : entry.kind}</span><At at={entry.at} className="text-sm text-muted" /></p>
      <p className="max-w-[70ch] text-md text-soft">{words(entry)}</p>
      {entry.passedOver.length > 0 ? (
        <details className="mt-1">
          <summary className="fold min-h-6 w-fit rounded-sm text-sm text-accent">{t('trace.passed-over', { count: entry.passedOver.length })}</summary>
          <ul className="mt-1 grid gap-1 text-sm">{entry.passedOver.map((one) => <li key={one.name}><span className="font-medium"><bdi>{one.name}</bdi></span> <span className="text-muted">{why(one)}</span></li>)}</ul>
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
